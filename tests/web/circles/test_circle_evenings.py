"""Where a circle meets, who comes, who was there, and what the log learns of it."""

from datetime import UTC, date, datetime, timedelta

import pytest
from tests.web.circles.making import chair_of, circle_of, longtime, met, told

from kith.web.acts.choices import Kind, Mode, Setting
from kith.web.acts.models import Act, Tie
from kith.web.circles import actions
from kith.web.circles.models import Meeting, Presence
from kith.web.circles.queries.evenings import calendar_of, host_of
from kith.web.safety.models import Pause

pytestmark = pytest.mark.django_db
# A Thursday, at noon.
NOW = datetime(2026, 12, 3, 12, tzinfo=UTC)
THURSDAY = date(2026, 12, 3)


@pytest.fixture
def thursdays(ruth, kofi, dev):
    """A circle of Thursdays at seven in London."""
    circle = circle_of(ruth, kofi, dev)
    circle.weekday, circle.starts = 3, datetime(2026, 1, 1, 19).time()
    circle.begun_on = date(2026, 10, 15)
    circle.arc_from = date(2026, 11, 12)
    circle.save()
    circle.chairs.update(since=circle.begun_on)
    return circle


# ---- the name, the place, what somebody brings --------------------------------------------------
def test_all_others_are_told_once_of_a_new_name(thursdays, ruth, kofi, dev):
    ruths = chair_of(ruth, thursdays)

    actions.call_it(chair=ruths, name="The owls", at=NOW)
    actions.call_it(chair=ruths, name="The night owls", at=NOW)

    thursdays.refresh_from_db()
    assert thursdays.name == "The night owls"
    assert told(kofi) == told(dev) == ["Your circle has a new name."]
    assert told(ruth) == []


def test_news_of_two_kinds_are_two_notices(thursdays, ruth, kofi):
    chair = chair_of(ruth, thursdays)

    actions.call_it(chair=chair, name="The owls", at=NOW)
    actions.meet_at(chair=chair, place="Library", link="", at=NOW)

    assert told(kofi) == [
        "Your circle has a new name.",
        "Where your circle meets has changed. Have a look before you go.",
    ]


def test_nobody_is_told_of_a_place_that_stays(thursdays, ruth, kofi):
    chair = chair_of(ruth, thursdays)

    actions.meet_at(chair=chair, place="", link="", at=NOW)

    assert told(kofi) == []


def test_who_is_away_or_paused_is_told_nothing(thursdays, ruth, kofi, dev):
    actions.take_weeks_off(chair=chair_of(kofi, thursdays), weeks=2, at=NOW)
    Pause.objects.create(person=dev, until=datetime.now(UTC) + timedelta(days=3))

    actions.call_it(chair=chair_of(ruth, thursdays), name="The owls", at=NOW)

    assert (told(kofi), told(dev)) == ([], [])


def test_room_is_suggested_where_the_community_has_a_server(settings):
    settings.KITH_ROOMS = "https://meet.example.org/"

    first, second = actions.suggested_room(), actions.suggested_room()

    assert first.startswith("https://meet.example.org/")
    assert len(first) == len("https://meet.example.org/") + 20
    assert first != second


@pytest.mark.parametrize("base", ["", "http://meet.example.org"])
def test_no_room_is_suggested_without_a_safe_server(settings, base):
    settings.KITH_ROOMS = base

    assert actions.suggested_room() == ""


# ---- before an evening --------------------------------------------------------------------------
def test_who_cannot_come_says_so_and_takes_it_back(thursdays, ruth):
    chair = chair_of(ruth, thursdays)

    actions.say_comes(chair=chair, comes=False, at=NOW)
    actions.say_comes(chair=chair, comes=False, at=NOW)
    said = list(Presence.objects.values_list("person", "meeting__on", "was_there"))
    actions.say_comes(chair=chair, comes=True, at=NOW)

    assert said == [(ruth.pk, THURSDAY, False)]
    assert not Presence.objects.exists()


def test_week_off_moves_the_next_evening_and_may_be_taken_back(thursdays, ruth, kofi):
    actions.take_week_off(chair=chair_of(ruth, thursdays), at=NOW)
    off = calendar_of(thursdays).next_on(at=NOW)
    actions.meet_after_all(chair=chair_of(kofi, thursdays), on=THURSDAY, at=NOW)

    assert off == THURSDAY + timedelta(days=7)
    assert calendar_of(thursdays).next_on(at=NOW) == THURSDAY
    assert told(kofi) == ["Your circle takes a week off: nobody meets on Thursday 3 December."]
    assert told(ruth) == ["Your circle meets on Thursday 3 December after all."]


def test_week_off_that_is_past_stays_one(thursdays, ruth):
    Meeting.objects.create(circle=thursdays, on=THURSDAY - timedelta(days=7), is_off=True)

    actions.meet_after_all(chair=chair_of(ruth, thursdays), on=THURSDAY - timedelta(days=7), at=NOW)

    assert Meeting.objects.get().is_off


