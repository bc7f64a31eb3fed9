"""Times, distances and rhythms in the words people use."""

from datetime import date, datetime, time

import pytest
from django.utils.translation import override

from kith.web.gatherings.bridge import words
from kith.web.gatherings.models import Gathering
from kith.web.kit import times

TUESDAY = date(2026, 11, 24)


@pytest.mark.parametrize(
    ("at", "english", "spanish"),
    [
        (time(0, 0), "12 midnight", "0:00"),
        (time(0, 30), "12:30 am", "0:30"),
        (time(7, 0), "7 am", "7:00"),
        (time(11, 59), "11:59 am", "11:59"),
        (time(12, 0), "12 noon", "12:00"),
        (time(12, 5), "12:05 pm", "12:05"),
        (time(19, 30), "7:30 pm", "19:30"),
        (time(23, 0), "11 pm", "23:00"),
    ],
)
def test_time_is_said_as_people_say_it(at, english, spanish):
    with override("en"):
        assert times.said_time(at) == english
    with override("es"):
        assert times.said_time(at) == spanish


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (date(2026, 11, 24), "Today"),
        (date(2026, 11, 25), "Tomorrow"),
        (date(2026, 11, 26), "Thursday"),
        (date(2026, 11, 30), "Monday"),
        (date(2026, 12, 1), "Tuesday 1 December"),
        (date(2026, 11, 23), "Monday 23 November"),
    ],
)
def test_day_is_near_by_name_and_far_by_date(day, said):
    assert times.said_day(day, TUESDAY) == said


@pytest.mark.parametrize(
    ("now", "moment", "said"),
    [
        ("2026-11-24T10:00", "2026-11-24T12:00", "Today"),
        ("2026-11-24T10:00", "2026-11-24T19:00", "Tonight"),
        ("2026-11-24T17:00", "2026-11-24T19:00", "Tonight"),
        ("2026-11-24T17:00", "2026-11-25T01:00", "Tonight"),
        ("2026-11-25T01:00", "2026-11-25T02:00", "Tonight"),
        ("2026-11-25T01:00", "2026-11-24T23:30", "Tonight"),
        ("2026-11-25T04:00", "2026-11-25T02:00", "Today"),
        ("2026-11-24T17:00", "2026-11-25T19:00", "Tomorrow"),
    ],
)
def test_evening_of_today_is_tonight(now, moment, said):
    assert words.said_evening(datetime.fromisoformat(moment), datetime.fromisoformat(now)) == said


@pytest.mark.parametrize(
    ("begins", "ends", "said"),
    [
        ("19:00", "20:30", "7 to 8:30 pm"),
        ("11:00", "12:00", "11 am to 12 noon"),
        ("23:00", "01:00", "11 pm to 1 am"),
        ("23:00", "00:00", "11 pm to 12 midnight"),
        ("09:00", "09:45", "9 to 9:45 am"),
    ],
)
def test_span_names_its_half_of_the_day_once_if_it_can(begins, ends, said):
    moments = [datetime.fromisoformat(f"2026-11-24T{clock}") for clock in (begins, ends)]

    assert words.said_span(*moments) == said


def test_time_elsewhere_is_told_with_its_town():
    assert words.said_time_in(time(19), "America/New_York") == "7 pm in New York"
    assert words.said_time_in(time(19), "America/Argentina/Buenos_Aires") == "7 pm in Buenos Aires"


@pytest.mark.parametrize(
    ("km", "metric", "miles"),
    [
        (0.0, "about 1 minute’s walk", "about 1 minute’s walk"),
        (0.5, "about 8 min walk", "about 8 min walk"),
        (2.0, "about 32 min walk", "about 32 min walk"),
        (2.1, "2 km", "1.3 miles"),
        (10.0, "10 km", "6 miles"),
        (100.0, "100 km", "62 miles"),
    ],
)
def test_distance_is_on_foot_where_people_walk(km, metric, miles):
    assert words.distance(km, False, "en") == metric
    assert words.distance(km, True, "en") == miles


