import hashlib
import re
from pathlib import Path

import kith.web.gatherings

STATIC = Path(kith.web.gatherings.__file__).parent / "static/gatherings"
ROW = re.compile(r"^\| `([^`]+)` \|.*\| [^|]*?`([^`]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
ROWS = ROW.findall((STATIC / "VENDOR.md").read_text())


def test_every_vendored_file_is_the_one_that_was_reviewed():
    sums = {name: hashlib.sha256((STATIC / name).read_bytes()).hexdigest() for name, _, _ in ROWS}

    assert sums == {name: stated for name, _, stated in ROWS}


def test_every_file_that_others_made_is_listed_with_its_license():
    others = {f"vendor/{p.name}" for p in STATIC.glob("vendor/*") if "LICENSE" not in p.name}

    assert {name for name, _, _ in ROWS} == others
    assert all((STATIC / license_file).exists() for _, license_file, _ in ROWS)


def test_page_loads_no_map_before_it_is_asked_for():
    templates = STATIC.parents[1] / "templates"
    scripts = [
        line
        for path in templates.rglob("*.html")
        for line in path.read_text().splitlines()
        if "vendor/" in line and ("<script" in line or "<link" in line)
    ]

    assert scripts == []
