"""The data of the benchmark: made of a seed, so that the same number of rows is the same data everywhere.

What is drawn doesn't depend on Python's version: the generator is written out below.
"""

import datetime
import sqlite3

FIRST_DAY = datetime.date(2005, 1, 1).toordinal()
TODAY = datetime.date(2026, 1, 1).toordinal()
DAYS = [datetime.date.fromordinal(day).isoformat() for day in range(FIRST_DAY, TODAY)]

NAMES = ["Moreau", "Lemoine", "Keller", "Groß", "Conti", "Ortega", "Muñoz", "Bakker", "Wójcik", "Dvořák", "Lindqvist",
         "Virta", "O'Neill", "Walker", "Ionescu", "Søndergaard"]
FIRST_NAMES = ["Zoë", "Paul", "Irène", "Jörg", "Lucía", "Mateusz", "Saga", "Aoife", "Tom", "Nadia"]
COMPANIES = ["Brasserie du Nord", "Küche & Co", "Alto Software", "Harbour Freight", "Pinewood Ltd", "Casa Azul"]
STREETS = ["rue des Lilas", "Bahnhofstraße", "Via Garibaldi", "Calle Real", "Station Road", "Nowy Świat"]
CITIES = ["Lille", "Bonn", "Torino", "Bilbao", "Leeds", "Łódź", "Turku", "Cork"]
COUNTRIES = ["FR", "DE", "IT", "ES", "GB", "PL", "FI", "IE", "NL", "BE", "CH", "US", "BR", "AT", "PT"]
WORDS = ("asked for an offer by e-mail call back in spring prefers letters met at the fair renewal under way no answer "
         "since invoice settled new contact in purchasing").split()

CONTACT_COLUMNS = ["id", "surname", "first_name", "email", "phone", "company", "address", "country", "created_at",
                   "last_contact", "consent_withdrawn_at", "notes"]


class Draw:
    """Random numbers by a multiplication and a shift."""

    def __init__(self, seed):
        self.state = seed * 0x9E3779B97F4A7C15 & 0xFFFFFFFFFFFFFFFF

    def below(self, limit):
        self.state = (self.state * 6364136223846793005 + 1442695040888963407) & 0xFFFFFFFFFFFFFFFF
        return (self.state >> 33) % limit

    def of(self, words):
        return words[self.below(len(words))]

    def percent(self, share):
        return self.below(1000) < share * 10

    def day(self, low, high=TODAY):
        return DAYS[low - FIRST_DAY + self.below(high - low)]

    def time(self):
        second = self.below(86400)
        return f"T{second // 3600:02}:{second // 60 % 60:02}:{second % 60:02}Z"

    def text(self, words):
        return " ".join(self.of(WORDS) for _ in range(words))


def since(year):
    return datetime.date(year, 1, 1).toordinal()


def quoted(field):
    if any(byte in field for byte in ',"\n'):
        return '"' + field.replace('"', '""') + '"'
    return field


def contact(draw, row):
    """Six addresses in a hundred hold a comma, quotes or a line end; so do some of the notes."""
    created = draw.day(since(2010), since(2016)) if draw.percent(4) else draw.day(since(2016))
    kind = draw.below(100)
    address = f"{1 + draw.below(200)} {draw.of(STREETS)}"
    address += ", " if kind < 4 else "\n" if kind == 4 else " "
    address += f"{10000 + draw.below(80000)} {draw.of(CITIES)}" + (' "Le Clos"' if kind == 5 else "")
    begin = max(datetime.date.fromisoformat(created).toordinal(), since(2023))
    last = draw.day(since(2018), since(2023)) if draw.percent(5) else draw.day(begin)
    notes = draw.text(3 + draw.below(18)) + (", urgent" if kind in (7, 8) else "") if draw.below(4) else ""
    name, first = draw.of(NAMES), draw.of(FIRST_NAMES)
    return [str(row), name, first, f"p{row % 99991}@{draw.of(CITIES[:3]).lower()}.example", f"+33 {draw.below(10**9):09}",
            draw.of(COMPANIES), address, draw.of(COUNTRIES), created + draw.time(), "" if draw.percent(1) else last,
            draw.day(since(2018)) + draw.time() if draw.percent(2) else "", notes]


