"""The page of a circle and its life, in a real browser."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.web.circles.making import chair_of, circle_of, longtime, met
from tests.web.safety.meeting import paused, reference

from kith.web.circles import actions
from kith.web.circles.choices import Kind
from kith.web.circles.models import Chair, Circle
from kith.web.circles.queries.evenings import WEEK
from kith.web.people.actions import say
from kith.web.people.choices import ShownTo, Topic
from kith.web.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LONG = "Bartholomew-Alexandrina of the long river"[:40]
LINK = "https://meet.example.org/a-room-that-nobody-guesses"


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
def people() -> list[Person]:
    return [longtime(name) for name in ("Ruth", "Kofi", "Marisol", "Teo", LONG, "Dev")]


@pytest.fixture
def circle(people: list[Person]) -> Circle:
    """Six who have met for some weeks, and meet again in two hours."""
    circle = circle_of(*people, weeks=9)
    for week in (0, 1, 2, 4, 5, 6):
        met(circle, circle.begun_on + week * WEEK, *people[:2])
    return circle


def full(circle: Circle, people: list[Person]) -> Circle:
    """Return `circle` with everything on its page that Dev, the last one, can be shown."""
    now = timezone.now()
    ruth, kofi, marisol, teo, long, dev = (chair_of(one, circle) for one in people)
    actions.meet_at(chair=ruth, place="Library, back room", link=LINK, at=now)
    actions.bring(chair=teo, brings="brings " + "m" * 33)
    actions.say_comes(chair=long, comes=False, at=now)
    say(person=teo.person, topic=Topic.PRACTICES, value=["choir"], shown_to=ShownTo.CIRCLE)
    asked = actions.say_favor(chair=marisol, kind=Kind.ASK, words="for bread tins.", at=now)
    actions.take_up(favor=asked, person=ruth.person)
    actions.do(favor=asked, person=ruth.person, at=now)
    actions.say_favor(chair=teo, kind=Kind.OFFER, words="I can fix a bike on Saturday.", at=now)
    actions.say_favor(chair=long, kind=Kind.ASK, words="w" * 200, at=now)
    mine = actions.say_favor(chair=dev, kind=Kind.ASK, words="Could someone sit with me?", at=now)
    actions.take_up(favor=mine, person=kofi.person)
    actions.take_week_off(chair=ruth, at=now)
    actions.would_close(chair=ruth, would=True, at=now)
    Chair.objects.filter(pk=dev.pk).update(is_still_mine=False)
    Chair.objects.filter(pk=long.pk).update(since=timezone.localdate())
    actions.say_hard_week(chair=ruth, at=now)
    return circle


def pages_of(circle: Circle, people: list[Person]) -> list[str]:
    """Return the address of every page that Dev can see of `circle`."""
    here = f"/circle/{circle.token}/"
    parts = (
        "where",
        "name",
        "bring",
        "off",
        "ask",
        "offer",
        "away",
        "another",
        "leave",
        "close",
        "hard",
    )
    return [here, f"{here}person/{reference(people[3], people[5])}/", *(f"{here}{p}/" for p in parts)]  # fmt: skip


# ---- how it looks, and for whom ---------------------------------------------------------------
def test_pages_are_accessible_and_fit(page: Page, live_server, circle, people):
    come_in(page, people[5], live_server)
    for path in pages_of(full(circle, people), people):
        page.goto(path)
        assert (path, violations(page), sideways_px(page)) == (path, [], 0)


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_pages_never_scroll_sideways(browse: Browse, look: Look, live_server, circle, people):
    page = come_in(browse(look), people[5], live_server)
    for path in pages_of(full(circle, people), people):
        page.goto(path)
        assert (path, sideways_px(page)) == (path, 0)


@pytest.mark.parametrize("many", range(2, 7))
def test_table_seats_two_to_six(phone: Page, live_server, many):
    seated = [longtime(name) for name in ("Ada", "Ben", "Cem", "Eva", "Fay", "Gus")[:many]]
    circle = circle_of(*seated)
    come_in(phone, seated[0], live_server)

    phone.goto(f"/circle/{circle.token}/")

    table = phone.get_by_role("region", name="All of you, at the table")
    expect(table.locator(".seats li")).to_have_count(many)
    expect(table.locator(".seats").last.locator("li").last).to_contain_text("you")
    assert (violations(phone), sideways_px(phone)) == ([], 0)


def test_what_refuses_is_accessible_too(phone: Page, live_server, circle, people, witness):
    come_in(phone, people[5], live_server)
    here = f"/circle/{circle.token}/"
    witness.expected |= {f"{live_server.url}{here}where/", f"{live_server.url}{here}away/"}
    phone.goto(f"{here}where/")
    phone.get_by_label("The link of a room online").fill("http://meet.example.org")
    phone.get_by_role("button", name="Meet there").first.click()

    expect(phone.get_by_role("alert")).to_have_text(
        "Only a link that begins with https:// is safe here."
    )
    assert violations(phone) == []
    phone.goto(f"{here}away/")
    phone.get_by_role("button", name="Take them off").click()
    expect(phone.get_by_role("alert")).to_have_text("Choose for how long.")
    assert violations(phone) == []


def test_paused_one_is_told_so(phone: Page, live_server, circle, people, witness):
    paused(people[5], why="Please give them room.")
    come_in(phone, people[5], live_server)
    witness.expected.add(f"{live_server.url}/circle/{circle.token}/")

    phone.goto(f"/circle/{circle.token}/")

    expect(phone.get_by_role("heading", name="A pause")).to_be_visible()


# ---- the walk -----------------------------------------------------------------------------------
@pytest.mark.parametrize("javascript", [True, False])
def test_circle_is_lived_in(browse: Browse, javascript, live_server, circle, people):
    dev = come_in(browse(java_script_enabled=javascript), people[5], live_server)
    ruth = come_in(browse(java_script_enabled=javascript), people[0], live_server)
    here = f"/circle/{circle.token}/"

    dev.goto(here)
    dev.get_by_role("link", name="Where you meet", exact=True).click()
    dev.get_by_label("A place").fill("Library, back room")
    dev.get_by_label("The link of a room online").fill(LINK)
    dev.get_by_role("button", name="Meet there").first.click()
    expect(dev.locator(".top-t")).to_contain_text("Library, back room")
    expect(dev.get_by_text("The door opens at")).to_be_visible()

    dev.get_by_role("button", name="Can’t come this time").click()
    ruth.goto(here)
    expect(ruth.locator(".seats li", has_text="Dev")).to_contain_text("away")
    dev.get_by_role("button", name="I can come after all").click()
    ruth.reload()
    expect(ruth.locator(".seats li", has_text="Dev")).not_to_contain_text("away")

    dev.get_by_role("link", name="Ask for something").click()
    dev.get_by_label("In a few words").fill("Could someone sit with me at the clinic?")
    dev.get_by_role("button", name="Ask them").click()
    ruth.reload()
    ruth.get_by_role("button", name="I can · Dev").click()
    expect(ruth.get_by_text("You can.")).to_be_visible()
    dev.reload()
    expect(dev.get_by_text("Ruth can.")).to_be_visible()
    dev.get_by_role("button", name="Done").click()
    expect(dev.get_by_text("Ruth did.")).to_be_visible()

    dev.get_by_role("link", name="Leave", exact=True).click()
    expect(dev.get_by_text("Dev has moved on, and wishes you well.")).to_be_visible()
    dev.get_by_role("button", name="Leave", exact=True).click()
    expect(dev.get_by_role("heading", name="You have moved on.")).to_be_visible()
    ruth.goto("/")
    expect(ruth.get_by_text("Dev has moved on, and wishes you well.")).to_be_visible()


def test_those_who_were_there_say_so_and_the_window_is_lit(browse: Browse, live_server, people):
    circle = circle_of(*people, starts_in=timedelta(minutes=-90), weeks=3)
    here = f"/circle/{circle.token}/"
    page = browse()
    for person in people[:2]:
        come_in(page, person, live_server).goto(here)
        page.get_by_role("button", name="I was there").click()
        expect(page.get_by_role("button", name="I was there")).to_have_count(0)

    expect(page.locator(".rhythm .lit")).to_have_count(1)
    expect(page.locator(".rhythm li").last).to_have_class("now")


def test_window_leads_to_a_person_and_to_some_distance(phone: Page, live_server, circle, people):
    come_in(phone, people[5], live_server)
    phone.goto(f"/circle/{circle.token}/")

    phone.get_by_role("link", name="Teo").click()
    expect(phone.get_by_role("heading", name="Teo")).to_be_visible()
    expect(phone.get_by_role("link", name="Write to Teo")).to_be_visible()
    phone.get_by_role("link", name="If you want some distance").click()
    phone.get_by_role("button", name="Block").click()

    expect(phone.get_by_role("heading", name="Blocked")).to_be_visible()
    assert set(circle.chairs.filter(state="left").values_list("person", flat=True)) == {
        people[5].pk
    }


def test_door_opens_ten_minutes_before(phone: Page, live_server, people):
    circle = circle_of(*people, starts_in=timedelta(minutes=5), link=LINK)
    come_in(phone, people[0], live_server)

    phone.goto(f"/circle/{circle.token}/")

    door = phone.get_by_role("link", name="Open the door")
    expect(door).to_be_visible()
    answer = phone.request.get(str(door.get_attribute("href")), max_redirects=0)
    assert answer.headers["location"] == LINK


def test_keyboard_says_what_somebody_brings(desktop: Page, live_server, circle, people):
    come_in(desktop, people[5], live_server)
    desktop.goto(f"/circle/{circle.token}/")
    desktop.get_by_role("link", name="What I bring").focus()
    desktop.keyboard.press("Enter")
    desktop.get_by_label("What I bring").focus()
    desktop.keyboard.type("a big teapot")
    desktop.keyboard.press("Tab")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_text("a big teapot")).to_be_visible()


def test_hard_week_is_told_and_taken_back(phone: Page, live_server, circle, people):
    come_in(phone, people[5], live_server)
    phone.goto(f"/circle/{circle.token}/")
    phone.get_by_role("link", name="This is a hard week").click()
    phone.get_by_role("button", name="Let two of them know").click()
    expect(phone.get_by_text("They know:")).to_be_visible()

    phone.get_by_role("button", name="It is better now").click()

    expect(phone.get_by_role("button", name="Let two of them know")).to_be_visible()
