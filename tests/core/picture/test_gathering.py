import numpy as np
import pytest
from tests.core.picture.test_living import SMALL

from kith.core.model.outcomes import OUTCOMES, Spread, spread
from kith.core.picture import Pair, gathered
from kith.core.picture.gathering import End, band
from kith.core.rng import stream
from kith.errors import InvalidInputError

N_OUTCOMES = len(OUTCOMES)


def made(number: int) -> Pair:
    """A pair out of dice: no model, so that nothing hides in one."""
    dice = stream(number, "made pair")
    return Pair(dice.random((2, 3, 4)), dice.random((2, 2, 5)), dice.random((2, 5, 5)), dice.random((2, N_OUTCOMES)))  # fmt: skip


PAIRS = [made(number) for number in range(5)]


def test_band_is_the_interval_of_outcomes_at_every_point():
    values = np.stack([one.lines for one in PAIRS])

    found = band(values)

    for at in np.ndindex(2, 3, 4):
        expected = spread(values[(slice(None), *at)])
        assert tuple(end[at] for end in found) == pytest.approx(tuple(expected), abs=1e-12)


def test_differences_are_of_each_pair_and_not_of_means():
    picture = gathered(SMALL, PAIRS)

    for line, week in np.ndindex(3, 4):
        expected = spread([one.lines[1, line, week] - one.lines[0, line, week] for one in PAIRS])
        told = [end[line, week] for end in picture.differences]
        assert told == pytest.approx(list(expected), abs=1e-12)


def test_arms_the_other_way_round_give_the_same_differences_with_another_sign():
    turned = [Pair(*(getattr(one, name)[::-1] for name in ("lines", "habits", "needs", "outcomes"))) for one in PAIRS]  # fmt: skip

    there, back = gathered(SMALL, PAIRS), gathered(SMALL, turned)

    np.testing.assert_allclose(back.differences.mean, -there.differences.mean, atol=1e-15)
    np.testing.assert_allclose(back.differences.lower, -there.differences.upper, atol=1e-12)
    for one, other in zip(there.ends, back.ends, strict=True):
        assert one.worse + other.worse == len(PAIRS)


def test_worse_counts_pairs_whose_last_week_was_higher():
    picture = gathered(SMALL, PAIRS)

    expected = sum(one.lines[1, 2, -1] > one.lines[0, 2, -1] for one in PAIRS)

    assert picture.worse_at_end("relapsed") == expected


@pytest.mark.parametrize(
    ("lower", "upper", "is_less_better", "verdict"),
    [(-0.2, -0.1, True, "better"), (-0.2, -0.1, False, "worse"), (0.1, 0.2, True, "worse"),
     (0.1, 0.2, False, "better"), (-0.1, 0.1, True, "no difference shown"),
     (0.0, 0.0, True, "no difference shown")],
)  # fmt: skip
def test_verdict_says_no_more_than_the_interval(lower, upper, is_less_better, verdict):
    none = Spread(0.0, 0.0, 0.0)

    one = End("x", "x", is_less_better, none, none, Spread((lower + upper) / 2, lower, upper), 0)

    assert one.verdict == verdict


def test_one_pair_tells_nothing_of_chance_and_is_refused():
    with pytest.raises(InvalidInputError, match="two pairs or more, got 1"):
        gathered(SMALL, PAIRS[:1])