def make_contacts(path, rows):
    draw = Draw(1)
    with open(path, "w", encoding="utf-8", newline="") as file:
        file.write(",".join(CONTACT_COLUMNS) + "\n")
        for row in range(1, rows + 1):
            file.write(",".join(quoted(field) for field in contact(draw, row)) + "\n")


SCHEMA = """
create table customers (id integer primary key, surname text not null, email text not null, phone text, country text not null,
  created_at text not null, contract_end text, last_activity text, legal_hold integer not null default 0);
create table prospects (id integer primary key, email text not null, company text, source text, created_at text not null,
  last_contact text, consent_withdrawn_at text, notes text);
create table invoices (id integer primary key, customer_id integer not null references customers (id), number text not null,
  issued_on text not null, amount_cents integer not null, status text not null);
create table payments (id integer primary key, invoice_id integer not null references invoices (id), paid_at text not null,
  amount_cents integer not null, method text not null);
create table web_sessions (id integer primary key, cookie text not null, customer_id integer references customers (id),
  started_at integer not null, ip text not null, user_agent text not null);
"""
INDICES = """
create index customers_email on customers (email);
create index prospects_last_contact on prospects (last_contact);
create index invoices_customer on invoices (customer_id);
create index invoices_issued on invoices (issued_on);
create index payments_invoice on payments (invoice_id);
"""


def customers(draw, rows):
    for row in range(1, rows + 1):
        has_ended = draw.percent(40)
        end = (draw.day(since(2012), since(2021)) if draw.percent(17) else draw.day(since(2021))) if has_ended else None
        activity = end or (draw.day(since(2012), since(2023)) if draw.percent(5) else draw.day(since(2023)))
        yield (row, draw.of(NAMES), f"c{row}@mail.example", f"+49 {draw.below(10**9):09}", draw.of(COUNTRIES),
               draw.day(since(2010)) + draw.time(), end, activity, int(draw.percent(2)))


def prospects(draw, rows):
    for row in range(1, rows + 1):
        last = draw.day(since(2017), since(2023)) if draw.percent(9) else draw.day(since(2023))
        yield (row, f"p{row}@mail.example", draw.of(COMPANIES), draw.of(WORDS), draw.day(since(2017)) + draw.time(),
               None if draw.percent(2) else last, draw.day(since(2018)) + draw.time() if draw.percent(2) else None,
               draw.text(2 + draw.below(13)) if draw.below(5) > 1 else None)


def invoices(draw, rows):
    """Their days grow with their numbers: a tenth lies before 2016."""
    for row in range(1, rows + 1):
        day = DAYS[since(2015) - FIRST_DAY + (row - 1) * (TODAY - since(2015)) // rows]
        yield (row, 1 + draw.below(rows), f"R-{row:09}", day, draw.below(500000), draw.of(["paid", "paid", "overdue"]))


def payments(draw, rows):
    for row in range(1, rows + 1):
        yield (row, row, draw.day(since(2015)), draw.below(500000), draw.of(["card", "sepa", "transfer"]))


def web_sessions(draw, rows):
    first, last = 1729468800, 1767139200  # from 2024-10-21 to 2025-12-31
    for row in range(1, rows + 1):
        started = first + (row - 1) * (last - first) // rows
        yield (row, f"{draw.below(2**31):08x}{row:08x}", 1 + draw.below(rows) if draw.below(3) == 0 else None, started,
               f"198.51.{draw.below(256)}.{draw.below(256)}", "Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/128.0")


def make_company(path, rows):
    database = sqlite3.connect(path)
    database.executescript("pragma journal_mode = off; pragma synchronous = off;" + SCHEMA)
    for number, table in enumerate([customers, prospects, invoices, payments, web_sessions]):
        records = table(Draw(number + 2), rows)
        columns = len(database.execute(f"select * from {table.__name__}").description)
        database.executemany(f"insert into {table.__name__} values ({','.join('?' * columns)})", records)
    database.commit()
    database.executescript(INDICES + "pragma journal_mode = wal;")
    database.close()
