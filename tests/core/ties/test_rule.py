from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ties.strategies import minutes, modes

from kith.core.parameters import parameter
from kith.core.records import Act, Mode
from kith.core.ties import RULE, UNTIED, Rule, faded, learned
from kith.errors import InvalidInputError


@pytest.mark.parametrize(
    ("mode", "length", "worth"),
    [
        (Mode.IN_PERSON, 0.0, 0.0),
        (Mode.IN_PERSON, 30.0, 0.5),
        (Mode.IN_PERSON, 60.0, 0.75),
        (Mode.VIDEO, 30.0, 0.375),
        (Mode.VOICE, 30.0, 0.3),
        (Mode.TEXT, 30.0, 0.15),
    ],
)
def test_worth_is_half_of_its_base_after_half_an_hour(mode, length, worth):
    assert RULE.worth(mode, length) == worth


@given(modes, minutes, minutes)
def test_worth_never_falls_with_more_minutes(mode, some, others):
    less, more = sorted((some, others))

    assert 0 <= RULE.worth(mode, less) <= RULE.worth(mode, more) <= 1


@given(st.floats(0.01, 10_000))
def test_worth_falls_from_in_person_to_video_to_voice_to_text(length):
    in_person, video, voice, text = (RULE.worth(mode, length) for mode in Mode)

    assert in_person > video > voice > text > 0


@pytest.mark.parametrize("mode", Mode)
def test_bases_are_the_published_defaults(mode):
    assert RULE.bases[mode] == parameter(f"mode.weight.{mode.name.lower()}").number


# The table of docs/science/ties.md: an hour each time, right after it and just before the next.
@pytest.mark.parametrize(
    ("mode", "every_days", "after", "before"),
    [
        (Mode.IN_PERSON, 1, 0.917, 0.906),
        (Mode.IN_PERSON, 7, 0.620, 0.572),
        (Mode.IN_PERSON, 30, 0.302, 0.214),
        (Mode.VIDEO, 1, 0.889, 0.879),
        (Mode.VIDEO, 7, 0.543, 0.500),
        (Mode.VIDEO, 30, 0.239, 0.169),
        (Mode.VOICE, 1, 0.863, 0.853),
        (Mode.VOICE, 7, 0.482, 0.445),
        (Mode.VOICE, 30, 0.198, 0.140),
        (Mode.TEXT, 1, 0.753, 0.744),
        (Mode.TEXT, 7, 0.310, 0.286),
        (Mode.TEXT, 30, 0.107, 0.075),
    ],
)
def test_habit_settles_where_the_page_says(mode, every_days, after, before):
    tie = UNTIED
    for time in range(600):
        tie = learned(tie, Act(float(time * every_days), 0, 1, mode, 60.0))

    last = faded(tie, tie.day + every_days)

    assert (round(tie.strength, 3), round(last.strength, 3)) == (after, before)


@pytest.mark.parametrize(
    "numbers",
    [
        {"half_life_days": 0.0},
        {"half_life_days": inf},
        {"half_life_days": nan},
        {"half_worth_minutes": -1.0},
        {"rate": 0.0},
        {"rate": 0.5},
        {"rate": nan},
        {"bases": (1.1, 0.75, 0.6, 0.3)},
        {"bases": (1.0, 0.6, 0.75, 0.3)},
        {"bases": (1.0, 0.75, 0.6, 0.0)},
        {"bases": (nan, 0.75, 0.6, 0.3)},
    ],
)
def test_rule_refuses_a_number_out_of_range(numbers):
    with pytest.raises(InvalidInputError, match=next(iter(numbers))):
        Rule(**numbers)
