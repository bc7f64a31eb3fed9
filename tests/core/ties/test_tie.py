import subprocess
import sys
from math import nan

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.core.ties.strategies import acts, logs_of_a_pair, minutes

from kith.core.records import Act, Help, Mode
from kith.core.ties import UNTIED, Rule, Tie, faded, learned, relearned
from kith.errors import InvalidInputError

HOUR = Act(0.0, 0, 1, Mode.IN_PERSON, 60.0)


def test_first_act_makes_a_tie():
    # 0.15 * 1 * (1 - 2 ** -2) of what is missing, which is all.
    tie = learned(UNTIED, HOUR)

    assert tie == pytest.approx((0.1125, 0.0, 0.0, 0.0), rel=1e-15)


def test_tie_halves_in_a_half_life_and_grows_by_a_share_of_what_is_missing():
    rule = Rule(half_life_days=10.0, rate=0.25, half_worth_minutes=60.0)
    half = Tie(0.5, 4.0, 2.0, 100.0)

    # 0.5 / 2, then 0.25 * 0.6 * (1 - 2 ** -1) of the missing 0.75.
    tie = learned(half, Act(110.0, 3, 8, Mode.VOICE, 60.0), rule)

    assert tie == pytest.approx((0.25 + 0.25 * 0.3 * 0.75, 2.0, 1.0, 110.0), abs=1e-15)


@pytest.mark.parametrize(
    ("actor", "other", "told", "up", "down"),
    [
        (0, 1, Help.NONE, 0, 0),
        (0, 1, Help.GIVEN, 1, 0),
        (0, 1, Help.RECEIVED, 0, 1),
        (0, 1, Help.BOTH, 1, 1),
        (1, 0, Help.GIVEN, 0, 1),
        (1, 0, Help.RECEIVED, 1, 0),
        (1, 0, Help.BOTH, 1, 1),
    ],
)
def test_help_is_counted_from_who_gave_it_to_who_had_it(actor, other, told, up, down):
    tie = learned(UNTIED, Act(0.0, actor, other, Mode.TEXT, 1.0, told))

    assert (tie.help_up, tie.help_down) == (up, down)


def test_act_before_the_last_day_is_refused():
    tie = learned(UNTIED, HOUR)

    with pytest.raises(InvalidInputError, match=r"must not be before the tie's last, 0\.0"):
        learned(tie, Act(-0.5, 0, 1, Mode.IN_PERSON, 60.0))


def test_tie_does_not_fade_to_no_day():
    with pytest.raises(InvalidInputError, match="got nan"):
        faded(UNTIED, nan)


def test_two_who_have_not_met_stay_untied():
    assert faded(UNTIED, 10.0) == Tie(0.0, 0.0, 0.0, 10.0)


def test_acts_out_of_order_are_learned_anew_in_order():
    early, late = Act(1.0, 0, 1, Mode.VIDEO, 20.0, Help.BOTH), Act(9.0, 1, 0, Mode.TEXT, 5.0)

    tie = relearned([late, early])

    assert tie == learned(learned(UNTIED, early), late)


def test_acts_of_two_pairs_are_not_one_tie():
    with pytest.raises(InvalidInputError, match="one pair, got 2"):
        relearned([HOUR, Act(0.0, 0, 2, Mode.TEXT, 5.0)])


def test_no_acts_make_no_tie():
    assert relearned([]) == UNTIED


@given(logs_of_a_pair)
def test_strength_stays_below_one(log):
    strength = relearned(log).strength

    assert 0 <= strength < 1


def test_strength_stays_below_one_however_many_acts():
    steepest = Rule(rate=0.4999)
    endless = Act(0.0, 0, 1, Mode.IN_PERSON, 1e9)

    tie = relearned([endless] * 10_000, steepest)

    assert 0.999 < tie.strength < 1


@given(st.floats(0, 1, exclude_max=True), acts(pair=(0, 1)), minutes)
def test_longer_act_never_makes_a_weaker_tie(strength, act, more):
    short, long = sorted((act.minutes, more))
    before = Tie(strength, 0.0, 0.0, act.day)

    after = [
        learned(before, Act(act.day, 0, 1, act.mode, length)).strength for length in (short, long)
    ]

    assert strength <= after[0] <= after[1]


@given(
    st.floats(0, 1, exclude_max=True), st.floats(0, 1e6), st.floats(0, 1_000), st.floats(0, 1_000)
)
def test_fading_in_two_steps_is_fading_in_one(strength, help_up, first, second):
    tie = Tie(strength, help_up, 3.0, 0.0)

    in_two = faded(faded(tie, first), first + second)

    assert in_two == pytest.approx(faded(tie, first + second), rel=1e-9)


@given(logs_of_a_pair.flatmap(lambda log: st.tuples(st.just(log), st.permutations(log))))
def test_acts_of_one_moment_come_in_any_order(both):
    log, shuffled = ([Act(0.0, *_rest(act)) for act in acts] for acts in both)

    assert relearned(shuffled) == pytest.approx(relearned(log), abs=1e-12)


def _rest(act):
    return act.actor, act.other, act.mode, act.minutes, act.help


@given(logs_of_a_pair)
def test_tie_is_the_same_whoever_tells_it(log):
    swap = {Help.GIVEN: Help.RECEIVED, Help.RECEIVED: Help.GIVEN}
    told = [
        Act(act.day, act.other, act.actor, act.mode, act.minutes, swap.get(act.help, act.help))
        for act in log
    ]

    assert relearned(told) == relearned(log)


def test_one_act_needs_no_compiler():
    loads = "import sys, kith.core.ties; sys.exit('numba' in sys.modules)"

    assert subprocess.run([sys.executable, "-c", loads], check=False).returncode == 0
