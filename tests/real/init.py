#!/usr/bin/env python3
"""What `oubli init` proposes for real data: it passes `check`, can be scanned, and holds no value of a record.

Usage: init.py PROGRAM [TEST…]
"""

import pathlib
import re
import shutil
import unittest

from real_input import DATA, RealInputTest, main, rows

REFERENCE = pathlib.Path(__file__).resolve().parents[2] / "policies" / "reference"
MARK = re.compile(r"# review: ")


class InitTest:
    """What every input goes through; each says where its data is and what must be found."""

    sources = ()
    found = ()  # lines that must stand in the proposed config, whatever their evidence
    left_open = ()  # lines that must not

    def setUp(self):
        super().setUp()
        for source in self.sources:
            if not (DATA / source).exists():
                raise unittest.SkipTest(f"{source} isn't there")
            shutil.copy(DATA / source, self.folder / (DATA / source).name)
        shutil.copytree(REFERENCE, self.folder / "reference")
        self.before = self.files()
        self.oubli("init", *[(DATA / source).name for source in self.sources], "--controller", "Test")
        self.config = (self.folder / "oubli.yaml").read_text(encoding="utf-8")
        self.policy = (self.folder / "policy.yaml").read_text(encoding="utf-8")

    def values(self):
        """Personal values of the data, none of which may be told."""
        raise NotImplementedError

    def lines(self):
        return [MARK.split(line)[0].strip() for line in self.config.splitlines()]

    def test_what_is_there_is_found(self):
        self.assertEqual([line for line in self.found if line not in self.lines()], [])
        self.assertEqual([line for line in self.left_open if line in self.lines()], [])

    def test_the_proposal_passes_check_and_can_be_scanned(self):
        report = self.report("check")
        self.assertEqual({finding["severity"] for finding in report["diagnostics"]}, {"warning"})
        self.assertIn("review", {finding["code"] for finding in report["diagnostics"]})
        self.report("scan", "--as-of", "2026-06-01")

    def test_it_is_approved_once_nothing_is_left_to_review(self):
        self.oubli("approve", "--by", "Tester", "--yes", exit_code=4)
        self.assertFalse((self.folder / "state.db").exists())
        for name, text in (("oubli.yaml", self.config), ("policy.yaml", self.policy)):
            (self.folder / name).write_text(MARK.sub("# ", text), encoding="utf-8")
        self.oubli("approve", "--by", "Tester", "--yes")

    def test_the_sources_stay_as_they_are(self):
        after = self.files()
        self.assertEqual({name: after[name] for name in self.before}, self.before)

    def test_no_value_is_told(self):
        values = [value for value in self.values() if value and len(value) > 6]
        self.assertGreater(len(values), 3)
        self.assertEqual([value for value in values if value in self.config + self.policy], [])


class Chinook(InitTest, RealInputTest):
    sources = ("chinook/Chinook_Sqlite.sqlite",)
    found = ("key: CustomerId", "data_subject: Email", "- Email", "- Phone", "- FirstName", "- BillingAddress", "- BirthDate",
             "purposes: {accounting: {}}", "invoiced: InvoiceDate", "follows: Invoice", "on: {InvoiceId: InvoiceId}",
             "- Genre", "- MediaType")

    def values(self):
        return [value for row in rows(self.folder / "Chinook_Sqlite.sqlite",
                                      "select Email, Phone, LastName, Address from Customer") for value in row]


class FirefoxCookies(InitTest, RealInputTest):
    sources = ("firefox-profile/cookies.sqlite",)
    found = ("purposes: {audience_tracers: {}}", "tracer_set: {column: creationTime, format: epoch_us}", "key: id")

    def values(self):
        return [value for row in rows(self.folder / "cookies.sqlite", "select host, value from moz_cookies") for value in row]


class FirefoxPlaces(InitTest, RealInputTest):
    sources = ("firefox-profile/places.sqlite",)
    found = ("key: id", "follows: moz_places", "on: {place_id: id}", "- visit_date")

    def values(self):
        return [value for row in rows(self.folder / "places.sqlite", "select url, title from moz_places") for value in row]


class Accounting(InitTest, RealInputTest):
    sources = ("fec-sample/000000000FEC20231231.txt", "fec-sample/000000001FEC20220831.txt")
    found = ("purposes: {accounting: {}}", "invoiced: {column: PieceDate, format: yyyymmdd}", "delimiter: tab",
             "encoding: utf-8")

    def values(self):
        lines = (self.folder / "000000001FEC20220831.txt").read_text(encoding="utf-8-sig").splitlines()[1:]
        return [field for line in lines[:500] for field in line.split("\t")[10:11]]


if __name__ == "__main__":
    main(DATA)
