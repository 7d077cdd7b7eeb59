#!/usr/bin/env python3
"""The whole policies and configs shown in the man pages, README.md and the design pass `oubli check`.

Usage: examples_pass_check.py PROGRAM

A whole file is shown as a block that starts with `oubli: policy/1` or `oubli: config/1`. A config is
checked with the policies it names by their id, from its own page where it shows them; a policy that
no config names is checked with a config that holds no data. References of its page lie beside a policy.
"""

import pathlib
import re
import subprocess
import sys
import tempfile

from project import ROOT, man_pages, report

DESIGN = ROOT.parent / "shared" / "design.md"
MAN_BLOCK = re.compile(r"^\.Bd -literal.*?\n(.*?)^\.Ed", re.MULTILINE | re.DOTALL)
MARKDOWN_BLOCK = re.compile(r"^```yaml\n(.*?)^```", re.MULTILINE | re.DOTALL)
POLICY_ID = re.compile(r"^policy: *\{.*?\bid: *([\w-]+)|^policy:\n(?:  .*\n)*?  id: *([\w-]+)", re.MULTILINE)
REFERENCE_ID = re.compile(r"^reference: *\{.*?\bid: *([\w-]+)", re.MULTILINE)
POLICY_FILES = re.compile(r"^policies: *\[(.*?)\]", re.MULTILINE)
CONFIG_WITHOUT_DATA = """oubli: config/1
policies: [{}.yaml]
state: state.db
archive_dir: archive/
datasets:
  elsewhere: {{external: Elsewhere}}
"""


def blocks(page):
    text = page.read_text(encoding="utf-8")
    if page.suffix == ".md":
        return MARKDOWN_BLOCK.findall(text)
    return [unescaped(block) for block in MAN_BLOCK.findall(text)]


def unescaped(block):
    return block.replace(r"\&", "").replace(r"\(dq", '"').replace(r"\(aq", "'").replace(r"\e", "\\")


def shown(page, kind):
    return [block for block in blocks(page) if block.startswith(f"oubli: {kind}/1")]


def policy_id(policy):
    match = POLICY_ID.search(policy)
    return match.group(1) or match.group(2)


def policies_of(page):
    return {policy_id(policy): policy for policy in shown(page, "policy")}


def write_references(page, folder):
    for reference in shown(page, "reference"):
        folder.mkdir(exist_ok=True)
        (folder / (REFERENCE_ID.search(reference).group(1) + ".yaml")).write_text(reference, encoding="utf-8")


def check(page, config, policies):
    """Writes the files into a folder and yields what `oubli check` finds wrong with them."""
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        (folder / "oubli.yaml").write_text(config, encoding="utf-8")
        for file in POLICY_FILES.search(config).group(1).split(","):
            path = folder / file.strip()
            if path.stem not in policies:
                yield f"{page.name}: no page shows the policy {path.stem} that a config of it names"
                return
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(policies[path.stem], encoding="utf-8")
            write_references(page, path.parent / "reference")
        checked = subprocess.run([sys.argv[1], "check"], cwd=folder, capture_output=True, check=False)
        if checked.returncode != 0:
            yield f"{page.name}: check exits {checked.returncode}\n{(checked.stdout + checked.stderr).decode()}"


def problems():
    pages = [page for page in [*man_pages(), ROOT / "README.md", DESIGN] if page.exists()]
    everywhere = {name: policy for page in pages for name, policy in policies_of(page).items()}
    for page in pages:
        configs, policies = shown(page, "config"), policies_of(page)
        named = " ".join(POLICY_FILES.search(config).group(1) for config in configs)
        alone = [CONFIG_WITHOUT_DATA.format(name) for name in policies if name not in named]
        for config in configs + alone:
            yield from check(page, config, {**everywhere, **policies})
    if not everywhere:
        yield "no page shows a whole policy"


report(problems())
