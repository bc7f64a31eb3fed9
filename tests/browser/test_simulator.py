"""The simulator in a real browser: asked for, waited for, looked at, left; without scripts too."""

import pytest
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import (
    LOOKS,
    NARROW,
    PHONE,
    ZOOMED,
    Browse,
    Look,
    Witness,
    look_in_turn,
    sideways_px,
    tab_stops,
    violations,
)
from tests.browser.test_messages import let_in
from tests.web.circles.making import longtime
from tests.web.simulator.making import LEAST, asked, over, pairs_of_least

from kith.core import picture as core
from kith.lab.picture_page import page as alone
from kith.web.people.models import Person
from kith.web.simulator import actions
from kith.web.simulator.models import Run

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CAUTION = core.CAUTION


def somebody_with_runs() -> tuple[Person, list[str]]:
    """Return somebody, and the addresses of the form, of a run that is over, and of one that waits."""
    ada = longtime("Ada")
    done, waiting = over(ada), asked(ada)
    return ada, ["/simulator/", done.get_absolute_url(), waiting.get_absolute_url()]


def test_every_page_is_clean_in_every_look(page: Page, live_server: LiveServer, witness: Witness) -> None:  # fmt: skip
    ada, addresses = somebody_with_runs()
    let_in(page, ada, live_server)

    for address in addresses:
        page.goto(address)
        expect(page.get_by_role("heading", name=CAUTION)).to_be_visible()
        while (closed := page.locator("#main details:not([open]) > summary")).count():
            closed.first.click()

        assert violations(page) == [], address
        assert sideways_px(page) == 0, address
    assert witness.faults == []


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_every_page_fits_the_narrowest_screen(
    browse: Browse, live_server: LiveServer, look: Look
) -> None:
    ada, addresses = somebody_with_runs()
    page = browse(look)
    let_in(page, ada, live_server)

    for address in addresses:
        page.goto(address)

        assert sideways_px(page) == 0, address


def test_run_is_asked_for_and_its_page_follows_it_by_itself(page: Page, live_server: LiveServer) -> None:  # fmt: skip
    let_in(page, longtime("Ada"), live_server)
    page.goto("/simulator/")

    page.get_by_label("A voice at the cue").check()
    for name, value in (("People in the town", "200"), ("Weeks", "4"), ("Pairs of runs", "2")):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_role("button", name="Run it").click()

    expect(page.get_by_role("heading", name="A voice at the cue")).to_be_visible()
    expect(page.get_by_role("status").filter(has_text="0 of 2 pairs")).to_be_visible()
    actions.live_next()
    expect(page.get_by_role("status").filter(has_text="1 of 2 pairs")).to_be_visible()
    actions.live_next()
    expect(page.get_by_role("heading", name="The same town, twice")).to_be_visible()


def test_all_of_it_goes_without_scripts(
    browse: Browse, live_server: LiveServer, witness: Witness
) -> None:
    # A form that is not right answers 400, and the browser notes it.
    witness.expected.add(f"{live_server.url}/simulator/")
    page = browse(PHONE, java_script_enabled=False)
    let_in(page, longtime("Ada"), live_server)
    page.goto("/simulator/")
    for name, value in (("People in the town", "100"), ("Weeks", "4"), ("Pairs of runs", "2")):
        page.get_by_label(name, exact=True).fill(value)
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("alert")).to_have_text("People in the town is 100. It must be 200 to 10,000.")  # fmt: skip

    page.get_by_label("People in the town", exact=True).fill("200")
    page.get_by_role("button", name="Run it").click()
    expect(page.get_by_role("status").filter(has_text="0 of 2 pairs")).to_be_visible()
    while actions.live_next():
        page.get_by_role("link", name="See how far it is").click()

    expect(page.get_by_role("img", name="The table below says the same").first).to_be_visible()
    page.get_by_text("The same as a table").first.click()
    expect(page.get_by_role("columnheader", name="Difference, of every 100").first).to_be_visible()
    page.get_by_role("button", name="Forget this one").click()
    expect(page.get_by_role("heading", name="What do you want to see?")).to_be_visible()
    assert not Run.objects.exists()


def test_form_is_walked_through_by_keyboard(browse: Browse, live_server: LiveServer) -> None:
    page = browse(PHONE)
    let_in(page, longtime("Ada"), live_server)
    page.goto("/simulator/")
    page.get_by_label("Town", exact=True).focus()

    stops = list(tab_stops(page, 8))

    # What is tried is one stop, of which arrows choose; then come a list and five numbers.
    assert stops[1].startswith("As it is")
    assert stops[-1] == "Run it"
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="It waits for its turn")).to_be_visible()


def test_page_of_the_lab_is_clean_and_asks_nobody_for_anything(
    chromium: Browser, tmp_path_factory: pytest.TempPathFactory
) -> None:
    pairs = [core.Pair.from_json(found) for found in pairs_of_least()]
    file = tmp_path_factory.mktemp("lab") / "lab.html"
    file.write_text(alone(core.gathered(core.scenario_of(core.Asked(**LEAST)), pairs)), "utf-8")
    context = chromium.new_context(**PHONE.options())
    witness = Witness(origin=file.as_uri())
    witness.watch(context)
    page = context.new_page()
    page.goto(file.as_uri())
    look_in_turn(page, LOOKS)

    for details in page.locator("summary").all():
        details.click()

    assert violations(page) == []
    assert sideways_px(page) == 0
    assert witness.faults == []
    context.close()
