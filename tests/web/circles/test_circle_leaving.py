"""Weeks off, another circle, moving on, and two who part."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import chair_of, circle_of, longtime, told

from kith.web.circles import access, actions
from kith.web.circles.choices import Answer, ChairState, CircleState
from kith.web.circles.models import Chair, Circle, HardWeek, Wish
from kith.web.messages.access import open_grounds
from kith.web.messages.models import Ground
from kith.web.people import actions as people
from kith.web.safety.actions import keep_away
from kith.web.safety.choices import Kind

pytestmark = pytest.mark.django_db
FAREWELL = "Dev has moved on, and wishes you well."


def seated(circle: Circle) -> set[str]:
    return {chair.person.called for chair in access.chairs_of_circle(circle)}


def asked_to_sit(circle: Circle, person, state: ChairState = ChairState.ASKED) -> Chair:
    return Chair.objects.create(circle=circle, person=person, state=state, asked_at=timezone.now())


# ---- weeks off, and another circle ----------------------------------------------------------
def test_chair_of_who_is_away_stays_and_they_come_back(circle, dev):
    now = timezone.now()

    actions.take_weeks_off(chair=chair_of(dev, circle), weeks=4, at=now)
    away = chair_of(dev, circle)
    actions.come_back(chair=away)

    assert away.state == ChairState.SITS
    assert chair_of(dev, circle).away_until is None
    assert "Dev" in seated(circle)


def test_who_looks_for_another_circle_keeps_their_chair(circle, dev, ruth):
    actions.look_on(chair=chair_of(dev, circle), at=timezone.now())

    assert chair_of(dev, circle).looks_on
    assert seated(circle) == {"Ruth", "Kofi", "Dev"}
    assert Wish.objects.get(person=dev).circle
    assert told(ruth) == []


def test_who_would_rather_stay_wishes_for_no_other(circle, dev):
    actions.look_on(chair=chair_of(dev, circle), at=timezone.now())

    actions.stay(chair=chair_of(dev, circle))

    assert not chair_of(dev, circle).looks_on
    assert not Wish.objects.get(person=dev).circle


def test_wish_that_waited_longer_keeps_its_place(circle, dev):
    since = timezone.localdate() - timedelta(weeks=9)
    Wish.objects.create(person=dev, circle=True, since=since)

    actions.look_on(chair=chair_of(dev, circle), at=timezone.now())

    assert Wish.objects.get(person=dev).since == since


def test_old_chair_is_left_when_they_sit_down_in_another(circle, dev, ruth, wren):
    other = circle_of(wren, longtime("Eve"))
    actions.look_on(chair=chair_of(dev, circle), at=timezone.now())
    asked = asked_to_sit(other, dev)

    actions.answer(chair=asked, answer=Answer.YES, at=timezone.now())

    assert seated(other) == {"Wren", "Eve", "Dev"}
    assert seated(circle) == {"Ruth", "Kofi"}
    assert told(ruth) == [FAREWELL]
    assert not Wish.objects.get(person=dev).circle


def test_chair_from_which_nobody_looks_on_is_kept_beside_another(circle, dev, wren):
    other = circle_of(wren)

    actions.answer(chair=asked_to_sit(other, dev), answer=Answer.YES, at=timezone.now())

    assert "Dev" in seated(circle)
    assert "Dev" in seated(other)


# ---- moving on ----------------------------------------------------------------------------------
def test_others_read_one_sentence_and_grounds_close(circle, dev, ruth, kofi):
    actions.leave(chair=chair_of(dev, circle), at=timezone.now())

    assert told(ruth) == told(kofi) == [FAREWELL]
    assert told(dev) == []
    assert chair_of(dev, circle).state == ChairState.LEFT
    assert list(open_grounds(dev, at=timezone.now() + timedelta(seconds=1))) == []
    assert open_grounds(ruth, at=timezone.now()).count() == 1


def test_who_left_leaves_once(circle, dev, ruth):
    chair = chair_of(dev, circle)

    actions.leave(chair=chair, at=timezone.now())
    ruth.notices.all().delete()
    actions.leave(chair=chair, at=timezone.now())

    assert told(ruth) == []


def test_hard_week_does_not_outlast_the_chair(circle, dev):
    actions.say_hard_week(chair=chair_of(dev, circle), at=timezone.now())

    actions.leave(chair=chair_of(dev, circle), at=timezone.now())

    assert not HardWeek.objects.exists()


def test_circle_of_nobody_closes_and_asks_nobody_any_more(circle, ruth, kofi, dev, wren):
    asked_to_sit(circle, wren)

    for person in (ruth, kofi, dev):
        actions.leave(chair=chair_of(person, circle), at=timezone.now())

    circle.refresh_from_db()
    assert circle.state == CircleState.CLOSED
    assert circle.closed_on is not None
    assert not access.asks_of(wren).exists()


# ---- two who part -----------------------------------------------------------------------------
@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
def test_who_keeps_away_gets_up_and_the_others_read_that_they_moved_on(
    circle, ruth, kofi, dev, kind
):
    keep_away(person=dev, other=ruth, kind=kind)

    assert seated(circle) == {"Ruth", "Kofi"}
    assert told(ruth) == told(kofi) == [FAREWELL]
    assert told(dev) == []


def test_who_gets_up_is_first_in_line_for_another(circle, ruth, dev):
    keep_away(person=dev, other=ruth, kind=Kind.BLOCK)

    wish = Wish.objects.get(person=dev)
    assert wish.circle
    assert wish.rests_until is None
    assert wish.since == timezone.localdate() - timedelta(weeks=10)


def test_mute_moves_nobody(circle, ruth, dev):
    keep_away(person=dev, other=ruth, kind=Kind.MUTE)

    assert seated(circle) == {"Ruth", "Kofi", "Dev"}


def test_distance_between_two_who_share_no_circle_moves_nobody(circle, dev, wren):
    keep_away(person=dev, other=wren, kind=Kind.BLOCK)

    assert seated(circle) == {"Ruth", "Kofi", "Dev"}
    assert not Wish.objects.exists()


@pytest.mark.parametrize("by_who_sits", [True, False])
@pytest.mark.parametrize("state", [ChairState.ASKED, ChairState.YES])
def test_whoever_is_only_asked_is_asked_no_longer(circle, ruth, wren, state, by_who_sits):
    asked_to_sit(circle, wren, state)
    by, whom = (ruth, wren) if by_who_sits else (wren, ruth)

    keep_away(person=by, other=whom, kind=Kind.AVOID)

    assert chair_of(wren, circle).state == ChairState.ANOTHER
    assert "Ruth" in seated(circle)
    assert told(ruth) == []
    # Who had said yes hears that it is not to be, as all do whose circle does not begin for them.
    assert len(told(wren)) == (1 if state == ChairState.YES else 0)


def test_distance_from_one_who_left_long_ago_moves_nobody(circle, ruth, dev):
    actions.leave(chair=chair_of(ruth, circle), at=timezone.now())

    keep_away(person=dev, other=ruth, kind=Kind.BLOCK)

    assert seated(circle) == {"Kofi", "Dev"}


# ---- erasing ------------------------------------------------------------------------------------
def test_who_erases_themselves_leaves_no_chair_and_no_ground(circle, ruth, dev):
    people.erase(person=dev)

    assert seated(circle) == {"Ruth", "Kofi"}
    assert Ground.objects.count() == 1
    circle.refresh_from_db()
    assert circle.state == CircleState.MEETS


def test_circle_closes_when_the_last_one_erases_themselves(ruth):
    circle = circle_of(ruth)

    people.erase(person=ruth)

    circle.refresh_from_db()
    assert circle.state == CircleState.CLOSED
