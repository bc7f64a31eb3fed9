"""What a circle needs every night."""

from datetime import timedelta

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from tests.web.circles.making import chair_of, circle_of, longtime, met, told

from kith.web.circles import actions, tasks
from kith.web.circles.choices import CircleState
from kith.web.circles.models import Chair, Meeting
from kith.web.circles.queries.evenings import WEEK

pytestmark = pytest.mark.django_db
STILL = "Is it still your chair? It is fine either way."
ON = "You have met for some weeks now. Would you like to go on?"


@pytest.fixture
def late(ruth, kofi):
    """A circle whose last evening may no longer be spoken of, and that has met for six weeks."""
    circle = circle_of(ruth, kofi, starts_in=timedelta(days=3, hours=-1), weeks=6)
    circle.chairs.update(since=circle.begun_on)
    return circle


def evenings(circle):
    """Return the days of the evenings of `circle` that are over, the latest first."""
    return [circle.begun_on + back * WEEK for back in range(5, -1, -1)]


def test_night_comes_round_again_by_itself(settings):
    settings.TASKS = {
        "default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}
    }
    tasks.start()
    tasks.start()
    waits = DBTaskResult.objects.filter(task_path=tasks.look_after_circles.module_path)
    begun = waits.count()

    assert tasks.look_after_circles.call() == 0

    assert (begun, waits.count()) == (1, 2)


def test_who_was_away_is_back_when_their_weeks_are_over(circle, dev, ruth):
    today = timezone.localdate()
    Chair.objects.filter(person=dev).update(away_until=today)
    Chair.objects.filter(person=ruth).update(away_until=today + timedelta(days=1))

    assert actions.look_after(at=timezone.now()) == 1

    assert chair_of(dev, circle).away_until is None
    assert chair_of(ruth, circle).away_until is not None


def test_circle_in_which_nobody_sits_is_closed(circle):
    circle.chairs.all().update(state="left")

    actions.look_after(at=timezone.now())

    circle.refresh_from_db()
    assert circle.state == CircleState.CLOSED


def test_who_did_not_answer_in_time_is_asked_no_longer(circle, wren):
    asked_at = timezone.now() - timedelta(days=7)
    Chair.objects.create(circle=circle, person=wren, asked_at=asked_at)

    actions.look_after(at=timezone.now())

    assert chair_of(wren, circle).state == "silent"


def test_who_missed_four_evenings_is_asked_once_and_alone(late, ruth, kofi):
    for on in evenings(late):
        met(late, on, ruth)

    actions.look_after(at=timezone.now())
    kofi.notices.update(seen_at=timezone.now())
    actions.look_after(at=timezone.now() + timedelta(days=1))

    assert kofi.notices.filter(about="circle").count() == 1
    assert kofi.notices.get().words == STILL
    assert told(ruth) == []
    assert chair_of(kofi, late).is_still_mine is False


def test_who_was_at_one_of_the_last_four_is_not_asked(late, ruth, kofi):
    met(late, evenings(late)[3], kofi)

    actions.look_after(at=timezone.now())

    assert told(kofi) == []
    assert told(ruth) == [STILL]


def test_weeks_off_and_weeks_away_are_not_missed(late, ruth, kofi):
    for on in evenings(late)[:3]:
        Meeting.objects.create(circle=late, on=on, is_off=True)
    actions.take_weeks_off(chair=chair_of(kofi, late), weeks=2, at=timezone.now())

    actions.look_after(at=timezone.now())

    assert told(kofi) == told(ruth) == []


def test_who_says_it_is_still_theirs_is_asked_again_only_after_they_were_there(late, kofi):
    actions.look_after(at=timezone.now())

    actions.still_mine(chair=chair_of(kofi, late))
    said = chair_of(kofi, late).is_still_mine
    actions.look_after(at=timezone.now())
    again = chair_of(kofi, late).is_still_mine
    soon = late.next_on(at=timezone.now())
    actions.say_was_there(chair=chair_of(kofi, late), on=soon, at=late.starts_on(soon))

    assert (said, again) == (True, True)
    assert chair_of(kofi, late).is_still_mine is None


def test_all_are_told_on_the_day_after_the_sixth_evening():
    people = [longtime(name) for name in ("Ada", "Ben")]
    circle = circle_of(*people, starts_in=timedelta(hours=-1), weeks=5)
    circle.arc_from = circle.begun_on
    circle.save()

    actions.look_after(at=timezone.now())
    people[0].notices.update(seen_at=timezone.now())
    actions.look_after(at=timezone.now() + timedelta(days=1))

    for person in people:
        assert [one.words for one in person.notices.all()].count(ON) == 1
