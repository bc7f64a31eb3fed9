"""Somebody says whether they come, and afterwards whether they did."""

from datetime import date, timedelta

import pytest
from tests.web.gatherings.making import TUESDAY, call, gatherings, meeting, take_in

from kith.web.acts.models import Act
from kith.web.gatherings import actions, queries
from kith.web.gatherings.bridge import evenings
from kith.web.gatherings.choices import Answer, Status
from kith.web.gatherings.models import Coming, Occasion
from kith.web.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY, NEXT_WEEK, LAST_WEEK = date(2026, 11, 24), date(2026, 12, 1), date(2026, 11, 17)


@pytest.fixture
def ruth():
    return Person.objects.create()


@pytest.fixture
def tuesdays():
    take_in(meeting())
    return gatherings()[0]


def ahead(person, *, now=TUESDAY, zone="Europe/London"):
    comings = queries.comings_of(person)
    occasions = queries.occasions_by_gathering([coming.gathering for coming in comings])
    return [
        (found.meeting.on, found.is_sure)
        for found in evenings.evenings_of(comings, occasions, zone=zone, now=now)
    ]


def past(person, *, now=TUESDAY):
    comings = queries.comings_of(person)
    occasions = queries.occasions_by_gathering([coming.gathering for coming in comings])
    return [found.on for found in evenings.just_past(comings, occasions, now=now)]


def test_answer_to_a_date_is_kept_and_can_be_changed(ruth, tuesdays):
    for said, found in (
        (Answer.COME, [(TODAY, True)]),
        (Answer.MAYBE, [(TODAY, False)]),
        (Answer.NOT, []),
    ):
        actions.answer(person=ruth, gathering=tuesdays, on=TODAY, said=said)

        assert ahead(ruth) == found
    assert Coming.objects.count() == 1


def test_answer_to_every_date_holds_for_each(ruth, tuesdays):
    actions.answer(person=ruth, gathering=tuesdays, on=None, said=Answer.COME)

    assert ahead(ruth) == [(TODAY, True), (NEXT_WEEK, True)]


def test_one_date_can_be_left_out_of_every(ruth, tuesdays):
    actions.answer(person=ruth, gathering=tuesdays, on=None, said=Answer.COME)
    actions.answer(person=ruth, gathering=tuesdays, on=TODAY, said=Answer.NOT)

    assert ahead(ruth) == [(NEXT_WEEK, True)]
    said = queries.answers_of(ruth, tuesdays, TODAY)
    assert (said.said, said.is_every) == (Answer.NOT, True)


def test_not_any_more_takes_it_all_back(ruth, tuesdays):
    actions.answer(person=ruth, gathering=tuesdays, on=None, said=Answer.COME)
    actions.answer(person=ruth, gathering=tuesdays, on=TODAY, said=Answer.MAYBE)

    actions.answer(person=ruth, gathering=tuesdays, on=None, said=Answer.NOT)

    assert not Coming.objects.exists()


@pytest.mark.parametrize("on", [date(2026, 11, 25), LAST_WEEK, date(2030, 1, 1)])
def test_date_on_which_it_does_not_meet_is_refused(ruth, tuesdays, on):
    with pytest.raises(actions.NoSuchDateError):
        actions.answer(person=ruth, gathering=tuesdays, on=on, said=Answer.COME)


def test_date_that_is_called_off_is_refused(ruth, tuesdays):
    Occasion.objects.create(
        gathering=tuesdays, on=TODAY, at=tuesdays.start, timezone=tuesdays.timezone,
        replaces=TODAY, called_off=True,
    )  # fmt: skip

    with pytest.raises(actions.NoSuchDateError):
        actions.answer(person=ruth, gathering=tuesdays, on=TODAY, said=Answer.COME)


def test_called_off_evening_still_shows_to_who_meant_to_come(ruth, tuesdays):
    actions.answer(person=ruth, gathering=tuesdays, on=TODAY, said=Answer.COME)
    Occasion.objects.create(
        gathering=tuesdays, on=TODAY, at=tuesdays.start, timezone=tuesdays.timezone,
        replaces=TODAY, called_off=True,
    )  # fmt: skip

    comings = queries.comings_of(ruth)
    [found] = evenings.evenings_of(
        comings, queries.occasions_by_gathering([tuesdays]), zone="UTC", now=TUESDAY
    )

    assert found.meeting.called_off


