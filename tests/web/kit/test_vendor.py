import hashlib
import re

from kith.web.kit.pictures import STATIC_DIR

ROW = re.compile(r"^\| `([^`]+)` \|.*\| [^|]*?`([^`]+)` \| `([0-9a-f]{64})` \|$", re.MULTILINE)
ROWS = ROW.findall((STATIC_DIR / "VENDOR.md").read_text())


def test_every_vendored_file_is_the_one_that_was_reviewed():
    sums = {
        name: hashlib.sha256((STATIC_DIR / name).read_bytes()).hexdigest() for name, _, _ in ROWS
    }

    assert sums == {name: stated for name, _, stated in ROWS}


def test_every_file_that_others_made_is_listed():
    vendored = {f"vendor/{path.name}" for path in STATIC_DIR.glob("vendor/*.js")}
    vendored |= {f"fonts/{path.name}" for path in STATIC_DIR.glob("fonts/*.woff2")}

    assert {name for name, _, _ in ROWS} == vendored | {"icons.svg"}


def test_every_license_named_is_there():
    for _, license_file, _ in ROWS:
        assert (STATIC_DIR / license_file).exists()


def test_htmx_is_told_to_add_no_style_of_its_own():
    page = (STATIC_DIR.parents[1] / "templates/kit/_htmx.html").read_text()

    assert '"includeIndicatorCSS": false' in page
    assert "includeIndicatorCSS" in (STATIC_DIR / "vendor/htmx.min.js").read_text()
