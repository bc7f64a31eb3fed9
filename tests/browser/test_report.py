"""The report of a study, CTN-0051: a file that anybody can read anywhere, with nothing else loaded."""

from importlib.resources import files
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.browser.harness import (
    LOOKS,
    NARROW,
    PHONE,
    ZOOMED,
    Look,
    Witness,
    look_in_turn,
    sideways_px,
    violations,
)

from kith.core.analysis.analyse import analyse
from kith.core.study import read
from kith.lab.importing import import_records
from kith.lab.report import page as report

pytestmark = [pytest.mark.browser]

TABLES = Path(__file__).parents[1] / "data/study/ctn0051"
EXAMPLE = Path(str(files("kith.lab") / "examples" / "ctn0051"))


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """Where the report lies: a file, with no server."""
    records, names = import_records(EXAMPLE / "mapping.toml", TABLES)
    plan = read((EXAMPLE / "study.toml").read_text(encoding="utf-8"))
    file = tmp_path_factory.mktemp("report") / "report.html"
    file.write_text(report(analyse(plan, records, 1, facts=names.facts)), encoding="utf-8")
    return file.as_uri()


def opened(chromium: Browser, address: str, look: Look, **options: bool) -> tuple[Page, Witness]:
    context = chromium.new_context(**look.options(), **options)
    witness = Witness(origin=address)
    witness.watch(context)
    page = context.new_page()
    page.goto(address)
    return page, witness


def test_report_is_clean_and_asks_nobody_for_anything(chromium: Browser, address: str) -> None:
    page, witness = opened(chromium, address, PHONE)
    look_in_turn(page, LOOKS)

    for details in page.locator("summary").all():
        details.click()

    assert violations(page) == []
    assert sideways_px(page) == 0
    assert witness.faults == []
    page.context.close()


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_report_fits_the_narrowest_screen(chromium: Browser, address: str, look: Look) -> None:
    page, witness = opened(chromium, address, look)

    assert violations(page) == []
    assert sideways_px(page) == 0
    assert witness.faults == []
    page.context.close()


SCROLLS = """
  () => [...document.querySelectorAll(".card, .tw, figure")]
    .filter((box) => box.scrollWidth > box.clientWidth + 1).map((box) => box.className)
"""


@pytest.mark.parametrize("look", [PHONE, NARROW], ids=lambda look: look.name)
def test_no_table_scrolls_sideways_in_its_card_on_a_phone(
    chromium: Browser, address: str, look: Look
) -> None:
    page, _ = opened(chromium, address, look)
    for details in page.locator("summary").all():
        details.click()

    assert page.evaluate(SCROLLS) == []
    # Laid out as rows it is a table all the same.
    assert page.get_by_role("row", name="weeks without a sample").get_by_role("cell").count() == 3
    page.context.close()


def test_paper_is_light_and_has_what_is_folded(chromium: Browser, address: str) -> None:
    page, _ = opened(chromium, address, PHONE)
    page.emulate_media(media="print", color_scheme="dark")

    ink = page.evaluate("getComputedStyle(document.querySelector('h1')).color")
    folded = page.get_by_role("rowheader", name="naltrexone, day 168")

    assert sum(int(one) for one in ink.removeprefix("rgb(").rstrip(")").split(",")) < 3 * 96
    expect(folded).to_be_visible()
    page.context.close()


def test_report_says_all_without_javascript(chromium: Browser, address: str) -> None:
    page, witness = opened(chromium, address, NARROW, java_script_enabled=False)

    expect(page.get_by_text("The rule for missing data decides this result")).to_be_visible()
    page.get_by_text("The same as a table").last.click()
    expect(page.get_by_role("cell", name="At risk 283")).to_be_visible()
    assert witness.faults == []
    page.context.close()
