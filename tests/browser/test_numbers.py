"""The desk of the numbers kith goes by, in a real browser: read, changed, refused, taken back."""

import pytest
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, Browse, Witness, sideways_px, violations
from tests.browser.test_messages import let_in
from tests.web.circles.making import longtime

from kith.web.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LIST = "/desk/kit/ownvalue/"


@pytest.fixture
def steward(witness: Witness) -> Person:
    # Django's own pages of the desk name no icon, so browsers ask for one.
    witness.expected.add(f"{witness.origin}/favicon.ico")
    stella: Person = longtime("Stella")
    stella.is_steward = True
    stella.save()
    return stella


def test_pages_are_accessible(page: Page, steward: Person, live_server: LiveServer):
    let_in(page, steward, live_server)

    for key in ("", "plan.refresh_days/", "plan.format/", "reachout.channel_default/"):
        page.goto(f"{LIST}{key}")
        assert (key, violations(page)) == (key, [])


def test_number_is_changed_refused_and_taken_back(
    browse: Browse, steward: Person, live_server: LiveServer
):
    page = browse(NARROW)
    let_in(page, steward, live_server)

    page.goto(LIST)
    page.get_by_role("link", name="After how long the open room and the lines come").click()
    assert sideways_px(page) == 0
    page.get_by_label("What counts").fill("600")
    page.get_by_role("button", name="Let this count").click()
    expect(page.get_by_role("alert")).to_have_text(
        "Nobody knows whether that would work. Choose a number from 60 to 180 seconds."
    )
    expect(page.get_by_label("What counts")).to_have_value("600")
    page.get_by_label("What counts").fill("120")
    page.get_by_role("button", name="Let this count").click()
    expect(page.get_by_role("row", name="Now 120 seconds (your own)")).to_be_visible()
    page.get_by_role("button", name="Back to the default").click()
    expect(page.get_by_role("row", name="Now 90 seconds")).to_be_visible()
    expect(page.get_by_role("button", name="Back to the default")).to_be_hidden()
