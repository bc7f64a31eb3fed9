"""Clock times and days of the week in the ways of many lists and languages."""

import csv
from datetime import date, time
from importlib.resources import files

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.clock import ClockTime, clock_time, hour_alone, weekdays, zone_word
from kith.core.places.names import fold

MIDNIGHT_AFTER = ClockTime(time(0), is_next_day=True)
clock_times = st.times().map(lambda t: t.replace(second=0, microsecond=0))
anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.times(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=5,
)
time_like = st.text("0123456789:.hHapm -–UhrnooSTE()午時分", max_size=12)


def hours_and_minutes(value):
    found = clock_time(value)
    return found and f"{found.at:%H:%M}"


@pytest.mark.parametrize(
    ("text", "at"),
    [
        # Digital.
        ("19:00", "19:00"),
        (" 07:30 ", "07:30"),
        ("00:00", "00:00"),
        ("23:59:59", "23:59"),
        ("19:30:00.000", "19:30"),
        ("1900", "19:00"),
        ("0730", "07:30"),
        ("0000", "00:00"),
        ("1900 hrs", "19:00"),
        ("1930h.", "19:30"),
        # Morning and evening.
        ("7pm", "19:00"),
        ("7 PM", "19:00"),
        ("7p", "19:00"),
        ("7a", "07:00"),
        ("7.30pm", "19:30"),
        ("7:30 p.m.", "19:30"),
        ("7:30 p. m.", "19:30"),
        ("7:30 A.M", "07:30"),
        ("07:00 PM", "19:00"),
        ("12am", "00:00"),
        ("12:30 am", "00:30"),
        ("12pm", "12:00"),
        ("0:30 am", "00:30"),
        ("00:30 pm", "12:30"),
        ("13:00 PM", "13:00"),
        ("7 in the morning", "07:00"),
        ("7:00 in the evening", "19:00"),
        ("9 at night", "21:00"),
        ("7 de la tarde", "19:00"),
        ("8 du soir", "20:00"),
        # In words.
        ("noon", "12:00"),
        ("12 noon", "12:00"),
        ("12:00 Noon", "12:00"),
        ("Midday", "12:00"),
        ("midnight", "00:00"),
        ("12 midnight", "00:00"),
        ("mediodía", "12:00"),
        ("Meio-dia", "12:00"),
        ("Mitternacht", "00:00"),
        ("noon EST", "12:00"),
        # Elsewhere.
        ("19h", "19:00"),
        ("19h30", "19:30"),
        ("19 h 30", "19:30"),
        ("20h30min", "20:30"),
        ("às 20h", "20:00"),
        ("à 19h30", "19:30"),
        ("a las 7 pm", "19:00"),
        ("19.30 Uhr", "19:30"),
        ("19 Uhr", "19:00"),
        ("um 19:30 Uhr", "19:30"),
        ("20.00 uur", "20:00"),
        ("ore 20.30", "20:30"),
        ("kl. 19.30", "19:30"),
        ("klo 18", "18:00"),
        ("godz. 18:00", "18:00"),
        ("20 hs", "20:00"),
        ("7 óra", "07:00"),
        ("19時30分", "19:30"),
        ("１９：００", "19:00"),
        ("۱۹:۳۰", "19:30"),
        # With a zone.
        ("7:00 PM EST", "19:00"),
        ("7 pm (Eastern)", "19:00"),
        ("7:00 PM Eastern Standard Time", "19:00"),
        ("19:00 CET", "19:00"),
        ("7pm PT", "19:00"),
        # Out of programs.
        ("\u200e7:00\u202fPM\u200e", "19:00"),
        ("2024-01-01T19:00:00Z", "19:00"),
        ("1899-12-30 19:30", "19:30"),
        ("0.8125", "19:30"),
        (".5", "12:00"),
    ],
)
def test_times_are_read_however_they_are_written(text, at):
    assert hours_and_minutes(text) == at


@pytest.mark.parametrize(
    "value",
    [
        "", " ", "-", "TBA", "varies", "25:00", "24:30", "7:60", "7:5", "99:00", "13:00 AM",
        "24:00 PM", "0 noon", "7 midnight", "12 at night", "7 de enero", "7:30 AM/PM",
        "half past seven", "7 pm sharp", "19:00-20:30", "7", "19", "7 PT", "2460", "007", "12345",
        "1.5", "7½", "1_900", "7:00 PM EST EDT", "2024-01-01", "19:00:60", "½", "Ⅶ",
        None, True, False, [], {}, ["19:00"], time(19), 0, 0.0, 1, 7, 1960, 2401, 1930.5, -0.5,
        float("nan"), float("inf"), 10**400, -(10**400),
    ],
    ids=lambda value: repr(value)[:20],
)  # fmt: skip
def test_what_means_no_time_is_none(value):
    assert clock_time(value) is None


