"""The first who answers talks; every reach ends in a person, an open room or the lines."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.reach.people.making import (
    SECOND,
    apart,
    asked,
    circle_of,
    keeps,
    longtime,
    ring_of,
    rung,
    willing,
)

from kith.web.acts.models import Act, Tie
from kith.web.reach import actions
from kith.web.reach.choices import OpenTo, RingState, Said, State
from kith.web.reach.models import Reach
from kith.web.rooms.models import Room, Seat

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return longtime("Ana")


def three():
    return [willing(name) for name in ("Ruth", "Kofi", "May")]


def answered(reach, person):
    return actions.answer(ring=ring_of(reach, person), at=timezone.now())


def test_first_who_answers_gets_a_room_with_the_asker_and_others_are_told(ana):
    ruth, kofi, may = three()
    reach = asked(ana)

    done = answered(reach, kofi)

    assert (done.state, done.answered_by) == (State.ANSWERED, kofi)
    room = Room.objects.get()
    assert done.room == room.get_absolute_url()
    assert set(Seat.objects.values_list("person", flat=True)) == {ana.pk, kofi.pk}
    states = {p.called: ring_of(reach, p).state for p in (ruth, kofi, may)}
    assert states == {"Ruth": RingState.TOLD, "Kofi": RingState.ANSWERED, "May": RingState.TOLD}


def test_second_who_answers_is_thanked(ana):
    ruth, kofi, _may = three()
    reach = asked(ana)
    answered(reach, kofi)

    with pytest.raises(actions.TakenError, match="Thank you for being there"):
        answered(reach, ruth)

    assert Room.objects.count() == 1


def test_answering_twice_is_the_same_room(ana):
    willing("Ruth")
    reach = asked(ana)
    ruth = reach.rings.get().person

    assert answered(reach, ruth).room == answered(reach, ruth).room
    assert Room.objects.count() == 1


def test_whoever_talks_is_not_rung_and_those_told_are_free_again(ana):
    ruth, kofi, _may = three()
    circle_of(longtime("Nobody"), ruth)
    answered(asked(ana), kofi)

    later = timezone.now() + timedelta(minutes=61)
    assert rung(asked(longtime("Omar"), at=later)) == ["May", "Ruth"]


def test_nobody_answers_and_the_open_room_comes(ana):
    willing("Ruth")
    keeps(willing("Joan", open_to=OpenTo.KNOWN), at=timezone.now() + 91 * SECOND)
    reach = asked(ana)

    assert actions.settle(reach, at=reach.started_at + 89 * SECOND).state == State.RINGING
    assert actions.settle(reach, at=reach.started_at + 90 * SECOND).state == State.OPEN
    assert rung(reach) == []


def test_nobody_answers_and_nobody_keeps_the_room_so_lines_come(ana):
    ruth = willing("Ruth")
    reach = asked(ana)

    assert actions.settle_all(at=reach.rings_until) == 1
    reach.refresh_from_db()
    assert reach.state == State.LINES
    assert ring_of(reach, ruth).state == RingState.MISSED


def test_keeper_who_is_kept_apart_keeps_no_room_for_them(ana):
    joan = longtime("Joan")
    keeps(joan)
    apart(joan, ana)

    assert asked(ana).state == State.LINES


def test_late_answer_still_brings_them_together(ana):
    ruth = willing("Ruth")
    reach = actions.settle(asked(ana), at=timezone.now() + 91 * SECOND)

    assert reach.state == State.LINES
    assert answered(reach, ruth).state == State.ANSWERED


def test_answer_after_they_stopped_is_thanked(ana):
    ruth = willing("Ruth")
    reach = actions.stop(reach=asked(ana))

    with pytest.raises(actions.OverError, match="Thank you"):
        answered(reach, ruth)


def test_answer_much_later_is_thanked(ana):
    ruth = willing("Ruth")
    reach = asked(ana)
    actions.settle_all(at=reach.rings_until)

    with pytest.raises(actions.OverError):
        actions.answer(ring=ring_of(reach, ruth), at=reach.started_at + timedelta(minutes=15))


def test_when_all_say_not_now_others_are_rung(ana):
    first = [willing(name) for name in ("Ruth", "Kofi", "May", "Omar", "Noor")]
    reach = asked(ana)
    before = set(rung(reach))

    for ring in reach.rings.all():
        actions.decline(ring=ring, at=timezone.now())

    assert set(rung(reach)) == {one.called for one in first} - before


def test_when_nobody_is_left_it_goes_on_at_once(ana):
    ruth = willing("Ruth")
    reach = asked(ana)

    actions.decline(ring=ring_of(reach, ruth), at=timezone.now())

    reach.refresh_from_db()
    assert reach.state == State.LINES


def test_not_now_costs_nothing_and_they_may_still_answer(ana):
    ruth = willing("Ruth")
    reach = asked(ana)
    actions.decline(ring=ring_of(reach, ruth), at=timezone.now())

    assert answered(reach, ruth).answered_by == ruth


# ---- afterwards ---------------------------------------------------------------------------------
def test_reached_becomes_one_act_of_the_two(ana):
    ruth = willing("Ruth")
    reach = answered(asked(ana), ruth)

    for _ in range(2):
        actions.say_after(reach=reach, said=Said.REACHED, at=timezone.now())

    act = Act.objects.get()
    assert (act.actor, act.other, act.kind, act.setting) == (ana, ruth, "reached", "reach")
    assert (act.mode, act.help, act.number) == ("voice", "received", None)
    assert Tie.objects.count() == 1


@pytest.mark.parametrize("said", [Said.OTHER, Said.USED, Said.UNSAID])
def test_anything_else_is_written_nowhere(ana, said):
    ruth = willing("Ruth")
    reach = answered(asked(ana), ruth)

    actions.say_after(reach=reach, said=said, at=timezone.now())

    assert Act.objects.count() == 0
    kept = Reach.objects.values().get()
    assert said.value not in [value for value in kept.values() if isinstance(value, str)]


def test_reached_without_anybody_who_answered_is_no_act(ana):
    reach = asked(ana)

    actions.say_after(reach=reach, said=Said.REACHED, at=timezone.now())

    assert Act.objects.count() == 0
