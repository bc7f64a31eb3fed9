"""Rhythms in words, and words that only look like one."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.listings.rhythm import Rhythm, rhythm
from kith.core.schedule import canonical_rule, dates

MONDAY, TUESDAY, THURSDAY = 0, 1, 3


def rule(text, on=()):
    found = rhythm(text, on)
    return found and found.rule


@pytest.mark.parametrize(
    ("text", "by_day"),
    [
        ("2nd and 4th Tuesday", "2TU,4TU"),
        ("Second and fourth Thursdays", "2TH,4TH"),
        ("1st, 3rd & 5th Sun", "1SU,3SU,5SU"),
        ("1st/3rd/5th Sundays", "1SU,3SU,5SU"),
        ("last Friday of the month", "-1FR"),
        ("2Nd & Last Thursday", "2TH,-1TH"),
        ("every 2nd Tuesday", "2TU"),
        ("every second Tuesday of the month", "2TU"),
        ("first thurs", "1TH"),
        # Several days.
        ("2nd & 4th Tue & Thu", "2TU,4TU,2TH,4TH"),
        ("First Monday and third Thursday", "1MO,3TH"),
        ("1st Mon, 2nd Wed & 3rd Fri", "1MO,2WE,3FR"),
        # The day first.
        ("Tuesdays (2nd & 4th)", "2TU,4TU"),
        ("Tuesday 1st and 3rd weeks", "1TU,3TU"),
        ("Wed. on the 2nd of each month", "2WE"),
        # In other languages.
        ("primer y tercer sábado", "1SA,3SA"),
        ("último viernes del mes", "-1FR"),
        ("1er et 3e mardi du mois", "1TU,3TU"),
        ("dernier vendredi", "-1FR"),
        ("1. und 3. Montag im Monat", "1MO,3MO"),
        ("letzter Freitag im Monat", "-1FR"),
        ("jeden zweiten Dienstag im Monat", "2TU"),
        ("primeira segunda-feira do mês", "1MO"),
        ("secondo martedì", "2TU"),
        ("pierwszy poniedziałek miesiąca", "1MO"),
        # All but some.
        ("No Mtg On The 1st Wednesday of month!", "2WE,3WE,4WE,5WE"),
        ("Does NOT operate on the 1st Tue", "2TU,3TU,4TU,5TU"),
        ("Closed on 3rd Saturday", "1SA,2SA,4SA,5SA"),
        ("we don’t meet on the 2nd and 4th Sunday", "1SU,3SU,5SU"),
        ("not on the last Friday", "1FR,2FR,3FR,-2FR"),
        ("except the 1st and last Sunday", "2SU,3SU,-2SU"),
        ("not on the 4th or last Monday", "1MO,2MO,3MO"),
        # "Closed" and "No" that are about something else.
        ("Closed Discussion (last Thursday)", "-1TH"),
        ("No Name Group - 1st Tuesday", "1TU"),
        ("No smoking, 1st Tuesday", "1TU"),
        ("Not a glum lot - 1st Tuesday", "1TU"),
    ],
)
def test_weeks_of_the_month_are_read(text, by_day):
    assert rule(text) == f"FREQ=MONTHLY;BYDAY={by_day}"


@pytest.mark.parametrize(
    ("text", "by_day"),
    [
        ("every other Wednesday", "WE"),
        ("Every Other Tuesday and Thursday", "TU,TH"),
        ("every second Tuesday", "TU"),
        ("alternate Thursdays", "TH"),
        ("alternating Fridays", "FR"),
        ("every two weeks on Mon", "MO"),
        ("biweekly on Mondays", "MO"),
        ("Fortnightly Tuesdays", "TU"),
        ("jeden zweiten Dienstag", "TU"),
        ("every other Friday of our lives", "FR"),
    ],
)
def test_every_other_week_is_read(text, by_day):
    assert rule(text) == f"FREQ=WEEKLY;INTERVAL=2;BYDAY={by_day}"


@pytest.mark.parametrize(
    "text",
    [
        "Every other week", "fortnightly", "bi-weekly", "every 2 weeks", "alternate weeks",
        "cada quince días", "quinzenal", "toutes les deux semaines", "alle zwei Wochen", "14-tägig",
        "co dwa tygodnie", "om de week",
    ],
)  # fmt: skip
def test_every_other_week_without_a_day_takes_the_known_ones(text):
    assert rule(text, on=(MONDAY, THURSDAY)) == "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,TH"
    assert rule(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Tuesday Night Group",
        "First step meeting Monday",
        "First we read, second so do you, first do",
        "Last Man Standing",
        "Last Chance Tuesday",
        "Step 1 Tuesday",
        "Step 2. Monday night",
        "Thursday (4th step)",
        "Chapter (2nd)",
        "Tuesday 2nd",
        "2nd of May",
        "Every other day",
        "First weekend",
        "First daily reflection",
        "3rd",
    ],
)
def test_other_words_are_no_rhythm(text):
    assert rhythm(text, on=(TUESDAY,)) is None


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "Living Clean (No Mtg On The 1st Wednesday!)",
            Rhythm(
                "FREQ=MONTHLY;BYDAY=2WE,3WE,4WE,5WE", (2,), "No Mtg On The 1st Wednesday"
            ),
        ),
        (
            "Meets First or third Friday",
            Rhythm("FREQ=MONTHLY;BYDAY=1FR,3FR", (4,), "First or third Friday", is_either=True),
        ),
        (
            "Group: 1st Monday and 3rd Thursday, all welcome",
            Rhythm("FREQ=MONTHLY;BYDAY=1MO,3TH", (0, 3), "1st Monday and 3rd Thursday"),
        ),
        (
            "Yoga, every other Sunday at 5",
            Rhythm("FREQ=WEEKLY;INTERVAL=2;BYDAY=SU", (6,), "every other Sunday"),
        ),
    ],
)  # fmt: skip
def test_a_rhythm_keeps_its_days_and_its_own_words(text, found):
    assert rhythm(text) == found


@pytest.mark.parametrize(
    ("text", "is_sure"),
    [
        ("Workshop (2nd Sat)", True),
        ("2nd Sat Workshop", True),
        ("On the 2nd Saturday", True),
        ("Newcomers 2nd Saturday only", True),
        ("Big Book 2nd Saturday of the month meeting", True),
        ("Big Book, no meeting 2nd Saturday", True),
        ("Topic Meeting, Just For Today & Main Share Last Tuesday Of The Month", False),
        ("Speaker 2nd Saturday", False),
    ],
)
def test_a_rhythm_in_the_midst_of_a_name_is_not_sure(text, is_sure):
    found = rhythm(text)

    assert found is not None
    assert found.is_sure is is_sure


@pytest.mark.parametrize(
    ("text", "days_of_july_2026"),
    [
        # July 2026 has five Wednesdays, Thursdays and Fridays.
        ("2nd and 4th Tuesday", [14, 28]),
        ("last Friday of the month", [31]),
        ("not on the last Friday", [3, 10, 17, 24]),
        ("no meeting on the 1st Wednesday", [8, 15, 22, 29]),
        ("not on the last Tuesday", [7, 14, 21]),
    ],
)
def test_a_rhythm_falls_on_the_dates_that_people_expect(text, days_of_july_2026):
    rule_text = canonical_rule(rule(text), first_on=None)

    found = dates(rule_text, None, date(2026, 7, 1), date(2026, 7, 31))

    assert [on.day for on in found] == days_of_july_2026


@given(st.text(), st.sets(st.integers(min_value=0, max_value=6)))
def test_no_text_is_too_odd_for_a_rhythm(text, on):
    found = rhythm(text, tuple(sorted(on)))

    assert found is None or found.words in text


@given(
    st.lists(
        st.sampled_from("1st 2nd 3rd last second and or , & not every other Tuesday Sun 2.".split()),
        max_size=8,
    ).map(" ".join)
)  # fmt: skip
def test_every_rhythm_is_a_rule_a_gathering_can_keep(text):
    found = rhythm(text, (TUESDAY,))

    if found is not None:
        assert canonical_rule(found.rule, first_on=None).startswith("FREQ=")
        assert found.weekdays