@pytest.mark.parametrize(
    ("value", "at"),
    [
        (0.8125, ClockTime(time(19, 30))),
        (0.33333333, ClockTime(time(8, 0))),
        (0.99999, MIDNIGHT_AFTER),
        (1930, ClockTime(time(19, 30))),
        (1930.0, ClockTime(time(19, 30))),
        (730, ClockTime(time(7, 30), is_half_unknown=True)),
        ("730", ClockTime(time(7, 30), is_half_unknown=True)),
        (2400, MIDNIGHT_AFTER),
    ],
    ids=repr,
)
def test_numbers_of_spreadsheets_are_times(value, at):
    assert clock_time(value) == at


@pytest.mark.parametrize("text", ["24:00", "24:00:00", "2400", "24h", "24.00 Uhr"])
def test_twenty_four_is_the_midnight_after(text):
    assert clock_time(text) == MIDNIGHT_AFTER


@pytest.mark.parametrize(
    ("text", "is_half_unknown"),
    [
        ("4:30", True),
        ("10:30", True),
        ("7 o'clock", True),
        ("7 o’clock", True),
        ("at 7", True),
        ("7:00 EST", True),
        ("04:30", False),
        ("4:30 am", False),
        ("12:30", False),
        ("0:30", False),
        ("16:30", False),
        ("4h30", False),
        ("7 Uhr", False),
        ("7h", False),
    ],
)
def test_only_times_that_could_be_morning_or_evening_say_so(text, is_half_unknown):
    found = clock_time(text)

    assert found is not None
    assert found.is_half_unknown is is_half_unknown


@pytest.mark.parametrize(
    ("text", "hour"),
    [("19", 19), ("7", 7), ("0", 0), ("23", 23), ("from 7", 7), ("von 19", 19), ("۱۹", 19)],
)
def test_a_number_alone_is_an_hour_where_one_is_expected(text, hour):
    assert hour_alone(text) == ClockTime(time(hour), is_half_unknown=1 <= hour <= 11)


@pytest.mark.parametrize("text", ["", "24", "7:00", "7 pm", "-1", "seven"])
def test_what_is_more_or_less_than_an_hour_is_none(text):
    assert hour_alone(text) is None


@pytest.mark.parametrize(
    ("value", "word"),
    [
        ("7:00 PM EST", "EST"),
        ("7 pm (Eastern)", "Eastern"),
        ("7pm Pacific Time", "Pacific Time"),
        ("19:00 [CET] ", "CET"),
        ("12 noon US Central", "US Central"),
        ("20h UTC", "UTC"),
        ("7:00 PM", ""),
        ("at 7", ""),
        ("best", ""),
        ("Central European meeting 7 pm", ""),
        ("", ""),
        (None, ""),
        (1900, ""),
    ],
)
def test_the_zone_behind_a_time_is_its_word(value, word):
    assert zone_word(value) == word


@given(clock_times)
def test_a_time_that_was_written_is_read_back(at):
    written = f"{at:%H:%M}"
    hour = at.strftime("%I").lstrip("0")

    for form in ("%H:%M", "%H:%M:%S", "%H%M", "%Hh%M", "%H.%M Uhr", "%H時%M分"):
        assert hours_and_minutes(f"{at:{form}}") == written
    assert clock_time(f"{hour}:{at:%M %p}") == ClockTime(at)


@given(clock_times.filter(lambda at: at != time(0)))
def test_a_spreadsheets_fraction_of_a_day_is_read_back(at):
    assert clock_time((at.hour * 60 + at.minute) / 1440) == ClockTime(at)


@given(anything | time_like)
def test_no_value_is_too_odd_for_the_clock(value):
    found = clock_time(value)

    assert found is None or (found.at.second, found.at.microsecond) == (0, 0)


@given(anything | time_like)
def test_no_value_is_too_odd_for_the_week(value):
    found = weekdays(value)

    assert found is None or found == tuple(sorted(set(found) & set(range(7)))) != ()


# The third of August 2026 was a Monday: a week that begins elsewhere is caught here.
@pytest.mark.parametrize("day", range(7))
def test_weekdays_count_from_monday(day):
    on = date(2026, 8, 3 + day)

    assert on.weekday() == day
    for written in ("%A", "%a", "%As", "%A.", "%A Nights"):
        assert weekdays(f"{on:{written}}") == (day,)


