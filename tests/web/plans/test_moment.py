"""The moment itself: who may be come to now, what the plan says, what Tonight says."""

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone
from tests.web.circles.making import longtime
from tests.web.plans.making import circle_mates, line, said_yes

from kith.web.plans import actions
from kith.web.plans.choices import Cue, Days, Deed, Often, Part, Way
from kith.web.plans.models import Plan, Practice
from kith.web.plans.queries import may_be_called, next_step, people_of, tonight_of

pytestmark = pytest.mark.django_db
# A Thursday, by London's clock.
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


def test_people_come_in_the_order_in_which_they_agreed():
    ada, ruth, teo, kofi = circle_mates("Ada", "Ruth", "Teo", "Kofi")
    for person, hours in ((teo, 3), (kofi, 2), (ruth, 1)):
        said_yes(ada, person, at=timezone.now() - hours * HOUR)

    assert [str(one) for one in people_of(ada)] == ["Teo", "Kofi", "Ruth"]
    assert people_of(ruth) == []


@pytest.mark.parametrize(
    ("part", "hours"),
    [
        (Part.MORNING, range(6, 12)),
        (Part.AFTERNOON, range(12, 17)),
        (Part.EVENING, range(17, 22)),
        (Part.NIGHT, (22, 23, 0, 1, 2, 3, 4, 5)),
    ],
)
def test_parts_of_the_day_are_by_the_clock_of_whoever_is_asked(part, hours):
    ada, ruth = circle_mates("Ada", "Ruth")
    # Auckland is thirteen hours ahead in November.
    said_yes(ada, ruth, parts=[part], zone="Pacific/Auckland")
    midnight = datetime(2026, 11, 25, 11, tzinfo=UTC)

    found = {hour for hour in range(24) if may_be_called(ruth, by=ada, at=midnight + hour * HOUR)}

    assert found == set(hours)


def test_days_ways_and_whose_plan_it_is_count():
    ada, ruth, teo = circle_mates("Ada", "Ruth", "Teo")
    said_yes(ada, ruth, days=Days.END, ways=[Way.MESSAGE])
    said_yes(ada, teo, days=Days.WEEK, ways=[Way.VOICE])
    saturday = NOON + 2 * DAY

    def called(person, at, way):
        return may_be_called(person, by=ada, at=at, way=way)

    assert not called(ruth, NOON, Way.MESSAGE)
    assert called(ruth, saturday, Way.MESSAGE)
    assert not called(ruth, saturday, Way.VOICE)
    assert called(teo, NOON, Way.VOICE)
    assert not called(teo, saturday, Way.VOICE)
    assert not may_be_called(ada, by=ruth, at=NOON)


@pytest.mark.parametrize(
    ("often", "most", "again_after"),
    [(Often.DAY, 1, DAY), (Often.FEW, 3, 7 * DAY), (Often.WEEK, 1, 7 * DAY)],
)
def test_nobody_is_come_to_more_often_than_they_said(often, most, again_after):
    ada, ruth = circle_mates("Ada", "Ruth")
    said_yes(ada, ruth, often=often)

    for _ in range(most):
        assert may_be_called(ruth, by=ada, at=NOON)
        actions.note_calls(planner=ada, people={ruth.pk}, at=NOON)

    assert not may_be_called(ruth, by=ada, at=NOON + HOUR)
    assert people_of(ada, at=NOON + HOUR) == []
    assert may_be_called(ruth, by=ada, at=NOON + again_after)


def test_call_of_somebody_who_is_in_no_plan_is_noted_nowhere():
    ada, ruth = circle_mates("Ada", "Ruth")

    actions.note_calls(planner=ada, people={ruth.pk}, at=NOON)

    assert people_of(ada) == []


def test_next_step_is_the_first_person_who_can_be_come_to():
    ada, ruth, teo = circle_mates("Ada", "Ruth", "Teo")
    night, day = said_yes(ada, ruth, parts=[Part.NIGHT]), said_yes(ada, teo)
    line(ada, night, day, deed=Deed.WALK)

    step = next_step(ada, at=NOON)

    assert (step.words, step.person, step.place) == ("Your plan says: walk with Teo.", teo, "")


def test_next_step_is_a_place_when_nobody_can():
    ada, ruth = circle_mates("Ada", "Ruth")
    asking = said_yes(ada, ruth, parts=[Part.NIGHT])
    line(ada, asking)

    step = next_step(ada, at=NOON)

    assert (step.words, step.person, step.place) == (
        "Your plan says: go to a line that is always open.", None, "lines",
    )  # fmt: skip


def test_without_a_plan_there_is_no_step():
    assert next_step(longtime("Ada")) is None


def test_tonight_speaks_of_a_line_not_practised_lately_and_never_twice(django_assert_num_queries):
    ada = longtime("Ada")
    nothing = tonight_of(ada)
    plan = line(ada)

    with django_assert_num_queries(1):
        said = tonight_of(ada)
    actions.practise(plan=plan, kind="pictured", on=timezone.localdate())

    assert nothing is None
    assert said == (
        "Two minutes of your plan: picture the moment, and a voice.",
        f"/plan/line/{plan.token}/practice/",
    )
    assert tonight_of(Plan.objects.get().planner) is None


def test_tonight_takes_the_line_that_was_practised_longest_ago():
    ada = longtime("Ada")
    today = timezone.localdate()
    old, older = line(ada), line(ada, cue=Cue.NIGHT)
    actions.practise(plan=old, kind="pictured", on=today - 5 * DAY)
    actions.practise(plan=older, kind="pictured", on=today - 6 * DAY)

    assert tonight_of(ada)[1] == f"/plan/line/{older.token}/practice/"


def test_tonight_asks_after_a_month_whether_it_is_still_right():
    ada = longtime("Ada")
    line(ada, on=timezone.localdate() - 28 * DAY)

    assert tonight_of(ada) == ("Your plan is about a month old. Is it still right?", "/plan/")


def test_people_in_a_plan_are_asked_for_in_one_question(django_assert_num_queries):
    ada, ruth, teo, kofi = circle_mates("Ada", "Ruth", "Teo", "Kofi")
    said_yes(ada, ruth)
    with django_assert_num_queries(1):
        people_of(ada)
    said_yes(ada, teo)
    said_yes(ada, kofi)

    with django_assert_num_queries(1):
        assert len(people_of(ada)) == 3


def test_reaching_somebody_grows_the_drawing_once_a_day():
    ada = longtime("Ada")
    today = timezone.localdate()

    for on in (today, today, today + DAY):
        actions.note_reached(person=ada, on=on)

    assert [one.on for one in Practice.objects.all()] == [today, today + DAY]
