"""One person's whole life here, from a key to no trace, in a real browser."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import connection
from playwright.sync_api import Page, expect
from pytest_django.live_server_helper import LiveServer
from tests.browser.harness import Browse
from tests.browser.test_about import opened, save
from tests.browser.test_hosting import enter, soon
from tests.browser.test_people import join
from tests.web.gatherings import holding
from tests.web.gatherings.making import forget_everything

from kith.web.gatherings.models import Gathering
from kith.web.people.models import Passkey, Person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Words that stand nowhere else, one for each place where they are said.
NAME, LIVING, NEED = "Amarantha", "a brother called Quillon", "the chair by the Zephyrine window"
MESSAGE, HARM = "Is there a Wolfram step at the door?", "He followed me to Ypsilon street."
WORDS = (NAME, "Quillon", "Zephyrine", "Wolfram", "Ypsilon")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    forget_everything()


@pytest.fixture
def hosts(live_server: LiveServer) -> tuple[Person, Person]:
    """Two who have been here for a while; and there is a steward."""
    Person.objects.create_superuser("ines", "a long enough word")
    return holding.somebody("Ruth"), holding.somebody("Kofi")


@pytest.fixture
def choir(hosts: tuple[Person, Person]) -> Gathering:
    """What Ruth and Kofi hold in a few minutes, both by name."""
    gathering = holding.held(*hosts, **soon())
    gathering.hosts.update(is_named=True)
    return gathering


def files() -> Iterator[tuple[str, bytes]]:
    """Yield what lies on the disk: the database, and its write-ahead log."""
    path = str(connection.settings_dict["NAME"])
    for end in ("", "-wal"):
        if Path(f"{path}{end}").exists():
            yield end, Path(f"{path}{end}").read_bytes()


def found_in_clear(marks: dict[str, bytes]) -> list[tuple[str, str]]:
    """Return which of these marks stand in which file, as anybody with a copy could read them."""
    return [(name, end) for end, raw in files() for name, mark in marks.items() if mark in raw]


def say_of_oneself(page: Page) -> None:
    page.goto("/you/")
    page.get_by_label("Any name you like, or none").fill(NAME)
    page.get_by_role("button", name="Save").click()
    page.goto("/you/about/")
    thing = opened(page, "living_with")
    thing.get_by_label("In your own words").fill(LIVING)
    save(thing)


def come_and_tell(page: Page, choir: Gathering) -> None:
    page.goto(choir.get_absolute_url())
    page.get_by_role("button", name="I’ll come").click()
    page.get_by_label("It is my first time").check()
    page.get_by_text("In your own words, who comes with you").click()
    page.get_by_label("Anything else, in your own words").fill(NEED)
    page.get_by_role("button", name="Tell the hosts").click()
    expect(page.get_by_text("The hosts know:")).to_be_visible()


def be_greeted(page: Page, ruth: Page, choir: Gathering) -> None:
    """A host meets them at the door, and they know."""
    ruth.goto(f"{choir.get_absolute_url()}host/")
    expect(ruth.get_by_text(NEED)).to_be_visible()
    ruth.get_by_role("button", name="I’ll meet them at the door").click()
    page.goto("/")
    expect(page.get_by_text("Ruth will look out for you at the door.").first).to_be_visible()


def write_and_be_answered(page: Page, ruth: Page) -> None:
    page.goto("/messages/")
    page.get_by_role("link", name="Ruth").click()
    page.get_by_label("Write to Ruth").fill(MESSAGE)
    page.get_by_role("button", name="Send", exact=True).click()
    ruth.goto("/messages/")
    ruth.get_by_role("link", name=NAME).click()
    expect(ruth.get_by_text(MESSAGE)).to_be_visible()
    ruth.get_by_role("button", name="I’ll be at the door.").click()


def tell_of_the_other_host(page: Page, choir: Gathering) -> None:
    page.goto(choir.get_absolute_url())
    page.get_by_role("link", name="Kofi").click()
    page.get_by_role("link", name="Tell a steward").click()
    page.get_by_label("Contact I did not want").check()
    page.get_by_label("What happened?").fill(HARM)
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you. It is with the stewards.")).to_be_visible()


def keep_away_from_the_other_host(page: Page, kofi: Page, choir: Gathering) -> None:
    """Neither sees the other any more: not as a host, not as somebody who comes, not to write to."""
    page.goto(choir.get_absolute_url())
    page.get_by_role("link", name="Kofi").click()
    page.get_by_role("button", name="Block").click()
    page.goto(choir.get_absolute_url())
    expect(page.get_by_role("link", name="Kofi")).to_have_count(0)
    for path in (f"{choir.get_absolute_url()}host/", "/messages/", "/"):
        kofi.goto(path)
        expect(kofi.get_by_text(NAME)).to_have_count(0)


def take_everything_and_go(page: Page) -> None:
    page.goto("/you/all/")
    for words in (NAME, LIVING, NEED, MESSAGE, HARM):
        expect(page.get_by_text(words).first).to_be_visible()
    page.goto("/you/erase/")
    page.get_by_role("button", name="Erase everything of mine").click()
    expect(page.get_by_role("heading", name="It is gone.")).to_be_visible()


def test_somebody_joins_comes_is_greeted_tells_keeps_away_and_leaves_no_trace(
    browse: Browse,
    phone: Page,
    choir: Gathering,
    hosts: tuple[Person, Person],
    live_server: LiveServer,
):
    ruth, kofi = browse(), browse()
    enter(ruth, hosts[0], live_server)
    enter(kofi, hosts[1], live_server)
    join(phone)
    amara = Person.objects.exclude(pk__in=[host.pk for host in hosts]).get(is_steward=False)
    assert (amara.called, amara.handle) == ("", None)

    say_of_oneself(phone)
    come_and_tell(phone, choir)
    be_greeted(phone, ruth, choir)
    write_and_be_answered(phone, ruth)
    tell_of_the_other_host(phone, choir)
    keep_away_from_the_other_host(phone, kofi, choir)

    words = {word: word.encode() for word in WORDS}
    keys = {
        "key in hex": amara.pk.hex.encode(), "key": str(amara.pk).encode(),
        "key in bytes": amara.pk.bytes,
        "passkey": bytes(Passkey.objects.get().credential_id),
    }  # fmt: skip
    # None of it lies in the open; and the search finds what is there: their key is, until they go.
    assert found_in_clear(words) == []
    assert {name for name, _end in found_in_clear(keys)} >= {"key in hex", "passkey"}
    take_everything_and_go(phone)

    assert found_in_clear(words | keys) == []
    for path in (f"{choir.get_absolute_url()}host/", "/messages/", "/"):
        ruth.goto(path)
        expect(ruth.get_by_text(NAME)).to_have_count(0)