def test_gathering_that_is_over_or_paused_is_no_evening(ruth, tuesdays):
    actions.answer(person=ruth, gathering=tuesdays, on=None, said=Answer.COME)

    for status in (Status.PAUSED, Status.RETIRED):
        tuesdays.status = status
        tuesdays.save()

        assert ahead(ruth) == []


def test_evenings_come_in_the_order_in_which_they_happen(ruth):
    take_in(meeting("Late", time="22:00", end_time="23:00"), call("Early", time="20:00"))
    for gathering in gatherings():
        actions.answer(person=ruth, gathering=gathering, on=TODAY, said=Answer.COME)

    comings = queries.comings_of(ruth)
    found = evenings.evenings_of(comings, {}, zone="America/New_York", now=TUESDAY)

    assert [(e.gathering.name, e.meeting.at) for e in found] == [
        ("Early", "3 pm"),
        ("Late", "10 pm"),
    ]


def test_answers_of_others_are_not_mine(ruth, tuesdays):
    actions.answer(person=Person.objects.create(), gathering=tuesdays, on=TODAY, said=Answer.COME)

    assert ahead(ruth) == []
    assert queries.answers_of(ruth, tuesdays, TODAY).said == ""
    assert queries.answers_of(None, tuesdays, TODAY).is_known is False


# ---- afterwards ---------------------------------------------------------------------------------
def test_evening_that_is_over_is_asked_about_once(ruth, tuesdays, clock):
    actions.answer(person=ruth, gathering=tuesdays, on=TODAY, said=Answer.COME)
    after = TUESDAY + timedelta(hours=2)
    assert past(ruth) == []
    assert past(ruth, now=after) == [TODAY]

    clock.stand_at(after)
    actions.say_was_there(person=ruth, gathering=tuesdays, on=TODAY, was_there=True)

    assert past(ruth, now=after) == []
    act = Act.objects.get()
    assert (act.actor, act.on, act.minutes, act.mode) == (ruth, TODAY, 60.0, "in_person")
    assert (act.kind, act.setting, act.number) == ("there", "gathering", tuesdays.pk)


def test_tapping_twice_is_one_evening(ruth, tuesdays, clock):
    clock.stand_at(TUESDAY + timedelta(hours=2))
    for was_there in (True, True, False):
        actions.say_was_there(person=ruth, gathering=tuesdays, on=TODAY, was_there=was_there)

    assert Act.objects.count() == 1
    assert Coming.objects.get().was_there is True


def test_not_having_been_there_is_no_act(ruth, tuesdays, clock):
    clock.stand_at(TUESDAY + timedelta(hours=2))

    actions.say_was_there(person=ruth, gathering=tuesdays, on=TODAY, was_there=False)

    assert not Act.objects.exists()


def test_call_is_told_from_a_room(ruth, clock):
    take_in(call())
    clock.stand_at(TUESDAY + timedelta(hours=2))

    actions.say_was_there(person=ruth, gathering=gatherings()[0], on=TODAY, was_there=True)

    assert Act.objects.get().mode == "video"


@pytest.mark.parametrize("on", [TODAY, NEXT_WEEK, date(2026, 11, 10), date(2026, 11, 23)])
def test_nobody_was_where_nobody_met(ruth, tuesdays, on):
    with pytest.raises(actions.NoSuchDateError):
        actions.say_was_there(person=ruth, gathering=tuesdays, on=on, was_there=True)


def test_evening_of_every_week_is_asked_about_too(ruth, tuesdays):
    actions.answer(person=ruth, gathering=tuesdays, on=None, said=Answer.COME)

    assert past(ruth, now=TUESDAY + timedelta(hours=3)) == [TODAY]
    assert past(ruth, now=TUESDAY + timedelta(days=4)) == []
