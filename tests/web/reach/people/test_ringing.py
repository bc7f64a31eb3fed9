"""Who is rung when somebody taps, and who never is."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from tests.web.reach.people.making import (
    EVENING,
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

from kith.core.reach import Choice
from kith.web.notices.models import Pace
from kith.web.people.actions import say
from kith.web.people.choices import Topic
from kith.web.people.choices.week import packed, part_of_day
from kith.web.reach import actions
from kith.web.reach.bridge import choosing, shelf
from kith.web.reach.choices import OpenTo, RingState, State
from kith.web.reach.models import Reach, Ring, Willing
from kith.web.safety.choices import Kind
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana(db):
    return longtime("Ana")


def test_three_of_many_are_rung_at_once(ana):
    for name in ("Ruth", "Kofi", "May", "Omar"):
        willing(name)

    reach = asked(ana)

    assert reach.state == State.RINGING
    assert len(rung(reach)) == 3
    assert reach.rings_until - reach.started_at == timedelta(seconds=90)


def test_second_tap_is_the_same_reach(ana):
    willing("Ruth")

    first, second = asked(ana), asked(ana)

    assert first.pk == second.pk
    assert Ring.objects.count() == 1


def test_nobody_is_rung_twice_at_once(ana):
    willing("Ruth")
    other = longtime("Omar")

    first, second = asked(ana), asked(other)

    assert (rung(first), rung(second)) == (["Ruth"], [])
    assert second.state == State.LINES


def test_database_itself_refuses_a_second_ring(ana):
    ruth = willing("Ruth")
    reach, now = asked(ana), timezone.now()
    other = Reach.objects.create(person=ruth, started_at=now, rings_until=now)

    with pytest.raises(IntegrityError), transaction.atomic():
        Ring.objects.create(reach=other, person=ruth, rung_at=now, until=now + SECOND, p=1)

    assert rung(reach) == ["Ruth"]


def test_whoever_said_no_word_about_it_is_not_rung(ana):
    longtime("Ruth")

    assert asked(ana).state == State.LINES


@pytest.mark.parametrize("kind", [Kind.BLOCK, Kind.AVOID])
@pytest.mark.parametrize("is_hers", [True, False])
def test_nobody_kept_apart_is_ever_rung_even_of_the_circle(ana, kind, is_hers):
    ruth, kofi = willing("Ruth"), willing("Kofi")
    circle_of(ana, ruth, kofi)
    asked(longtime("Somebody who fills the shelf"))
    actions.settle_all(at=timezone.now() + 91 * SECOND)
    apart(*((ana, ruth) if is_hers else (ruth, ana)), kind)

    assert rung(asked(ana, at=timezone.now() + timedelta(hours=2))) == ["Kofi"]


def test_paused_and_gone_people_are_not_rung(ana):
    paused, gone = willing("Ruth"), willing("Kofi")
    willing("May")
    asked(longtime("Somebody who fills the shelf"), at=timezone.now() - timedelta(hours=3))
    Pause.objects.create(person=paused, until=timezone.now() + timedelta(days=1))
    gone.is_active = False
    gone.save()

    assert rung(asked(ana)) == ["May"]


def test_newcomer_is_rung_by_their_circle_only(ana):
    new = willing("Newcomer", days=10)

    assert asked(longtime("Stranger")).state == State.LINES
    circle_of(ana, new)
    assert rung(asked(ana)) == ["Newcomer"]


def test_open_to_known_is_not_rung_by_strangers(ana):
    ruth = willing("Ruth", open_to=OpenTo.KNOWN)

    assert asked(longtime("Stranger")).state == State.LINES
    circle_of(ana, ruth)
    assert rung(asked(ana)) == ["Ruth"]


def test_whoever_speaks_no_language_of_theirs_is_not_rung(ana):
    ruth = willing("Ruth")
    say(person=ruth, topic=Topic.LANGUAGES, value=["fr"])

    assert asked(ana).state == State.LINES
    say(person=ana, topic=Topic.LANGUAGES, value=["fr", "en"])
    assert rung(asked(ana)) == ["Ruth"]


def test_quiet_hours_are_kept_by_their_own_clock(ana):
    ruth = willing("Ruth")
    Pace.objects.filter(person=ruth).delete()
    Pace.objects.create(person=ruth, zone="Asia/Tokyo")  # there it is half past five

    assert asked(ana, at=EVENING).state == State.LINES


def test_painted_hours_count_more_than_quiet_ones(ana):
    ruth = willing("Ruth")
    Pace.objects.filter(person=ruth).update(quiet_from="18:00", quiet_until="08:00")
    week = {"week": packed(part_of_day(3, "evening")), "zone": "UTC"}
    say(person=ruth, topic=Topic.HOURS, value=week)

    assert rung(asked(ana, at=EVENING)) == ["Ruth"]


def test_only_in_painted_hours_means_only_then(ana):
    ruth = willing("Ruth", only_in_hours=True)
    week = {"week": packed(part_of_day(4, "evening")), "zone": "UTC"}
    say(person=ruth, topic=Topic.HOURS, value=week)

    assert asked(ana, at=EVENING).state == State.LINES


def test_limit_of_a_day_holds_and_comes_back(ana):
    willing("Ruth", most_a_day=1)
    actions.stop(reach=asked(ana))
    other = longtime("Omar")

    assert asked(other, at=timezone.now() + timedelta(hours=5)).state == State.LINES
    # What is kept in memory is counted anew every ten minutes.
    Ring.objects.update(rung_at=timezone.now() - timedelta(hours=25))
    shelf.forget()
    assert rung(asked(ana)) == ["Ruth"]


def test_limit_holds_for_another_process_that_knows_of_no_ring(ana):
    willing("Ruth", most_a_day=1)
    circle_of(ana, *(one.person for one in Willing.objects.select_related("person")))
    shelf.current()
    known = shelf._shelf
    actions.stop(reach=asked(ana))
    known.crowd.rung_today[:] = 0
    known.crowd.rung_this_week[:] = 0

    assert asked(ana).state == State.LINES


def test_stranger_who_was_rung_a_short_while_ago_waits(ana):
    willing("Ruth")
    actions.stop(reach=asked(ana))

    assert asked(longtime("Omar")).state == State.LINES


def test_whoever_asks_for_a_voice_is_not_rung(ana):
    ruth = willing("Ruth")
    willing("Kofi")
    first = asked(ruth)

    second = asked(ana)

    assert (rung(first), rung(second)) == (["Kofi"], [])


def test_rest_tonight_is_kept_at_once(ana):
    ruth = willing("Ruth")
    asked(longtime("Somebody who fills the shelf"), at=timezone.now() - timedelta(hours=3))
    actions.rest(person=ruth, at=timezone.now())

    assert asked(ana).state == State.LINES


def test_without_anybody_the_open_room_comes_at_once(ana):
    keeps(willing("Ruth", open_to=OpenTo.KNOWN))

    assert asked(ana).state == State.OPEN


def test_how_likely_it_was_is_kept_with_each_ring(ana):
    ruth = willing("Ruth")
    reach = asked(ana)

    ring = ring_of(reach, ruth)

    assert ring.p == 1.0
    assert ring.state == RingState.RINGS
    assert reach.seed > 0


def test_reach_is_forgotten_after_eight_days(ana):
    willing("Ruth")
    reach = asked(ana)

    assert actions.forget_old(at=reach.started_at + timedelta(days=8)) == 0
    assert actions.forget_old(at=reach.started_at + timedelta(days=8, minutes=1)) == 2
    assert (Reach.objects.count(), Ring.objects.count()) == (0, 0)


def test_choice_that_breaks_a_rule_rings_nobody_and_is_no_dead_end(ana, monkeypatch):
    teo = willing("Teo")
    apart(ana, teo)
    # What no choice of ours has done: it takes somebody whom the asker must not meet.
    wrong = Choice(np.arange(1), np.ones(1))
    monkeypatch.setattr(choosing.core, "choose", lambda *_given: wrong)

    reach = asked(ana)

    assert rung(reach) == []
    assert reach.state == State.LINES
