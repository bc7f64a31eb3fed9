from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.core.ties.strategies import PEOPLE, logs

from kith.core.records import Act, ActLog, Help, Mode
from kith.core.ties import RULE, UNTIED, Rule, Tie, Ties, learned
from kith.core.ties.folding import fold
from kith.errors import InvalidInputError

pytestmark = pytest.mark.usefixtures("loops")
# The fixture only chooses the loops; hypothesis may well use one for many examples.
with_loops = settings(suppress_health_check=[HealthCheck.function_scoped_fixture])

ACTS = (
    Act(0.0, 2, 0, Mode.IN_PERSON, 30.0, Help.GIVEN),
    Act(0.0, 0, 1, Mode.IN_PERSON, 60.0, Help.RECEIVED),
    Act(60.0, 0, 2, Mode.IN_PERSON, 30.0, Help.GIVEN),
)


def folded(acts, rule=RULE, start=None, **more):
    return fold(ActLog.of(acts, PEOPLE), rule, start, **more)


def streamed(acts):
    """The ties of all pairs by learning one act at a time, in order of day."""
    ties: dict[tuple[int, int], Tie] = {}
    for act in sorted(acts, key=lambda act: act.day):
        pair = min(act.actor, act.other), max(act.actor, act.other)
        ties[pair] = learned(ties.get(pair, UNTIED), act)
    return dict(sorted(ties.items()))


def rows(ties):
    """Ties by pair."""
    columns = [column.tolist() for column in ties.columns]
    return {(low, high): Tie(*values) for low, high, *values in zip(*columns, strict=True)}


def approximately(ties):
    return {pair: pytest.approx(tie, rel=1e-9, abs=1e-9) for pair, tie in ties.items()}


def test_log_is_folded_into_ties_sorted_by_pair():
    ties = folded(ACTS)

    # 0-2: 0.15 * 0.5 halves in 60 days, then the same share of what is missing is added.
    assert ties.low.tolist() == [0, 0]
    assert ties.high.tolist() == [1, 2]
    np.testing.assert_allclose(ties.strength, [0.1125, 0.0375 + 0.075 * 0.9625], rtol=1e-14)
    assert ties.help_up.tolist() == [0.0, 1.0]
    assert ties.help_down.tolist() == [1.0, 0.5]
    assert ties.day.tolist() == [0.0, 60.0]


def test_log_without_acts_makes_no_ties():
    assert rows(folded([])) == {}


def test_one_act_makes_one_tie():
    assert rows(folded(ACTS[1:2])) == {(0, 1): pytest.approx((0.1125, 0.0, 1.0, 0.0))}


def test_rule_of_ones_own_holds():
    rule = Rule(half_life_days=30.0, rate=0.4, half_worth_minutes=60.0, bases=(0.5,) * 4)

    ties = folded([Act(0.0, 1, 2, Mode.TEXT, 60.0)], rule)

    assert ties.rule == rule
    assert ties.strength.tolist() == [0.4 * 0.5 * 0.5]


@with_loops
@given(logs)
def test_whole_log_at_once_is_one_act_at_a_time(acts):
    assert rows(folded(acts)) == approximately(streamed(acts))


@with_loops
@given(logs, st.integers(0, 60))
def test_log_in_parts_is_the_log_whole(acts, cut):
    acts = sorted(acts, key=lambda act: act.day)

    in_parts = folded(acts[cut:], start=folded(acts[:cut]))

    assert rows(in_parts) == approximately(rows(folded(acts)))


@with_loops
@given(logs, st.integers(0, 60), st.integers(2, 9))
def test_ties_are_the_same_to_the_bit_in_however_many_shares(acts, cut, shares):
    acts = sorted(acts, key=lambda act: act.day)
    start = folded(acts[:cut])

    in_shares = folded(acts[cut:], start=start, shares=shares)

    assert rows(in_shares) == rows(folded(acts[cut:], start=start))


def test_shares_may_be_learned_side_by_side():
    with ThreadPoolExecutor(2) as pool:
        ties = folded(ACTS, shares=2, mapped=pool.map)

    assert rows(ties) == rows(folded(ACTS))


@with_loops
@given(logs, st.permutations(range(PEOPLE)))
def test_other_numbers_for_people_are_the_same_ties(acts, number):
    renamed = [replace(act, actor=number[act.actor], other=number[act.other]) for act in acts]

    ties = rows(folded(acts))

    assert rows(folded(renamed)) == approximately(
        {
            tuple(sorted((number[low], number[high]))): tie
            if number[low] < number[high]
            else tie._replace(help_up=tie.help_down, help_down=tie.help_up)
            for (low, high), tie in ties.items()
        }
    )


def test_ties_that_a_log_does_not_touch_stay():
    start = folded(ACTS)

    ties = folded([Act(90.0, 3, 1, Mode.TEXT, 30.0)], start=start)

    assert list(rows(ties)) == [(0, 1), (0, 2), (1, 3)]
    assert ties.between(0, 1) == start.between(0, 1)
    assert ties.between(0, 2) == start.between(0, 2)


def test_act_before_the_last_day_of_its_tie_is_refused():
    late = [Act(59.0, 2, 0, Mode.TEXT, 1.0), Act(59.0, 0, 1, Mode.TEXT, 1.0)]

    with pytest.raises(InvalidInputError, match="1 acts are dated before the last day"):
        folded(late, start=folded(ACTS))


def test_log_in_no_share_is_refused():
    with pytest.raises(InvalidInputError, match="shares must be 1 or more, got 0"):
        folded(ACTS, shares=0)


def test_start_of_another_rule_is_refused():
    with pytest.raises(InvalidInputError, match="of the same rule"):
        folded(ACTS, Rule(rate=0.1), start=folded(ACTS))


def test_start_of_other_people_is_refused():
    with pytest.raises(InvalidInputError, match="of the log's people"):
        folded(ACTS, start=Ties.none(PEOPLE + 1))
