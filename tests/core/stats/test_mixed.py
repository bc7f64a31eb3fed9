import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.core.rng import stream
from kith.core.stats.convergence import DidNotConvergeError
from kith.core.stats.mixed import mixed
from kith.errors import InvalidInputError, NoAnswerError


def drawn(seed, *, people=40, each=12):
    dice = stream(seed, "moments")
    who = np.repeat(np.arange(people), each)
    x = dice.normal(size=len(who))
    y = 1 + dice.normal(size=people)[who] + (0.5 + 0.4 * dice.normal(size=people)[who]) * x
    return y + dice.normal(size=len(who)), x[:, None], who


def test_balanced_means_by_hand():
    # Three people, twice each: person means 1, 3, 8, so the mean is 4 and its variance theirs / 3.
    fit = mixed(
        np.array([0.5, 1.5, 2.5, 3.5, 7.5, 8.5]), np.zeros((6, 0)), (), np.repeat([0, 1, 2], 2)
    )

    assert fit.named("intercept").value == pytest.approx(4)
    assert fit.named("intercept").se == pytest.approx(np.sqrt(13 / 3), rel=1e-4)


def test_slope_of_each_is_near_the_mean_of_their_own_lines():
    y, x, who = drawn(1, each=200)

    fit = mixed(y, x, ("x",), who, slope="x")

    lines = [np.polyfit(x[who == one, 0], y[who == one], 1)[0] for one in range(40)]
    assert fit.named("x").value == pytest.approx(np.mean(lines), abs=0.01)
    assert fit.named("x").se == pytest.approx(np.std(lines, ddof=1) / np.sqrt(40), rel=0.05)


@settings(max_examples=5)
@given(st.floats(-10, 10))
def test_shift_moves_the_intercept_alone(shift):
    y, x, who = drawn(2)

    first, then = mixed(y, x, ("x",), who), mixed(y + shift, x, ("x",), who)

    assert then.named("intercept").value == pytest.approx(
        first.named("intercept").value + shift, abs=1e-3
    )
    assert then.named("x").value == pytest.approx(first.named("x").value, abs=1e-3)


def test_what_has_no_answer_is_said():
    y, x, who = drawn(3)

    with pytest.raises(NoAnswerError, match="one person"):
        mixed(y, x, ("x",), np.zeros_like(who))
    with pytest.raises(NoAnswerError, match="b says nothing"):
        mixed(y, np.hstack([x, x]), ("a", "b"), who)
    with pytest.raises(InvalidInputError, match="slope must be"):
        mixed(y, x, ("x",), who, slope="z")
    with pytest.raises(InvalidInputError, match="finite"):
        mixed(np.where(who == 0, np.nan, y), x, ("x",), who)


def test_slope_that_nobody_can_be_told_apart_by_has_no_summit():
    who = np.repeat(np.arange(6), 3)
    x = np.tile([-1.0, 0.0, 1.0], 6)

    # All on one line: nothing is left over, so the likelihood rises for ever.
    with pytest.raises(DidNotConvergeError, match="mixed model did not converge") as raised:
        mixed(2 + 3 * x, x[:, None], ("x",), who, slope="x")

    assert raised.value.residual == np.inf


@pytest.mark.calibration
def test_intervals_cover_the_truth_in_95_of_100_studies():
    hits = 0

    for seed in range(200):
        y, x, who = drawn(seed)
        found = mixed(y, x, ("x",), who, slope="x").named("x")
        hits += found.lower <= 0.5 <= found.upper

    assert 0.9 <= hits / 200 <= 0.985
