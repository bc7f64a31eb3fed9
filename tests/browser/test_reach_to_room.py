"""From the tap to a face, over the real server: three are rung, the second answers, and it goes on."""

from types import SimpleNamespace

import pytest
from playwright.sync_api import Page, expect
from tests.browser.test_rooms import (
    Goes,
    cameras,
    environment,
    goes,
    served,
    wait_for_frames,
    witness,
    write,
)
from tests.web.reach.people.making import circle_of, longtime, willing
from tests.web.rooms.serving import Served

from kith.web.people.models import Person
from kith.web.reach.models import Ring

# What a room in a real browser needs, from where it is tested.
__all__ = ["cameras", "environment", "goes", "served", "witness"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def at(path: str) -> SimpleNamespace:
    """Return what `goes` opens in the place of a room."""
    return SimpleNamespace(get_absolute_url=lambda: path)


def answered(goes: Goes, ana: Person, three: list[Person]) -> tuple[Page, Page]:
    """Let Ana tap, and the second of three answer from the bar; return the pages of the two."""
    caller = goes(ana, at("/now/"), is_watched=False)
    others = [goes(one, at("/about/"), is_watched=False) for one in three]
    caller.get_by_role("button", name="Ring, and show faces").click()
    expect(caller.get_by_role("heading", name="Ringing")).to_be_visible()
    for page in others:
        page.get_by_role("link", name="Somebody is asking for you").click()
    others[1].get_by_role("button", name="Answer").click()
    # Without another tap both are in the room, seen and heard.
    for page in (caller, others[1]):
        page.wait_for_url("**/room/**")
    others[0].get_by_role("button", name="Answer").click()
    expect(others[0].get_by_text("They are talking with somebody now.")).to_be_visible()
    return caller, others[1]


def test_three_are_rung_the_second_answers_and_the_call_outlives_the_server(
    goes: Goes, served: Served, transactional_db: None
):
    ana, three = longtime("Ana"), [willing(name) for name in ("Ruth", "Kofi", "Marisol")]
    circle_of(ana, *three)

    caller, other = answered(goes, ana, three)

    assert Ring.objects.count() == len(three)
    expect(caller.locator(".face .nm")).to_have_text("Kofi")
    wait_for_frames(caller, other)
    served.kill()
    wait_for_frames(caller, other, more=30)
    expect(other.get_by_text("We lost the way to the others.")).to_be_visible()
    served.start()
    expect(caller.get_by_text("The connection is back.")).to_be_visible()
    expect(other.get_by_text("The connection is back.")).to_be_visible()
    write(other, "I am still here.")
    expect(caller.get_by_text("I am still here.")).to_be_visible()