@pytest.mark.parametrize(
    ("value", "days"),
    [
        ("Mon, Wed & Fri", (0, 2, 4)),
        ("Mon Wed Fri", (0, 2, 4)),
        ("Mon-Wed-Fri", (0, 2, 4)),
        ("Tues/Thurs", (1, 3)),
        ("Monday and Thursday", (0, 3)),
        ("Saturday; Sunday", (5, 6)),
        ("Mon\nTue", (0, 1)),
        ("金・土", (4, 5)),
        ("Montag und Mittwoch", (0, 2)),
        ("lundi et jeudi", (0, 3)),
        ("terça e quinta", (1, 3)),
        ("lunes y miércoles", (0, 2)),
        ("poniedziałek i środa", (0, 2)),
        (["Mon", "Tue"], (0, 1)),
        ("Monday, monday", (0,)),
        # From one to another.
        ("Mon-Fri", (0, 1, 2, 3, 4)),
        ("Mo.–Fr.", (0, 1, 2, 3, 4)),
        ("Monday to Friday", (0, 1, 2, 3, 4)),
        ("from Monday through Thursday", (0, 1, 2, 3)),
        ("lunes a viernes", (0, 1, 2, 3, 4)),
        ("du lundi au vendredi", (0, 1, 2, 3, 4)),
        ("segunda-feira a sexta-feira", (0, 1, 2, 3, 4)),
        ("Fri-Mon", (0, 4, 5, 6)),
        ("Sun - Mon", (0, 6)),
        ("Tue, Thu-Sat", (1, 3, 4, 5)),
        # All of them.
        ("daily", (0, 1, 2, 3, 4, 5, 6)),
        ("7 days a week", (0, 1, 2, 3, 4, 5, 6)),
        ("Täglich", (0, 1, 2, 3, 4, 5, 6)),
        ("weekdays", (0, 1, 2, 3, 4)),
        ("M-F", (0, 1, 2, 3, 4)),
        ("MWF", (0, 2, 4)),
        ("weekends", (5, 6)),
        ("Wed & weekends", (2, 5, 6)),
        # With words that change nothing.
        ("every Monday", (0,)),
        ("Monday evenings only", (0,)),
        ("Tue PM", (1,)),
        ("jeden Dienstag", (1,)),
        ("les mardis", (1,)),
        ("todos los lunes", (0,)),
    ],
)  # fmt: skip
def test_days_are_read_however_they_are_written(value, days):
    assert weekdays(value) == days


@pytest.mark.parametrize(
    "value",
    [
        None, "", "  ", ",", "1", "0", "7", 1, "M", "T", "every other Monday", "1st Monday",
        "Monday except holidays", "not Monday", "Monday to", "Monday to Funday", "Mon-Tue-Funday",
        "month", "someday", "thứ hai", "every", "Monday, sometimes", True, {},
    ],
    ids=repr,
)  # fmt: skip
def test_what_names_no_days_for_sure_is_none(value):
    assert weekdays(value) is None


def test_days_are_known_in_many_languages():
    spoken = {
        "es": "miércoles", "fr": "mercredi", "de": "Mittwoch", "it": "mercoledì",
        "pt": "quarta-feira", "nl": "woensdag", "sv": "onsdag", "pl": "środa", "fi": "keskiviikko",
        "tr": "Çarşamba", "ru": "Среда", "uk": "середа", "el": "Τετάρτη", "fa": "چهارشنبه",
        "he": "יום רביעי", "ar": "الأربعاء", "ja": "水曜日", "ko": "수요일", "cy": "Dydd Mercher",
    }  # fmt: skip

    assert {language: weekdays(word) for language, word in spoken.items()} == dict.fromkeys(
        spoken, (2,)
    )
    assert weekdays("lørdag") == weekdays("Sonnabend") == (5,)


def test_no_word_is_two_days():
    text = (files("kith.core.listings") / "data" / "days.csv").read_text(encoding="utf-8")
    rows = list(csv.reader(text.splitlines()))
    meant: dict[str, set[str]] = {}
    for row in rows[1:]:
        for day, words in zip(rows[0], row, strict=True):
            for word in words.split("|") if day != "language" else ():
                meant.setdefault(fold(word) or word, set()).add(day)

    assert {word: days for word, days in meant.items() if len(days) > 1} == {}
    assert "" not in meant
