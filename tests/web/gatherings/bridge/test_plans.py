"""What hosts write, as rows, and back into their words."""

from datetime import UTC, datetime, time

import pytest

from kith.web.gatherings.bridge import plans
from kith.web.gatherings.bridge.finding import Spot
from kith.web.gatherings.bridge.plans import Rhythm
from kith.web.gatherings.models import Gathering

DUBLIN, DUBLIN_OH = Spot(53.33, -6.25, "Dublin, Ireland"), Spot(40.1, -83.11, "Dublin, OH")
DUBLIN_CA = Spot(37.7, -121.94, "Dublin, CA")


@pytest.mark.parametrize(
    ("rhythm", "rule"),
    [
        (Rhythm(1), "FREQ=WEEKLY;BYDAY=TU"),
        (Rhythm(3, (1,)), "FREQ=MONTHLY;BYDAY=1TH"),
        (Rhythm(6, (2, -1)), "FREQ=MONTHLY;BYDAY=2SU,-1SU"),
    ],
)
def test_rhythm_is_a_rule_and_back(rhythm, rule):
    assert rhythm.rule == rule
    assert plans.rhythm_of(rule) == rhythm


@pytest.mark.parametrize(
    "rule",
    [
        "", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=TU,TH", "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        "FREQ=WEEKLY;UNTIL=20270101;BYDAY=TU", "FREQ=MONTHLY;BYMONTHDAY=1",
        "FREQ=MONTHLY;BYDAY=1TU,2TH", "FREQ=MONTHLY;BYDAY=5TU", "FREQ=MONTHLY;BYDAY=-2TU",
    ],
)  # fmt: skip
def test_form_asks_too_little_for_some_rules(rule):
    assert plans.rhythm_of(rule) is None


@pytest.mark.parametrize(
    ("start", "minutes", "steps"),
    [
        (time(19), 90, "6:50 Ruth meets you.\n7:00 Tea.\nSongs.\n8:30 Quiet."),
        (time(12), None, "11:50 Ruth meets you.\n12:00 Tea.\nSongs.\nQuiet."),
    ],
)
def test_steps_get_their_times(start, minutes, steps):
    said = ("Ruth meets you.", "Tea.\n\n Songs.", "Quiet.")

    text = plans.steps_text(said, start=start, minutes=minutes)

    assert text == steps
    gathering = Gathering(first_time=text, start=start, minutes=minutes)
    assert plans.said_of_steps(gathering) == ("Ruth meets you.", "Tea.\nSongs.", "Quiet.")


def test_step_keeps_a_time_of_its_own():
    text = plans.steps_text(("6:30 Chairs.", "", "Quiet."), start=time(19), minutes=60)

    assert text == "6:30 Chairs.\n8:00 Quiet."


def test_nothing_said_is_no_step():
    assert plans.steps_text(("", "", ""), start=time(19), minutes=60) == ""
    assert plans.said_of_steps(Gathering(start=None)) == ("", "", "")


@pytest.mark.parametrize(
    ("hour", "minute", "step"),
    [(18, 40, None), (18, 50, 0), (19, 5, 1), (20, 29, 1), (20, 30, 3), (21, 0, 3)],
)
def test_step_that_is_on_is_known_on_either_clock(hour, minute, step):
    steps = [
        ("6:50", "Door."),
        ("19:00", "Tea."),
        ("", "Songs."),
        ("8:30", "Quiet."),
        ("7:99", "?"),
    ]
    start = datetime(2026, 11, 24, 19, tzinfo=UTC)

    assert plans.step_now(steps, start=start, now=start.replace(hour=hour, minute=minute)) == step


@pytest.mark.parametrize(
    ("found", "zone", "meant"),
    [
        ((DUBLIN_OH,), "Europe/Dublin", DUBLIN_OH),
        ((DUBLIN, DUBLIN_OH), "Europe/Dublin", DUBLIN),
        ((DUBLIN, DUBLIN_OH), "America/New_York", DUBLIN_OH),
        ((DUBLIN, DUBLIN_OH, DUBLIN_CA), "America/New_York", None),
        ((DUBLIN, DUBLIN_OH), "Asia/Tokyo", None),
        ((), "Asia/Tokyo", None),
    ],
)
def test_town_is_in_the_country_of_whoever_typed_it(found, zone, meant):
    assert plans.meant_by(found, zone) == meant


def test_country_is_no_region():
    place = plans.place_at(DUBLIN, None, name="Hut", street="", find_the_door="")
    other = plans.place_at(DUBLIN_OH, None, name="Hut", street="1 Road", find_the_door="")

    assert (place.region, place.country, place.address) == ("", "IE", "Dublin, Ireland")
    assert (other.region, other.country, other.address) == ("OH", "US", "1 Road, Dublin, OH")
    assert plans.zone_of(place) == "Europe/Dublin"


def test_place_nowhere_has_no_clock():
    place = plans.place_at(DUBLIN, None, name="Hut", street="", find_the_door="")
    place.latitude = None

    assert plans.zone_of(place) == ""
