"""Whoever answered counts as busy until the call is over; whoever talks finds back to it."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.reach.people.making import (
    apart,
    asked,
    browser,
    longtime,
    ring_of,
    rung,
    willing,
)

from kith.web.reach import access, actions
from kith.web.reach.bridge import shelf
from kith.web.reach.choices import Said
from kith.web.reach.models import Reach, Ring
from kith.web.rooms import actions as rooms
from kith.web.rooms.choices import EMPTY_FOR
from kith.web.rooms.models import Room, Seat
from kith.web.safety.choices import Kind
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db
BACK = "Back to your talk"


@pytest.fixture
def ana(db):
    return longtime("Ana")


@pytest.fixture
def ruth(db):
    return willing("Ruth")


@pytest.fixture
def call(ana, ruth):
    """The reach of Ana, whom Ruth answered."""
    return actions.answer(ring=ring_of(asked(ana), ruth), at=timezone.now())


def later():
    return timezone.now() + EMPTY_FOR + timedelta(seconds=1)


def page(person):
    return browser(person).get("/now/").content.decode()


# ---- its end ------------------------------------------------------------------------------------
def test_call_in_which_nobody_is_ends_and_who_answered_is_free(call, ruth):
    at = later()

    assert actions.end_calls(at=timezone.now()) == 0
    assert actions.end_calls(at=at) == 1
    assert Room.objects.get().closed_at == at
    assert ring_of(call, ruth).until == at
    assert actions.end_calls(at=at) == 0


def test_call_goes_on_while_somebody_is_there(call, ruth):
    seat = Seat.objects.get(person=ruth)
    rooms.sit(seat=seat)
    Seat.objects.filter(pk=seat.pk).update(seen_at=later())

    assert actions.end_calls(at=later()) == 0
    assert ring_of(call, ruth).until > later()


def test_who_held_the_room_ends_the_call(call, ana, ruth):
    rooms.end_by_host(by=Seat.objects.get(person=ana))

    assert actions.end_calls(at=timezone.now()) == 1
    assert ring_of(call, ruth).until <= timezone.now()


def test_who_talked_is_rung_again_by_the_process_that_did_not_end_the_call(call, ruth):
    asker, at = longtime("Bo"), timezone.now()
    Ring.objects.update(rung_at=at - timedelta(hours=2))
    shelf.forget()
    kept = shelf.current()
    assert rung(asked(asker)) == []
    Reach.objects.filter(person=asker).delete()

    # As another process does: the one that serves pages is not told.
    Ring.objects.update(until=at)
    kept._looked -= shelf.LOOK_EVERY_S
    kept.crowd.last_rung_s[:] = 0

    assert rung(asked(asker)) == ["Ruth"]


# ---- the way back ---------------------------------------------------------------------------------
def test_both_find_back_while_it_is_open(call, ana, ruth):
    for person in (ana, ruth):
        said = page(person)
        assert BACK in said
        assert f'href="{call.call}"' in said
        assert said.index(BACK) < said.index("get you a voice")
    assert BACK not in page(longtime("Wren"))


def test_nobody_is_led_to_a_room_that_is_closed(call, ana, ruth):
    actions.end_calls(at=later())

    assert BACK not in page(ana)
    assert BACK not in page(ruth)


def test_who_left_may_come_back(call, ana):
    rooms.leave(seat=Seat.objects.get(person=ana))

    assert BACK in page(ana)


def test_who_said_how_it_was_may_still_go_back_while_the_other_is_there(call, ana):
    actions.say_after(reach=call, said=Said.REACHED, at=timezone.now())

    assert BACK in page(ana)


@pytest.mark.parametrize("by_asker", [True, False])
def test_who_keeps_away_ends_it_and_nobody_finds_back(call, ana, ruth, by_asker):
    apart(*((ana, ruth) if by_asker else (ruth, ana)), kind=Kind.BLOCK)

    assert Room.objects.get().closed_at is not None
    assert BACK not in page(ana)
    assert BACK not in page(ruth)
    assert access.open_call(ana, at=timezone.now()) is None


def test_paused_person_is_not_led_back(call, ana):
    Pause.objects.create(person=ana, until=timezone.now() + timedelta(days=1))

    assert BACK not in page(ana)


def test_call_whose_room_is_gone_leads_nowhere(call, ana):
    Room.objects.all().delete()

    assert BACK not in page(ana)
    assert actions.end_calls(at=timezone.now()) == 1
