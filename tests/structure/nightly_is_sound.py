#!/usr/bin/env python3
"""What is installed for the nightly run is complete, hardened, and fits the program.

Usage: nightly_is_sound.py PROGRAM
"""

import os
import pathlib
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import unittest

ROOT = pathlib.Path(__file__).resolve().parents[2]
NIGHTLY = ROOT / "examples" / "nightly"
PROGRAM = pathlib.Path(sys.argv.pop(1)).resolve()

INSTALLED = ["bin/oubli", "etc/cron.d/oubli", "etc/oubli/oubli.yaml.sample", "lib/systemd/system/oubli.service",
             "lib/systemd/system/oubli.timer", "lib/sysusers.d/oubli.conf", "lib/tmpfiles.d/oubli.conf",
             "share/bash-completion/completions/oubli", "share/doc/oubli/examples/alerts.yml",
             "share/fish/vendor_completions.d/oubli.fish", "share/man/man1/oubli.1",
             "share/oubli/policies/reference/fr.yaml", "share/zsh/site-functions/_oubli"]


def run(*words):
    return subprocess.run(words, check=False, capture_output=True, text=True)


class Nightly(unittest.TestCase):
    def setUp(self):
        place = tempfile.TemporaryDirectory(prefix="oubli-nightly-")
        self.addCleanup(place.cleanup)
        self.folder = pathlib.Path(place.name)

    def installed(self):
        root = self.folder / "root"
        environment = {**os.environ, "DESTDIR": str(root)}
        subprocess.run(["cmake", "--install", PROGRAM.parent], check=True, env=environment, stdout=subprocess.DEVNULL)
        (prefix,) = {path.parent.parent for path in root.rglob("bin/oubli")}
        return prefix

    def test_everything_is_installed_in_its_place(self):
        prefix = self.installed()
        for name in INSTALLED:
            self.assertTrue((prefix / name).is_file(), f"{name} isn't installed")
        for name in ("lib/systemd/system/oubli.service", "etc/cron.d/oubli"):
            program = re.search(r"(/\S*/oubli) enforce", (prefix / name).read_text(encoding="utf-8"))
            self.assertIsNotNone(program, f"{name} doesn't name the program")
            self.assertTrue((prefix / "bin/oubli").samefile(self.folder / "root" / program[1].lstrip("/")))

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze isn't installed")
    def test_the_service_is_hardened(self):
        service = self.folder / "oubli.service"
        text = (NIGHTLY / "oubli.service.in").read_text(encoding="utf-8")
        service.write_text(text.replace("@CMAKE_INSTALL_FULL_BINDIR@", "/usr/bin"), encoding="utf-8")
        judged = run("systemd-analyze", "security", "--offline=true", "--threshold=20", service)
        self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)

    @unittest.skipUnless(shutil.which("systemd-analyze"), "systemd-analyze isn't installed")
    def test_the_timer_has_a_time_and_makes_good_what_was_slept_through(self):
        text = (NIGHTLY / "oubli.timer").read_text(encoding="utf-8")
        self.assertIn("Persistent=true", text)
        time = re.search(r"OnCalendar=(.*)", text)[1]
        self.assertEqual(run("systemd-analyze", "calendar", time).returncode, 0)

    @unittest.skipUnless(shutil.which("promtool"), "promtool isn't installed")
    def test_the_alert_rules_are_valid(self):
        judged = run("promtool", "check", "rules", NIGHTLY / "alerts.yml")
        self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)

    def test_alerts_ask_for_figures_that_are_written(self):
        written = set(re.findall(r"oubli_\w+", (ROOT / "src/report/metrics_text.cpp").read_text(encoding="utf-8")))
        asked = set(re.findall(r"oubli_\w+", (NIGHTLY / "alerts.yml").read_text(encoding="utf-8")))
        self.assertLessEqual(asked, written)

    def test_the_sample_fits_the_format(self):
        database = sqlite3.connect(self.folder / "crm.db")
        database.execute("create table contacts (id integer primary key, surname text, first_name text, email text, "
                         "last_contact_on text)")
        database.close()
        shutil.copy(ROOT / "tests/e2e/base/policy.yaml", self.folder / "policy.yaml")
        sample = (NIGHTLY / "oubli.yaml").read_text(encoding="utf-8")
        for place in ("/etc/oubli/", "/var/lib/oubli/", "/srv/crm/"):
            self.assertIn(place, sample)
            sample = sample.replace(place, f"{self.folder}/")
        (self.folder / "oubli.yaml").write_text(sample, encoding="utf-8")
        judged = run(PROGRAM, "check", "--config", self.folder / "oubli.yaml")
        self.assertEqual(judged.returncode, 0, judged.stdout + judged.stderr)

    @unittest.skipUnless(shutil.which("promtool"), "promtool isn't installed")
    def test_metrics_are_valid(self):
        base = ROOT / "tests/e2e/base"
        for name in ("policy.yaml", "oubli.yaml"):
            shutil.copy(base / name, self.folder)
        database = sqlite3.connect(self.folder / "data.db")
        database.executescript((base / "before.sql").read_text(encoding="utf-8"))
        database.close()
        for words in (["approve", "--by", "Tester", "--yes"], ["enforce", "--metrics", "oubli.prom"]):
            subprocess.run([PROGRAM, *words], cwd=self.folder, check=False, capture_output=True)
        text = (self.folder / "oubli.prom").read_text(encoding="utf-8")
        judged = subprocess.run(["promtool", "check", "metrics"], input=text, check=False, capture_output=True, text=True)
        self.assertEqual((judged.returncode, judged.stderr), (0, ""))


if __name__ == "__main__":
    unittest.main()