def test_door_is_open_from_a_quarter_of_an_hour_before_until_the_end(thursdays):
    calendar = calendar_of(thursdays)
    begins = datetime(2026, 12, 3, 19, tzinfo=UTC)

    open_at = [
        calendar.is_door_open(THURSDAY, at=begins + timedelta(minutes=after))
        for after in (-16, -15, 0, 59, 60)
    ]

    assert open_at == [False, True, True, True, False]


# ---- after an evening ---------------------------------------------------------------------------
def test_two_who_were_there_talked_once_when_the_second_says_so(thursdays, ruth, kofi, dev):
    after = datetime(2026, 12, 3, 20, tzinfo=UTC)
    for person in (ruth, kofi, kofi, dev):
        actions.say_was_there(chair=chair_of(person, thursdays), on=THURSDAY, at=after)

    there = Act.objects.filter(kind=Kind.WAS_THERE)
    talked = Act.objects.filter(kind=Kind.TALKED)
    assert [act.actor for act in there.order_by("pk")] == [ruth, kofi, dev]
    assert {frozenset((act.actor, act.other)) for act in talked} == {
        frozenset((ruth, kofi)),
        frozenset((ruth, dev)),
        frozenset((kofi, dev)),
    }
    assert talked.count() == 3
    assert {(act.setting, act.number, act.on, act.mode) for act in Act.objects.all()} == {
        (Setting.CIRCLE, thursdays.pk, THURSDAY, Mode.IN_PERSON)
    }
    assert Tie.objects.count() == 3


def test_who_could_not_come_and_came_after_all_may_say_so(thursdays, ruth):
    chair = chair_of(ruth, thursdays)
    actions.say_comes(chair=chair, comes=False, at=NOW)

    actions.say_was_there(chair=chair, on=THURSDAY, at=datetime(2026, 12, 3, 21, tzinfo=UTC))

    assert Presence.objects.get().was_there


@pytest.mark.parametrize(
    ("on", "at"),
    [
        (THURSDAY, NOW),
        (THURSDAY, datetime(2026, 12, 6, 19, tzinfo=UTC)),
        (date(2026, 12, 2), datetime(2026, 12, 2, 20, tzinfo=UTC)),
        (date(2026, 10, 8), datetime(2026, 10, 8, 20, tzinfo=UTC)),
        (date(2026, 11, 26), datetime(2026, 11, 26, 20, tzinfo=UTC)),
    ],
    ids=["too early", "too late", "no day of theirs", "before it began", "a week off"],
)
def test_nobody_was_at_an_evening_that_was_none(thursdays, ruth, on, at):
    Meeting.objects.create(circle=thursdays, on=date(2026, 11, 26), is_off=True)

    with pytest.raises(actions.NoEveningError):
        actions.say_was_there(chair=chair_of(ruth, thursdays), on=on, at=at)

    assert not Act.objects.exists()


def test_online_they_talk_by_video(thursdays, ruth):
    thursdays.way = 2
    thursdays.save()

    actions.say_was_there(
        chair=chair_of(ruth, thursdays), on=THURSDAY, at=datetime(2026, 12, 3, 20, tzinfo=UTC)
    )

    assert Act.objects.get().mode == Mode.VIDEO


# ---- who opens the door -------------------------------------------------------------------------
def test_each_opens_the_door_in_turn():
    weeks = [THURSDAY + timedelta(days=7 * week) for week in range(4)]

    found = [host_of({1: True, 2: True, 3: True}, on) for on in weeks]

    assert sorted(found[:3]) == [1, 2, 3]
    assert found[3] == found[0]


def test_door_passes_over_who_may_not_be_asked():
    assert {host_of({1: False, 2: True}, THURSDAY), host_of({1: False, 2: False}, THURSDAY)} == {
        2,
        None,
    }


# ---- the weeks that are looked at -----------------------------------------------------------
def test_evening_is_lit_when_two_say_they_were_there(thursdays, ruth, kofi):
    met(thursdays, date(2026, 11, 19), ruth, kofi)
    met(thursdays, date(2026, 11, 26), ruth)

    assert calendar_of(thursdays).met == {date(2026, 11, 19)}


def test_last_evening_is_the_last_that_began(thursdays):
    calendar = calendar_of(thursdays)
    begins = datetime(2026, 12, 3, 19, tzinfo=UTC)

    assert calendar.last_on(at=begins - timedelta(minutes=1)) == date(2026, 11, 26)
    assert calendar.last_on(at=begins) == THURSDAY


def test_circle_that_is_to_begin_has_no_last_evening(ruth):
    circle = circle_of(longtime("Eve"), ruth, weeks=0)

    assert calendar_of(circle).last_on(at=datetime.now(UTC)) is None
