"""Keeping away, telling a steward, and the stewards' desk, in a real browser."""

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.web.safety.meeting import card, paused, somebody, tell

from kith.web.people.models import Person
from kith.web.safety import actions
from kith.web.safety.choices import Category, Days, Kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Bartholomew-Alexandrina of the long river"[:40]


def come_in(page: Page, person: Person, live_server: LiveServer) -> Page:
    """Let `person` be in, in the browser of `page`."""
    client = Client()
    client.force_login(person)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": live_server.url}]
    )
    return page


@pytest.fixture
def ruth() -> Person:
    return somebody("Ruth")


@pytest.fixture
def kofi() -> Person:
    return somebody(LONG)


@pytest.fixture
def ada() -> Person:
    return somebody("Ada", handle="ada", is_steward=True)


def member_pages(ruth: Person, kofi: Person, ada: Person) -> list[str]:
    """Return the address of every page that Ruth can see, each with something on it."""
    eve = somebody("Eve")
    for kind in Kind:
        actions.keep_away(person=ruth, other=eve, kind=kind)
    actions.keep_away(person=ruth, other=kofi, kind=Kind.MUTE)
    report = tell(by=ruth, about=eve)
    actions.close(report=report, steward=ada, outcome="We talked with them. They keep away.")
    address = card(kofi, ruth)
    return [
        address,
        f"{address}tell/",
        "/you/distances/",
        "/tell/",
        "/told/",
        "/told/?nobody-looks=",
        "/conduct/",
    ]


def steward_pages(kofi: Person, ada: Person) -> list[str]:
    """Return the address of every page of the desk, each with something on it."""
    before = tell(about=kofi, category=Category.PRESSURE)
    actions.pause(report=before, steward=ada, days=Days.WEEK, why="Please do not ask for money.")
    actions.close(report=before, steward=ada, outcome="He paid it back.")
    report = tell(about=kofi, where="/gatherings/early-birds-london/")
    tell(category=Category.PLACE, where="the car park behind the hut")
    actions.take_up(report=report, steward=ada)
    actions.note(report=report, steward=ada, words="I rang the hut.\nThey saw it too.")
    return ["/steward/reports/", f"/steward/reports/{report.pk}/"]


def test_pages_are_accessible_and_fit(page: Page, live_server, ruth, kofi, ada):
    come_in(page, ruth, live_server)
    for path in member_pages(ruth, kofi, ada):
        page.goto(path)
        assert (path, violations(page), sideways_px(page)) == (path, [], 0)


def test_desk_is_accessible_and_fits(page: Page, live_server, kofi, ada):
    come_in(page, ada, live_server)
    for path in steward_pages(kofi, ada):
        page.goto(path)
        assert (path, violations(page), sideways_px(page)) == (path, [], 0)


def test_page_of_a_pause_is_accessible_and_fits(page: Page, live_server, ruth, kofi, witness):
    paused(ruth, why="Please give them room.")
    come_in(page, ruth, live_server)
    path = card(kofi, ruth)
    witness.expected.add(f"{live_server.url}{path}")

    page.goto(path)

    expect(page.get_by_role("heading", name="A pause")).to_be_visible()
    assert (violations(page), sideways_px(page)) == ([], 0)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(browse: Browse, look: Look, live_server, ruth, kofi, ada):
    for person, paths in (
        (ruth, member_pages(ruth, kofi, ada)),
        (ada, steward_pages(somebody(LONG), ada)),
    ):
        page = come_in(browse(look), person, live_server)
        for path in paths:
            page.goto(path)
            assert (path, sideways_px(page)) == (path, 0)


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_is_blocked_in_one_tap_and_brought_back(
    browse: Browse, javascript, live_server, witness, ruth, kofi
):
    page = come_in(browse(java_script_enabled=javascript), ruth, live_server)
    address = card(kofi, ruth)
    page.goto(address)
    page.get_by_role("button", name="Mute").click()
    expect(page.get_by_text("Muted. What they write waits")).to_be_visible()

    page.get_by_role("button", name="Block").click()

    expect(page.get_by_role("heading", name="Blocked")).to_be_visible()
    witness.expected.add(f"{live_server.url}{address}")
    page.goto(address)
    expect(page.get_by_role("heading", name="There is nothing at this address.")).to_be_visible()
    page.goto("/you/distances/")
    page.get_by_role("button", name=f"Undo · {LONG}").first.click()
    expect(page.get_by_role("heading", name="Blocked")).to_have_count(0)
    witness.expected.clear()
    page.goto(address)
    expect(page.get_by_role("heading", name=LONG)).to_be_visible()


@pytest.mark.parametrize("javascript", [True, False])
def test_somebody_tells_a_steward_who_answers(
    browse: Browse, javascript, live_server, ruth, kofi, ada
):
    page = come_in(browse(java_script_enabled=javascript), ruth, live_server)
    page.goto(card(kofi, ruth))
    page.get_by_role("link", name="Tell a steward").click()
    page.get_by_label("Contact I did not want").check()
    page.get_by_label("What happened?").fill("He rings me at night.")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you. It is with the stewards.")).to_be_visible()

    desk = come_in(browse(java_script_enabled=javascript), ada, live_server)
    desk.goto("/steward/reports/")
    desk.get_by_role("link", name="Contact I did not want").click()
    expect(desk.get_by_text("He rings me at night.")).to_be_visible()
    desk.get_by_role("button", name="I’ll look into it").click()
    desk.get_by_label("a week").check()
    desk.get_by_label("Why, in words that they will read").fill("Please stop ringing people.")
    desk.get_by_role("button", name="Pause them").click()
    expect(desk.get_by_text("They are paused until")).to_be_visible()
    desk.get_by_label("Whoever told us can read this").fill("He stops, and is away for a week.")
    desk.get_by_role("button", name="Close it").click()
    expect(desk.get_by_text("Nothing waits for you.")).to_be_visible()

    page.goto("/told/")
    expect(page.get_by_text("He stops, and is away for a week.")).to_be_visible()


def test_keyboard_tells_of_it(desktop: Page, ada):
    desktop.goto("/tell/")
    desktop.get_by_label("A place that is not safe").focus()
    desktop.keyboard.press("Space")
    desktop.keyboard.press("Tab")
    desktop.keyboard.type("The stairs have no rail.")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="Thank you.")).to_be_visible()
