"""What a study found, in an instance: read by anybody in it, by day and night, with nothing but HTML."""

import functools
from importlib.resources import files
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.browser.test_messages import let_in
from tests.core.analysis.worlds import tied
from tests.web.circles.making import longtime
from tests.web.study.making import locked

from kith.core.analysis.analyse import analyse
from kith.core.analysis.public import public
from kith.core.rng import stream
from kith.core.study import read
from kith.lab.importing import import_records
from kith.lab.report import body
from kith.web.study import actions

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TABLES = Path(__file__).parents[1] / "data/study/ctn0051"
EXAMPLE = Path(str(files("kith.lab") / "examples" / "ctn0051"))


@functools.cache
def found() -> str:
    """Return the page of a real trial, with made-up ties among forty of its people."""
    records, names = import_records(EXAMPLE / "mapping.toml", TABLES)
    dice = stream(1, "made-up ties")
    pairs = [(int(a), int(b)) for a, b in dice.integers(0, 40, (120, 2)) if a != b]
    plan = read((EXAMPLE / "study.toml").read_text(encoding="utf-8"))
    results = analyse(plan, tied(records, pairs, day=400.0), 1, facts=names.facts)
    return body(public(results))


def opened(page: Page, live_server: LiveServer) -> Page:
    """Let somebody who took no part read it."""
    study = actions.close(study=locked(), at=timezone.now())
    report = actions.publish(study=study, body=found(), at=timezone.now())
    let_in(page, longtime("Noor"), live_server)
    page.goto(report.get_absolute_url())
    return page


def test_report_is_found_by_clicking_and_accessible(page: Page, live_server: LiveServer):
    opened(page, live_server)
    page.goto("/studies/")
    page.get_by_role("link", name="The Millbrook circles study").click()

    expect(page.get_by_role("heading", level=1)).to_contain_text("relapse")
    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    assert violations(page) == []
    assert sideways_px(page) == 0


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_report_never_scrolls_sideways(browse: Browse, look: Look, live_server: LiveServer):
    page = opened(browse(look), live_server)

    for fold in page.locator("details").all():
        fold.evaluate("fold => fold.open = true")
    assert sideways_px(page) == 0


def test_figures_keep_the_colours_of_day_and_night(page: Page, live_server: LiveServer):
    """The policy allows no style within a page: what is drawn must be so by attributes and tokens."""
    opened(page, live_server)

    inks = page.evaluate(
        """() => {
            const ink = getComputedStyle(document.documentElement).getPropertyValue('--woad').trim();
            const line = document.querySelector('figure svg path[stroke^="var(--woad"]');
            const found = getComputedStyle(line).stroke;
            return [ink, found];
        }"""
    )
    red, green, blue = (int(inks[0][n : n + 2], 16) for n in (1, 3, 5))
    assert inks[1] == f"rgb({red}, {green}, {blue})"


def test_all_of_it_is_there_without_javascript(plain: Page, live_server: LiveServer):
    page = opened(plain, live_server)

    expect(page.get_by_text("The rule for missing data decides this result")).to_be_visible()
    page.get_by_text("The same as a table").first.click()
    expect(page.get_by_role("columnheader", name="Standing")).to_be_visible()
    expect(
        page.get_by_role("heading", name="What this study could and couldn’t see")
    ).to_be_visible()
    expect(page.get_by_text("Deviations from the plan")).to_be_visible()