@pytest.mark.parametrize(
    ("km", "metric", "miles"),
    [
        (2.0, "within 2 km", "within 1 miles"),
        (5.0, "within 5 km", "within 3 miles"),
        (100.0, "within 100 km", "within 62 miles"),
        (30_000.0, "any distance", "any distance"),
    ],
)
def test_reach_is_for_people_to_choose(km, metric, miles):
    assert words.said_reach(km, miles=False) == metric
    assert (
        words.said_reach(km, miles=True).replace("mile", "miles").replace("miless", "miles")
        == miles
    )


@pytest.mark.parametrize(
    ("rule", "first_on", "said"),
    [
        ("", None, "when they like"),
        ("FREQ=WEEKLY;BYDAY=TU", None, "Every Tuesday"),
        ("FREQ=WEEKLY;BYDAY=TU,TH", None, "Every Tuesday and Thursday"),
        ("FREQ=WEEKLY;BYDAY=MO,WE,FR", None, "Every Monday, Wednesday and Friday"),
        ("FREQ=WEEKLY;BYDAY=MO,TU,WE,TH,FR,SA,SU", None, "Every day"),
        ("FREQ=DAILY", None, "Every day"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", date(2026, 11, 10), "Every other Tuesday"),
        ("FREQ=WEEKLY;INTERVAL=2;BYDAY=TU", None, "Every other Tuesday. Its list does not say which weeks: check first"),
        ("FREQ=WEEKLY;INTERVAL=3;BYDAY=TU", date(2026, 11, 10), "Every 3 weeks on Tuesday"),
        ("FREQ=MONTHLY;BYDAY=2TH,4TH", None, "Each month on the second and fourth Thursday"),
        ("FREQ=MONTHLY;BYDAY=1MO,-1FR", None, "Each month on the first Monday and the last Friday"),
        ("FREQ=MONTHLY;BYMONTHDAY=15", None, "Each month on day 15"),
        ("FREQ=MONTHLY;INTERVAL=2;BYDAY=1SU", date(2026, 1, 4), "Every 2 months on the first Sunday"),
        ("FREQ=YEARLY;BYMONTH=6;BYMONTHDAY=10", None, "Once a year"),
        ("FREQ=WEEKLY;UNTIL=20261225;BYDAY=TU", None, "Every Tuesday, until 25 December 2026"),
    ],
)  # fmt: skip
def test_rhythm_is_said_in_a_few_words(rule, first_on, said):
    gathering = Gathering(rule=rule, first_on=first_on, when_note="when they like")

    assert words.said_rhythm(gathering) == said


@pytest.mark.parametrize(
    ("km", "miles", "said"),
    [
        (4.828, True, ["1 mile", "2 miles", "3 miles"]),
        (1.609, True, ["0.25 miles", "0.5 miles", "0.75 miles", "1 mile"]),
        (16.09, True, ["5 miles", "10 miles"]),
        (5.0, False, ["2 km", "4 km"]),
        (2.0, False, ["0.5 km", "1 km", "1.5 km", "2 km"]),
        (50.0, False, ["20 km", "40 km"]),
        (200.0, False, ["50 km", "100 km", "150 km", "200 km"]),
        (5_000.0, False, []),
        (0.01, False, []),
    ],
)
def test_rings_of_the_sketch_are_few_and_round(km, miles, said):
    rings = words.rings(km, miles=miles)

    assert [words.said_ring(count, miles=miles) for count, _km in rings] == said
    assert all(ring_km <= km * 1.02 for _count, ring_km in rings)


@pytest.mark.parametrize(
    ("language", "day", "rule", "evening"),
    [
        ("en", "Saturday 5 December", "Each month on the second Tuesday", "7 to 8:30 pm"),
        ("es", "sábado 5 de diciembre", "Cada mes, el segundo martes", "19:00 a 20:30"),
        ("fr", "samedi 5 décembre", "Chaque mois, le deuxième mardi", "19:00 à 20:30"),
    ],
)
def test_dates_rhythms_and_hours_are_said_as_each_language_says_them(language, day, rule, evening):
    monthly = Gathering(rule="FREQ=MONTHLY;BYDAY=2TU")
    hours = [datetime.fromisoformat(f"2026-11-24T{clock}") for clock in ("19:00", "20:30")]

    with override(language):
        assert times.said_day(date(2026, 12, 5), date(2026, 11, 24)) == day
        assert words.said_rhythm(monthly) == rule
        assert words.said_span(*hours) == evening
