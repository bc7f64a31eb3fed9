"""Six evenings, and then each says whether they go on; and a circle that closes well."""

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import chair_of, circle_of, longtime, told

from kith.web.circles import access, actions
from kith.web.circles.choices import CircleState
from kith.web.circles.models import Chair, Meeting
from kith.web.circles.queries.evenings import WEEK, calendar_of
from kith.web.messages.access import open_grounds
from kith.web.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def people():
    """Five who sit together."""
    return [longtime(name) for name in ("Ada", "Ben", "Cem", "Eva", "Fay")]


@pytest.fixture
def six(people):
    """A circle whose sixth evening began an hour ago."""
    circle = circle_of(*people, starts_in=timedelta(hours=-1), weeks=5)
    circle.arc_from = circle.begun_on
    circle.save()
    return circle


def answer(circle, person, goes_on):
    actions.say_goes_on(chair=chair_of(person, circle), goes_on=goes_on, at=timezone.now())


def seated(circle):
    return {chair.person.called for chair in access.chairs_of_circle(circle)}


# ---- six evenings -------------------------------------------------------------------------------
def test_it_is_asked_from_the_sixth_evening(six):
    calendar = calendar_of(six)
    begun = six.starts_on(calendar.arc_ends_on())

    assert calendar.arc_ends_on() == six.begun_on + 5 * WEEK
    assert calendar.is_asked_whether_it_goes_on(at=begun)
    assert not calendar.is_asked_whether_it_goes_on(at=begun - timedelta(seconds=1))


def test_week_off_is_no_evening_of_the_six(six):
    Meeting.objects.create(circle=six, on=six.begun_on + WEEK, is_off=True)

    assert calendar_of(six).arc_ends_on() == six.begun_on + 6 * WEEK


def test_nobody_answers_what_is_not_asked(people):
    circle = circle_of(*people)

    with pytest.raises(actions.NotAskedError):
        answer(circle, people[0], True)


def test_when_all_have_answered_who_goes_on_goes_on_and_others_move_on(six, people):
    *going, leaving = people
    answer(six, leaving, False)
    before = seated(six)
    for person in going:
        answer(six, person, True)

    six.refresh_from_db()
    assert before == {"Ada", "Ben", "Cem", "Eva", "Fay"}
    assert seated(six) == {"Ada", "Ben", "Cem", "Eva"}
    assert six.arc_from == six.begun_on + 6 * WEEK
    assert set(Chair.objects.values_list("goes_on", flat=True)) == {None}
    assert told(going[0]) == [
        "Fay has moved on, and wishes you well.",
        "Your circle goes on, at the same hour.",
    ]


def test_fewer_who_go_on_are_kept_together(six, people):
    for person, goes_on in zip(people, (True, True, False, False, False), strict=True):
        answer(six, person, goes_on)

    six.refresh_from_db()
    assert six.state == CircleState.MEETS
    assert seated(six) == {"Ada", "Ben"}
    assert told(people[0])[-1] == "Your circle goes on. We look for people to sit with you."


def test_who_says_nothing_for_a_week_keeps_their_chair(six, people):
    answer(six, people[0], True)
    answer(six, people[1], False)
    week = six.starts_on(six.begun_on + 6 * WEEK)

    early = actions.settle_arc(circle=six, at=week - timedelta(minutes=1))
    late = actions.settle_arc(circle=six, at=week)

    assert (early, late) == (False, True)
    assert seated(six) == {"Ada", "Cem", "Eva", "Fay"}


def test_circle_that_nobody_goes_on_with_closes(six, people):
    for person in people:
        answer(six, person, False)

    six.refresh_from_db()
    assert six.state == CircleState.CLOSED
    assert told(people[0]) == ["Your circle has closed well. Thank you for sitting there."]


def test_who_is_away_is_not_waited_for(six, people):
    actions.take_weeks_off(chair=chair_of(people[4], six), weeks=2, at=timezone.now())

    for person in people[:4]:
        answer(six, person, True)

    six.refresh_from_db()
    assert six.arc_from == six.begun_on + 6 * WEEK
    assert "Fay" in seated(six)


# ---- closing well -------------------------------------------------------------------------------
def would(circle, person, *, would=True):
    actions.would_close(chair=chair_of(person, circle), would=would, at=timezone.now())


def test_it_closes_after_its_next_evening_if_all_would(circle, ruth, kofi, dev):
    for person in (ruth, kofi, dev):
        would(circle, person)

    circle.refresh_from_db()
    last = circle.next_on(at=timezone.now())
    ends = calendar_of(circle).ends_at(last)
    early = actions.close_if_over(circle=circle, at=ends - timedelta(minutes=1))
    late = actions.close_if_over(circle=circle, at=ends)

    assert circle.closes_on == last
    assert (early, late) == (False, True)
    circle.refresh_from_db()
    assert circle.state == CircleState.CLOSED
    assert seated(circle) == set()
    assert list(open_grounds(ruth, at=timezone.now() + timedelta(seconds=1))) == []


def test_first_who_would_is_named_once_to_the_others(circle, ruth, kofi):
    would(circle, ruth)
    would(circle, kofi)

    words = "Ruth would like your circle to close well. What do you say?"
    assert told(kofi) == [words]
    assert told(ruth) == []
    circle.refresh_from_db()
    assert circle.closes_on is None


def test_one_who_would_rather_go_on_keeps_it(circle, ruth, kofi, dev):
    for person in (ruth, kofi, dev):
        would(circle, person)

    would(circle, dev, would=False)

    circle.refresh_from_db()
    assert circle.closes_on is None


def test_last_evening_is_set_when_whoever_did_not_agree_has_left(circle, ruth, kofi, dev):
    would(circle, ruth)
    would(circle, kofi)
    actions.leave(chair=chair_of(dev, circle), at=timezone.now())

    actions.look_after(at=timezone.now())

    circle.refresh_from_db()
    assert circle.closes_on == circle.next_on(at=timezone.now())
    assert Notice.objects.filter(person=ruth, path__endswith="#closing").count() == 1


def test_circle_that_closes_asks_nobody_whether_they_go_on(six, people):
    for person in people:
        would(six, person)

    six.refresh_from_db()
    assert not calendar_of(six).is_asked_whether_it_goes_on(at=timezone.now())


def test_steward_may_close_it_at_once(circle, ruth):
    actions.close(circle=circle, at=timezone.now())

    circle.refresh_from_db()
    assert circle.state == CircleState.CLOSED
    assert told(ruth) == ["Your circle has closed well. Thank you for sitting there."]
