"""A guided conversation between two browsers in a room, as rooms carry it."""

import pytest
from playwright.sync_api import Page, expect
from tests.browser.harness import sideways_px, violations
from tests.browser.test_guide import SMALL_PHONE, card
from tests.browser.test_rooms import (
    Goes,
    cameras,
    environment,
    go_in,
    goes,
    marisol,
    ruth,
    served,
    witness,
)
from tests.web.rooms.making import room_of

from kith.web.people.models import Person

# What a room in a real browser needs, from where it is tested.
__all__ = ["cameras", "environment", "goes", "marisol", "ruth", "served", "witness"]

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def begun(mode: str, one: Page, other: Page) -> None:
    """Bring both in, and let the first begin."""
    go_in(one, other)
    one.locator("[data-guide] summary").click()
    one.locator(f"[data-start={mode}]").click()
    expect(other.locator("[data-part=run]")).to_be_visible()


def test_both_see_the_same_card_and_whose_turn_it_is(goes: Goes, ruth: Person, marisol: Person):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    begun("deepening", one, other)

    said = {page.locator("[data-part=who]").inner_text() for page in (one, other)}
    assert said in ({"Your turn.", "Ruth has the turn."}, {"Your turn.", "Marisol has the turn."})
    assert card(one) == card(other)

    before = card(one)
    other.get_by_role("button", name="Pass", exact=True).click()
    expect(one.locator("[data-part=card]")).not_to_have_text(before)
    assert card(one) == card(other)


def test_who_comes_back_sees_what_the_other_sees(goes: Goes, ruth: Person, marisol: Person):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    begun("deepening", one, other)
    for _ in range(3):
        other.get_by_role("button", name="Pass", exact=True).click()

    one.reload()
    go_in(one)

    expect(one.locator("[data-part=run]")).to_be_visible()
    expect(one.locator("[data-part=card]")).to_have_text(card(other))
    assert {page.locator("[data-part=who]").inner_text() for page in (one, other)} & {"Your turn."}


def test_nobody_learns_that_somebody_wants_to_look(goes: Goes, ruth: Person, marisol: Person):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    begun("listening", one, other)
    before = other.locator("[data-guide]").inner_text()

    one.get_by_label("Look at each other").check()
    other.wait_for_timeout(1_000)

    assert other.locator("[data-guide]").inner_text() == before
    expect(other.get_by_label("Look at each other")).not_to_be_checked()
    other.get_by_label("Look at each other").check()
    for page in (one, other):
        expect(page.get_by_role("button", name="Enough")).to_be_visible()
    one.get_by_role("button", name="Enough").click()
    expect(other.get_by_role("button", name="Enough")).to_be_hidden()


def test_it_waits_for_who_left_and_goes_on_when_they_are_back(
    goes: Goes, ruth: Person, marisol: Person
):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room), goes(marisol, room)
    begun("deepening", one, other)
    before = card(one)

    other.get_by_role("button", name="Leave").click()
    waiting = one.get_by_text("It waits until you are two again.")
    expect(waiting.first).to_be_visible(timeout=40_000)
    other.goto(room.get_absolute_url())
    go_in(other)

    for page in (one, other):
        expect(page.locator("[data-part=card]")).to_have_text(before)


@pytest.mark.parametrize("mode", ["", "deepening"])
def test_the_guide_in_a_room_is_accessible(goes: Goes, ruth: Person, marisol: Person, mode: str):
    room = room_of(ruth, marisol)
    one, other = goes(ruth, room, look=SMALL_PHONE), goes(marisol, room)
    go_in(one, other)
    one.locator("[data-guide] summary").click()
    if mode:
        one.locator(f"[data-start={mode}]").click()

    assert (violations(one), sideways_px(one)) == ([], 0)
