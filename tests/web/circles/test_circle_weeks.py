"""A hard week brings two who are steady nearer, and removes nobody from anything."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import chair_of, circle_of, longtime, seat, told, vouched

from kith.web.circles import access, actions
from kith.web.circles.bridge.facts import facts_of
from kith.web.circles.models import HardWeek
from kith.web.people.actions import say
from kith.web.people.choices import Steadiness, Topic
from kith.web.safety.actions import keep_away
from kith.web.safety.choices import Kind
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db
WORDS = ["Dev has a hard week."]


def hard(dev, circle):
    return actions.say_hard_week(chair=chair_of(dev, circle), at=timezone.now())


def steady(person, steadiness):
    say(person=person, topic=Topic.STEADINESS, value=steadiness)


def near(week):
    return [week.near, week.also_near]


def test_two_steadiest_are_told_who_and_nothing_else(dev, ruth, kofi, wren):
    circle = circle_of(ruth, kofi, dev, wren)
    steady(kofi, Steadiness.YEARS)
    steady(wren, Steadiness.YEAR)

    week = hard(dev, circle)

    assert set(near(week)) == {kofi, wren}
    assert told(kofi) == told(wren) == WORDS
    assert told(ruth) == told(dev) == []
    assert week.until == timezone.localdate() + timedelta(days=14)


def test_of_two_who_are_as_steady_who_is_here_longer_comes_first(dev, ruth):
    older = longtime("Old", days=800)
    circle = circle_of(ruth, older, dev)

    assert near(hard(dev, circle)) == [older, ruth]


def test_newcomer_is_never_told_unless_a_steward_vouches(dev, ruth):
    new, known = longtime("New", days=40), vouched(longtime("Known", days=40))
    circle = circle_of(ruth, new, known, dev)

    week = hard(dev, circle)

    assert set(near(week)) == {ruth, known}
    assert told(new) == []


def test_who_is_in_a_hard_time_themselves_is_not_told(dev, ruth, kofi, wren):
    circle = circle_of(ruth, kofi, dev, wren)
    steady(ruth, Steadiness.FIRST_MONTH)
    hard(kofi, circle)

    assert near(hard(dev, circle)) == [wren, None]


def test_who_is_away_paused_or_would_not_hear_of_them_is_not_told(dev, ruth, kofi, wren):
    circle = circle_of(ruth, kofi, dev, wren)
    actions.take_weeks_off(chair=chair_of(ruth, circle), weeks=2, at=timezone.now())
    Pause.objects.create(person=kofi, until=timezone.now() + timedelta(days=3))
    keep_away(person=wren, other=dev, kind=Kind.MUTE)

    assert near(hard(dev, circle)) == [None, None]


def test_said_twice_it_is_one_week(circle, dev, ruth):
    hard(dev, circle)
    hard(dev, circle)

    assert HardWeek.objects.count() == 1
    assert told(ruth) == WORDS


def test_it_may_be_taken_back_and_may_come_again(circle, dev):
    hard(dev, circle)

    actions.take_back_hard_week(chair=chair_of(dev, circle))

    assert not HardWeek.objects.exists()
    assert hard(dev, circle).pk is not None


def test_nobody_is_removed_and_the_guardrail_knows(circle, dev):
    hard(dev, circle)

    assert access.chairs_of_circle(circle).count() == 3
    facts = facts_of([dev.pk], at=timezone.now())
    assert facts.hard == {dev.pk}
    assert facts.days[dev.pk] < 30


def test_only_the_two_see_it_and_until_it_is_over(circle, dev, ruth, kofi):
    third = longtime("Third", days=395)
    seat(circle, third)
    week = hard(dev, circle)
    now = timezone.now()

    seen = {
        person: list(access.hard_weeks_near(person, circle, at=now))
        for person in (ruth, kofi, third, dev)
    }

    assert seen == {ruth: [week], kofi: [week], third: [], dev: []}
    assert not access.hard_weeks_near(ruth, circle, at=now + timedelta(days=15)).exists()
    assert access.hard_week_of(dev, circle, at=now + timedelta(days=15)) is None
