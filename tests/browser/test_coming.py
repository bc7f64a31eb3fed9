"""Telling the hosts, being met at the door, and afterwards, in a real browser."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import NARROW, ZOOMED, Browse, Look, sideways_px, violations
from tests.web.gatherings.hosting import comes, may_be_named, person, tells
from tests.web.gatherings.making import forget_everything, gatherings, meeting, take_in

from kith.web.gatherings import actions
from kith.web.gatherings.choices import Guests, Need, Offer
from kith.web.gatherings.models import Gathering, Host
from kith.web.people.models import Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
ZONE = "Europe/London"


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


def weekly(name: str, begins: datetime, *hosts: Person) -> tuple[Gathering, date]:
    """Return a gathering that began or begins then for half an hour, and its date."""
    ends = begins + timedelta(minutes=30)
    record = meeting(
        name, day=(begins.weekday() + 1) % 7, time=f"{begins:%H:%M}", end_time=f"{ends:%H:%M}"
    )
    take_in(record, address=f"https://list.example/{name[0]}.json")
    gathering = gatherings()[-1]
    for host in hosts:
        Host.objects.create(gathering=gathering, person=host, until=date(2999, 1, 1))
    return gathering, begins.date()


def walk_in(page: Page, somebody: Person, server: LiveServer) -> None:
    """Let `somebody` be in, in the browser of `page`."""
    browser = Client()
    browser.force_login(somebody)
    name = settings.SESSION_COOKIE_NAME
    value = browser.cookies[name].value
    page.context.add_cookies([{"name": name, "value": value, "url": server.url}])


@pytest.fixture
def ruth(live_server: LiveServer) -> Person:
    return person("Ruth")


@pytest.fixture
def amara(live_server: LiveServer) -> Person:
    return person("Amara")


@pytest.fixture
def choir(ruth: Person) -> tuple[Gathering, date]:
    """A choir that has just begun, at any hour of the day, held by Ruth and Kofi."""
    begun = datetime.now(ZoneInfo(ZONE)) - timedelta(minutes=5)
    return weekly("Riverside choir", begun, ruth, person("Kofi"))


@pytest.fixture
def arriving(choir: tuple[Gathering, date], ruth: Person, amara: Person) -> str:
    """The door of the choir, where several people arrive; its address."""
    gathering, on = choir
    tells(
        comes(amara, gathering, on=on), gathering, on=on, first_time=True,
        needs=(Need.SIT_WITH, Need.NO_TOUCH),
    )  # fmt: skip
    dev, sam, joan, teo = (person(name) for name in ("Dev", "Sam", "Joan", "Teo"))
    tells(comes(dev, gathering, on=None), gathering, on=on, offers=(Offer.CHAIRS,))
    tells(comes(sam, gathering, on=on), gathering, on=on, needs=(Need.NO_QUESTIONS,))
    tells(
        comes(joan, gathering, on=on), gathering, on=on, guests=Guests.ONE,
        guests_words="my sister", needs_words="I need the seat by the river door",
    )  # fmt: skip
    comes(teo, gathering, on=on, maybe=True)
    comes(person(), gathering, on=on)
    ines = tells(comes(person("Ines"), gathering, on=on), gathering, on=on, first_time=True)
    actions.look_out_for(host=ruth, guest=ines, gathering=gathering, on=on)
    for guest in (dev, joan):
        actions.mark_here(host=ruth, guest=guest, gathering=gathering, on=on, is_here=True)
    return f"{gathering.get_absolute_url()}arrivals/{on}/"


@pytest.fixture
def gone(ruth: Person, amara: Person) -> str:
    """An evening that ended a while ago, where Amara, Dev and Sam were; its address."""
    begun = datetime.now(ZoneInfo(ZONE)) - timedelta(minutes=50)
    gathering, on = weekly("Tea after", begun, ruth)
    for somebody in (amara, may_be_named(person("Dev")), may_be_named(person("Sam"))):
        actions.say_was_there(person=somebody, gathering=gathering, on=on, was_there=True)
    return f"{gathering.get_absolute_url()}after/{on}/"


def asked(choir: tuple[Gathering, date], somebody: Person) -> None:
    """Let `somebody` be asked tonight to sit with somebody new."""
    gathering, on = choir
    alone = comes(person("Amara"), gathering, on=on)
    tells(alone, gathering, on=on, first_time=True, needs=(Need.SIT_WITH,))
    tells(comes(somebody, gathering, on=None), gathering, on=on, offers=(Offer.SIT,))


# ---- each page, by everybody ------------------------------------------------------------------------
def look_at_telling(page: Page, choir: tuple[Gathering, date], look: object) -> None:
    page.goto(choir[0].get_absolute_url())
    page.get_by_role("button", name="I’ll come").click()
    look()
    page.get_by_text("In your own words, who comes with you").click()
    look()
    page.get_by_text("Somebody to sit with", exact=True).click()
    page.get_by_role("button", name="Tell the hosts").click()
    expect(page.get_by_text("The hosts know:")).to_be_visible()
    look()


def look_at_afterwards(page: Page, gone: str, look: object) -> None:
    page.goto(gone)
    look()
    page.get_by_text("Dev").click()
    page.get_by_text("Sam").click()
    look()
    page.get_by_role("button", name="I talked with them").click()
    expect(page.get_by_role("heading", name="Thank somebody?")).to_be_visible()
    look()
    page.goto(f"{gone}?end")
    look()


def test_telling_and_tonight_are_accessible(page, live_server, choir, amara):
    walk_in(page, amara, live_server)

    def look() -> None:
        assert violations(page) == []

    look_at_telling(page, choir, look)
    page.goto("/tonight/")
    look()


def test_ask_is_accessible(page, live_server, choir):
    dev = person("Dev")
    asked(choir, dev)
    walk_in(page, dev, live_server)

    page.goto("/tonight/")

    expect(page.get_by_role("button", name="I can do that")).to_be_visible()
    assert (violations(page), sideways_px(page)) == ([], 0)


def test_door_is_accessible(page, live_server, ruth, arriving):
    walk_in(page, ruth, live_server)

    page.goto(arriving)

    expect(page.get_by_text("Would like somebody to sit with. No touch, please.")).to_be_visible()
    assert (violations(page), sideways_px(page)) == ([], 0)


def test_afterwards_is_accessible(page, live_server, amara, gone):
    walk_in(page, amara, live_server)

    look_at_afterwards(page, gone, lambda: _is_well(page))


def _is_well(page: Page) -> None:
    assert violations(page) == []


@pytest.mark.parametrize("look", [NARROW, ZOOMED], ids=lambda look: look.name)
def test_nothing_scrolls_sideways(browse: Browse, look: Look, live_server, choir, arriving, gone):
    ruth = next(host.person for host in choir[0].hosts.all() if host.person.called == "Ruth")
    host, guest = browse(look), browse(look)
    walk_in(host, ruth, live_server)
    walk_in(guest, person("Bartholomew-Alexander of the Long Valley"), live_server)

    def fits() -> None:
        assert sideways_px(guest) == 0

    host.goto(arriving)
    assert sideways_px(host) == 0
    look_at_telling(guest, choir, fits)
    guest.goto("/tonight/")
    fits()
    guest.goto(gone)
    guest.get_by_role("button", name="I was there").click()
    look_at_afterwards(guest, gone, fits)


# ---- the walk ---------------------------------------------------------------------------------------
def walk(guest: Page, host: Page, choir: tuple[Gathering, date]) -> None:
    """Let somebody come for the first time, be met, and be seen there."""
    gathering, on = choir
    guest.goto(gathering.get_absolute_url())
    guest.get_by_role("button", name="I’ll come").click()
    expect(guest.get_by_text("Only the hosts see that you said so.")).to_be_visible()
    guest.get_by_label("It is my first time").check()
    guest.get_by_text("No touch, please", exact=True).click()
    guest.get_by_text("In your own words, who comes with you").click()
    guest.get_by_label("Anything else, in your own words").fill("I am a bit shy")
    guest.get_by_role("button", name="Tell the hosts").click()
    expect(
        guest.get_by_text("It is your first time. No touch, please. “I am a bit shy”")
    ).to_be_visible()

    host.goto(f"{gathering.get_absolute_url()}arrivals/{on}/")
    expect(host.get_by_text("first time")).to_be_visible()
    host.get_by_role("button", name="I’ll meet them at the door").click()
    expect(host.get_by_text("You meet them at the door. They know.")).to_be_visible()
    guest.goto("/tonight/")
    expect(guest.get_by_text("Ruth will look out for you at the door.")).to_be_visible()

    host.get_by_role("button", name="Arrived Amara").click()
    expect(host.get_by_role("button", name="Here Amara")).to_be_visible()


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_somebody_new_is_expected(browse, live_server, choir, ruth, amara, scripts):
    guest = browse(java_script_enabled=scripts)
    host = browse(java_script_enabled=scripts)
    walk_in(guest, amara, live_server)
    walk_in(host, ruth, live_server)

    walk(guest, host, choir)


@pytest.mark.parametrize("scripts", [True, False], ids=["scripts", "no-scripts"])
def test_somebody_thanks_somebody(browse, live_server, amara, gone, scripts):
    page = browse(java_script_enabled=scripts)
    walk_in(page, amara, live_server)
    page.goto(gone)
    page.get_by_text("Dev").click()
    page.get_by_role("button", name="I talked with them").click()
    page.get_by_role("button", name="Thank you for listening.").click()

    expect(page.get_by_role("heading", name="Good that you were there.")).to_be_visible()
    expect(page.get_by_text("Your thanks are on their way.")).to_be_visible()
    page.get_by_role("link", name="Back to tonight").click()
    expect(page.get_by_text("That’s all for now.")).to_be_visible()


def test_somebody_offers_company_from_tonight(phone, live_server, choir):
    dev = person("Dev")
    asked(choir, dev)
    walk_in(phone, dev, live_server)
    phone.goto("/tonight/")

    phone.get_by_role("button", name="I can do that").click()

    expect(phone.get_by_text("You said that you would sit with somebody new.")).to_be_visible()
    expect(phone.get_by_role("button", name="I can do that")).to_have_count(0)


def test_whom_somebody_met_is_chosen_by_keyboard(desktop, live_server, amara, gone):
    walk_in(desktop, amara, live_server)
    desktop.goto(gone)

    desktop.get_by_role("checkbox", name="Dev").focus()
    desktop.keyboard.press("Space")
    desktop.keyboard.press("Enter")

    expect(desktop.get_by_role("heading", name="Thank somebody?")).to_be_visible()
