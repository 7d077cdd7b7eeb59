"""The shop Chinook as a project: its policy and config, and a copy of its database that is old enough."""

import shutil

from real_input import DATA, RealInputTest, changing

POLICY = """fiscal_years: {{closes: 12-31}}
data_subjects: {{employee: Employees, customer: Customers}}
data_categories: {{identity: {{title: Names and addresses}}, billing: {{title: Invoices}}}}
events:
  left: {{kind: {left_kind}, title: Last day of work}}
  last_contact: {{kind: dated, title: Last contact}}
  invoiced: {{kind: dated, title: Date of the invoice}}
purposes:
  employment: {{title: Staff, legal_basis: contract, data: {{employee: [identity]}}, active: {employment}}}
  relations: {{title: Shop, legal_basis: contract, data: {{customer: [identity]}},
              active: {{keep: 3 years, from: last_contact}}}}
  accounting:
    title: Books
    legal_basis: legal_obligation
    data: {{customer: [identity, billing]}}
    active: {{keep: 10 years, from: invoiced, end_of: fiscal_year}}
    {archive}
"""

DATASET = """  chinook:
    sqlite: chinook.db
    tables:
      Employee:
        {key: EmployeeId, purposes: {employment: {}}, columns: {identity: ["*"]}, events: {left: LeftOn}}
      Customer:
        {key: CustomerId, purposes: {relations: {}}, columns: {identity: ["*"]}, events: {last_contact: LastContact}}
      Invoice:
        key: InvoiceId
        purposes: {accounting: {}}
        columns: {identity: ["Billing*"], billing: [Total], technical: ["*Id", InvoiceDate]}
        events: {invoiced: InvoiceDate}
      InvoiceLine: {key: InvoiceLineId, follows: Invoice, on: {InvoiceId: InvoiceId}, columns: {billing: ["*"]}}
    no_personal_data: {tables: [Album, Artist, Genre, MediaType, Playlist, PlaylistTrack, Track], because: catalogue}
"""

WHEN_ABSENT = {"end": "{until: left, plus: 5 years}", "dated": "{keep: 5 years, from: left}"}

# The invoices of 2021 to 2025 become those of 2013 to 2017, and customer 59 has none after 2015. Of the
# customers whose last contact is long ago only that one is left without an invoice to keep.
AS_IF_OLDER = """
update Invoice set InvoiceDate = datetime(InvoiceDate, '-8 years');
update Invoice set InvoiceDate = datetime(InvoiceDate, '-1 year') where CustomerId = 59;
update Customer set LastContact = '2016-03-01' where CustomerId <= 10 or CustomerId = 59;
update Customer set LastContact = '2025-03-01' where CustomerId between 11 and 40;
update Employee set LeftOn = '2015-07-31' where EmployeeId in (2, 3, 6, 7, 8);
update Employee set LeftOn = '2024-07-31' where EmployeeId = 5;
"""


class ChinookTest(RealInputTest):
    """A test on a copy that has a day of leaving for employees and of the last contact for customers."""

    def setUp(self):
        super().setUp()
        self.file = self.folder / "chinook.db"
        shutil.copyfile(DATA / "chinook" / "Chinook_Sqlite.sqlite", self.file)
        self.change("alter table Employee add column LeftOn; alter table Customer add column LastContact")

    def change(self, script):
        with changing(self.file) as database:
            database.executescript(script)

    def configure_chinook(self, left_kind="end", archive=""):
        self.configure(POLICY.format(left_kind=left_kind, employment=WHEN_ABSENT[left_kind], archive=archive), DATASET)
