#!/usr/bin/env python3
"""Two databases of a Firefox profile: cookies and history, with times in microseconds.

Usage: firefox.py PROGRAM [TEST…]

Everything in the profile is of one day, so for `enforce` times are set back in the copy. What must
become of each record is computed by SQL of the test's own; the database must afterwards be what a
copy is from which plain SQL deleted the same rows.
"""

import shutil

from real_input import DATA, RealInputTest, changing, dump, main, number, rows

MADE_ON = "2026-11-22"

POLICY = """data_subjects: {user: Users of the browser}
data_categories: {tracer: {title: Cookies}, history: {title: Pages visited}}
events:
  created: {kind: dated, title: First setting of the cookie}
  visited: {kind: dated, title: Last visit}
  added: {kind: dated, title: Bookmark made}
purposes:
  cookies: {title: Cookies, legal_basis: contract, data: {user: [tracer]}, active: {keep: 13 months, from: created}}
  history: {title: History, legal_basis: contract, data: {user: [history]}, active: {keep: 13 months, from: visited}}
  bookmarks: {title: Bookmarks, legal_basis: contract, data: {user: [history]}, active: {keep: 20 years, from: added}}
"""

DATASETS = """  cookies:
    sqlite: cookies.sqlite
    tables:
      moz_cookies:
        key: id
        purposes: {cookies: {}}
        columns: {tracer: ["*"]}
        events: {created: {column: creationTime, format: epoch_us}}
  places:
    sqlite: places.sqlite
    tables:
      moz_places:
        key: id
        purposes: {history: {}}
        columns: {history: ["*"]}
        events: {visited: {column: last_visit_date, format: epoch_us}}
      moz_historyvisits:
        key: id
        purposes: {history: {}}
        columns: {history: ["*"]}
        events: {visited: {column: visit_date, format: epoch_us}}
        relations: [{parent: moz_places, on: {place_id: id}}]
      moz_bookmarks:
        key: id
        purposes: {bookmarks: {}}
        columns: {history: ["*"]}
        events: {added: {column: dateAdded, format: epoch_us}}
        relations: [{parent: moz_places, on: {fk: id}}]
"""


def set_back(column, *modifiers):
    """SQL for the microseconds of `column`, some calendar units earlier."""
    instant = f"{column} / 1000000, 'unixepoch'"
    earlier = ", ".join(f"'{modifier}'" for modifier in modifiers)
    return f"{column} - 1000000 * (strftime('%s', {instant}) - strftime('%s', {instant}, {earlier}))"


# One cookie may be kept through the day the profile was made, one is due on it, three are due since longer.
OLD_COOKIES = f"""
update moz_cookies set value = 'the-value-of-' || name, creationTime = case name
  when 'c0' then {set_back("creationTime", "-13 months")}
  when 'c1' then {set_back("creationTime", "-13 months", "-1 day")}
  else {set_back("creationTime", "-14 months")} end;
"""

# Of the pages visited 14 months ago each but 1 and 7 is still needed: 2 by a bookmark, 3 as the page of
# some metadata, 4 by a shortcut, 6 by extra data, 8 as the referrer in the metadata, 10 by a younger visit.
OLD_PLACES = f"""
insert into moz_places (id, url, rev_host, guid, url_hash, last_visit_date, origin_id)
  select more.value, 'http://127.0.0.1:8931/page-' || more.value, rev_host, 'guid-' || more.value, more.value,
    last_visit_date, origin_id from moz_places, json_each('[6, 7, 8, 9, 10]') as more where moz_places.id = 1;
update moz_places set last_visit_date = (select {set_back("visit_date", "-14 months")} from moz_historyvisits)
  where id in (1, 2, 3, 4, 6, 7, 8, 10);
update moz_historyvisits set visit_date = {set_back("visit_date", "-14 months")};
insert into moz_historyvisits (place_id, visit_date) select 10, last_visit_date from moz_places where id = 9;
delete from moz_bookmarks where fk in (3, 4);
insert into moz_places_metadata (place_id, referrer_place_id) values (3, 8);
insert into moz_newtab_shortcuts_interaction (place_id, event_type, timestamp_s, pinned, tile_position)
  values (4, 0, 0, 0, 0);
insert into moz_places_extra (place_id) values (6);
"""


def due(column):
    return f"date({column} / 1000000, 'unixepoch', '+13 months') < '{MADE_ON}'"


PLACE_NEEDED = f"""id in (
  select fk from moz_bookmarks where fk is not null
  union select place_id from moz_places_metadata union select referrer_place_id from moz_places_metadata
  union select place_id from moz_newtab_shortcuts_interaction union select place_id from moz_places_extra
  union select place_id from moz_historyvisits where not {due("visit_date")})"""

