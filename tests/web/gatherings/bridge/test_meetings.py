"""When one gathering meets next, by somebody's own clock, in words."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.web.gatherings.making import TUESDAY, call, gatherings, meeting, take_in

from kith.web.gatherings import queries
from kith.web.gatherings.bridge.meetings import meetings_of
from kith.web.gatherings.models import Gathering, Occasion

pytestmark = pytest.mark.django_db


def coming(*, zone="Europe/London", now=TUESDAY, most=3):
    gathering = gatherings()[0]
    return meetings_of(gathering, queries.occasions_of(gathering), zone=zone, now=now, most=most)


def said(meetings):
    return [f"{m.day}, {m.span}" for m in meetings]


def test_next_meetings_are_said_as_people_say_them():
    take_in(meeting(day=[2, 3, 0]))

    assert said(coming()) == ["Tonight, 7 to 8 pm", "Tomorrow, 7 to 8 pm", "Sunday, 7 to 8 pm"]


def test_one_that_has_begun_is_the_first_as_long_as_it_lasts():
    take_in(meeting())

    during = coming(now=TUESDAY + timedelta(hours=1))[0]
    after = coming(now=TUESDAY + timedelta(hours=2))[0]

    assert (during.is_on, during.day) == (True, "Tonight")
    assert (after.is_on, after.day) == (False, "Tuesday 1 December")


def test_one_that_goes_on_past_midnight_is_still_tonight():
    take_in(meeting(time="23:30", end_time="01:00"))

    found = coming(now=datetime(2026, 11, 25, 0, 15, tzinfo=UTC))[0]

    assert (found.is_on, said([found])) == (True, ["Tonight, 11:30 pm to 1 am"])


def test_length_that_nobody_stated_is_not_made_up():
    take_in(meeting(end_time=None))

    assert said(coming(most=1)) == ["Tonight, 7 pm"]


def test_reader_elsewhere_reads_both_clocks():
    take_in(call())

    found = coming(zone="America/New_York", most=1)[0]

    assert (found.day, found.span, found.own) == ("Today", "2 to 3 pm", "7 pm in London")
    assert coming(most=1)[0].own == ""


def test_called_off_and_moved_dates_say_so():
    take_in(meeting())
    gathering = Gathering.objects.get()
    common = {"gathering": gathering, "timezone": "Europe/London"}
    Occasion.objects.create(**common, on="2026-11-24", at="19:00", replaces="2026-11-24", called_off=True, note="Snow")  # fmt: skip
    Occasion.objects.create(**common, on="2026-12-02", at="20:00", replaces="2026-12-01", place=gathering.place)  # fmt: skip

    first, second, third = coming()

    assert (first.called_off, first.is_moved, first.note) == (True, False, "Snow")
    assert (second.called_off, second.is_moved, second.place) == (False, True, gathering.place)
    assert said([second]) == ["Wednesday 2 December, 8 to 9 pm"]
    assert (third.called_off, third.is_moved, third.place) == (False, False, None)


@pytest.mark.parametrize("status", ["paused", "retired"])
def test_gathering_that_does_not_meet_has_no_next_meeting(status):
    take_in(meeting())
    Gathering.objects.update(status=status)

    assert coming() == []


def test_gathering_by_arrangement_has_no_next_meeting():
    take_in(meeting(day=None, time=None, end_time=None))

    assert coming() == []
