#!/usr/bin/env python3
"""Every policy in policies/ passes `oubli check`: no error, and no warning but that no dataset is under it.

Usage: policies_pass_check.py PROGRAM

A key without effect in this version is passed over, because a policy says what was promised, not what
a version can do.
"""

import json
import pathlib
import subprocess
import sys
import tempfile

from project import ROOT, report

ALLOWED = {"unused", "not-supported"}
CONFIG = """oubli: config/1
policies: [{}]
datasets:
  elsewhere: {{external: Elsewhere}}
"""


def check(policy):
    """Yields what `oubli check` finds in a policy that no dataset is under."""
    with tempfile.TemporaryDirectory() as name:
        config = pathlib.Path(name) / "oubli.yaml"
        config.write_text(CONFIG.format(policy), encoding="utf-8")
        checked = subprocess.run([sys.argv[1], "check", "--config", config, "--format", "json"], capture_output=True,
                                 check=False)
    for finding in json.loads(checked.stdout)["diagnostics"]:
        in_config = finding.get("file", "").endswith("oubli.yaml")
        if finding["code"] not in ALLOWED or (finding["code"] == "unused" and not in_config):
            yield f"{policy.relative_to(ROOT)}:{finding.get('line')}: {finding['message']} [{finding['code']}]"


def problems():
    policies = sorted(ROOT.glob("policies/*.yaml"))
    if not policies:
        yield "policies/ has no policy"
    for policy in policies:
        yield from check(policy)


report(problems())