# Per table what goes, and which outcomes its records have.
GONE = {
    "moz_cookies": due("creationTime"),
    "moz_places": f"{due('last_visit_date')} and not {PLACE_NEEDED}",
    "moz_historyvisits": due("visit_date"),
    "moz_bookmarks": "false",
}
ASIDE = {
    "moz_places": {"blocked": f"{due('last_visit_date')} and {PLACE_NEEDED}", "undated": "last_visit_date is null"},
}


def outcome_counts(file, table):
    """The outcomes of a table by plain SQL."""
    conditions = {"purge": GONE[table], **ASIDE.get(table, {})}
    counts = {name: number(file, f"select count(*) from {table} where {condition}")
              for name, condition in conditions.items()}
    counts["keep"] = number(file, f"select count(*) from {table}") - sum(counts.values())
    return {name: count for name, count in counts.items() if count}


class Firefox(RealInputTest):
    def setUp(self):
        super().setUp()
        self.cookies, self.places = (self.folder / f"{name}.sqlite" for name in ("cookies", "places"))
        for file in (self.cookies, self.places):
            shutil.copyfile(DATA / "firefox-profile" / file.name, file)
        self.configure(POLICY, DATASETS)

    def make_older(self):
        for file, script in ((self.cookies, OLD_COOKIES), (self.places, OLD_PLACES)):
            with changing(file) as database:
                database.executescript(script)

    def expected_outcomes(self):
        return {table: outcome_counts(self.cookies if table == "moz_cookies" else self.places, table)
                for table in GONE}

    def test_a_scan_counts_what_is_there_and_leaves_no_byte_or_file_behind(self):
        before = self.files()
        for as_of, cookies in ((MADE_ON, "keep"), ("2027-12-22", "keep"), ("2027-12-23", "purge")):
            shown = self.scan(as_of)
            self.assertEqual(shown["moz_cookies"], {cookies: 5})
            self.assertEqual(self.files(), before)

    def test_a_scan_reads_what_is_still_in_the_write_ahead_log_and_leaves_it_as_it_was(self):
        with changing(self.cookies) as browser:
            browser.execute("pragma wal_autocheckpoint = 0")
            browser.executescript(OLD_COOKIES)
            files = (self.cookies, self.folder / "cookies.sqlite-wal")
            before = [file.read_bytes() for file in files]
            self.assertEqual(self.scan(MADE_ON)["moz_cookies"], outcome_counts(self.cookies, "moz_cookies"))
            self.assertEqual([file.read_bytes() for file in files], before)

    def test_what_is_due_goes_unless_other_rows_need_it(self):
        self.make_older()
        expected = self.expected_outcomes()
        self.assertEqual(expected["moz_places"], {"purge": 2, "blocked": 6, "undated": 1, "keep": 1})
        self.assertEqual(expected["moz_cookies"], {"purge": 4, "keep": 1})
        after = [self.after_plain_sql(file) for file in (self.cookies, self.places)]
        gone = self.personal_values()
        self.assertEqual(self.enforce(MADE_ON), expected)
        self.assertEqual([settings_and_rows(file) for file in (self.cookies, self.places)], after)
        for file in (self.cookies, self.places):
            self.assertEqual(rows(file, "pragma foreign_key_check"), [])
            self.assert_no_trace(file, gone)

    def test_explain_gives_the_days_of_a_time_in_microseconds(self):
        explained = self.explain("cookies.moz_cookies", "1", as_of=MADE_ON)
        (purpose,) = explained["purposes"]
        self.assertEqual((explained["outcome"], purpose["start"], purpose["active_last_day"]),
                         ("keep", MADE_ON, "2027-12-22"))

    def after_plain_sql(self, file):
        """What is in a copy from which plain SQL deleted what goes; visits last, for places are judged by them."""
        copy = self.folder / "expected.sqlite"
        shutil.copyfile(file, copy)
        tables = ["moz_cookies"] if file == self.cookies else ["moz_places", "moz_historyvisits"]
        with changing(copy) as database:
            for table in tables:
                database.execute(f"delete from {table} where {GONE[table]}")
        return settings_and_rows(copy)

    def personal_values(self):
        """What goes and may be in no file afterwards."""
        cookies = rows(self.cookies, f"select value from moz_cookies where {GONE['moz_cookies']}")
        places = rows(self.places, f"select url from moz_places where {GONE['moz_places']}")
        return [value for (value,) in cookies + places]


def settings_and_rows(file):
    pragmas = ("journal_mode", "user_version", "application_id", "page_size", "auto_vacuum")
    return {pragma: rows(file, f"pragma {pragma}") for pragma in pragmas}, dump(file)


if __name__ == "__main__":
    main()
