import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.core.stats.published import checks, columns

from kith.core.rng import stream
from kith.core.stats.interval_censored import weibull_between
from kith.errors import InvalidInputError, NoAnswerError


def deterioration():
    table = columns("bcdeter/bcdeter.csv")
    upper = np.where(np.isnan(table["upper"]), np.inf, table["upper"])
    return table["lower"], upper, (table["treat"] == 2).astype(float)[:, None]


def looked_at(n, seed, every=1.0):
    """Return people who are looked at from time to time, with a true effect of 0.5."""
    dice = stream(seed, "looks")
    x = dice.integers(0, 2, n).astype(float)
    at = np.exp(1 + 0.5 * x) * dice.exponential(1, n) ** 0.7
    lower = np.floor(at / every) * every
    is_out = lower >= 8
    return np.minimum(lower, 8.0), np.where(is_out, np.inf, lower + every), x[:, None]


def test_one_scale_by_hand():
    # All events within (0, 1] or after 1, and the shape is free: only S(1) is known, 3 in 4.
    lower, upper = np.array([0.0, 1, 1, 1]), np.array([1.0, np.inf, np.inf, np.inf])

    fit = weibull_between(np.append(lower, 1.0), np.append(upper, 2.0), np.empty((5, 0)), ())

    # The best law hits every share: one in five by 1, one more by 2.
    rate = np.exp(-fit.named("intercept").value)
    shape = np.exp(-fit.named("log_scale").value)
    assert np.isfinite([rate, shape]).all()
    assert fit.n_events == 2


def test_published_times_to_deterioration():
    published = checks()["bcdeter_interval_weibull"]

    fit = weibull_between(*deterioration(), ("treat2",))

    found = {estimate.name: estimate.value for estimate in fit.estimates}
    assert found == {
        name: pytest.approx(published[name], abs=1e-4)
        for name in ("intercept", "treat2", "log_scale")
    }
    assert fit.loglik == pytest.approx(published["loglik"], abs=1e-5)


@settings(deadline=None, max_examples=8)
@given(st.sampled_from([0.5, 2.0, 7.0, 30.0]))
def test_unit_of_time_moves_the_intercept_alone(unit):
    lower, upper, x = looked_at(150, 4)

    fit = weibull_between(lower * unit, upper * unit, x, ("x",))

    plain = weibull_between(lower, upper, x, ("x",))
    moved = fit.named("intercept").value - plain.named("intercept").value
    assert moved == pytest.approx(np.log(unit), abs=1e-3)
    assert fit.named("x").value == pytest.approx(plain.named("x").value, abs=1e-3)


@pytest.mark.parametrize(
    ("lower", "upper", "error", "says"),
    [
        ([2, 1], [1, 2], InvalidInputError, "row 0 has lower 2.0 and upper 1.0"),
        ([-1, 1], [1, 2], InvalidInputError, "row 0 has lower -1.0"),
        ([0, np.nan], [1, 2], InvalidInputError, "row 1 has lower nan"),
        ([0, 1], [np.inf, np.inf], NoAnswerError, "nobody had the event"),
    ],
)
def test_what_is_no_interval_is_refused(lower, upper, error, says):
    with pytest.raises(error, match=says):
        weibull_between(np.array(lower, float), np.array(upper, float), np.ones((2, 1)), ("x",))


def test_covariates_have_names():
    with pytest.raises(InvalidInputError, match="2 rows of 1"):
        weibull_between(np.zeros(2), np.ones(2), np.ones((2, 2)), ("x",))


@pytest.mark.calibration
def test_intervals_cover():
    covered = 0
    for seed in range(300):
        found = weibull_between(*looked_at(200, seed), ("x",)).named("x")
        covered += found.lower <= 0.5 <= found.upper

    assert 0.92 <= covered / 300 <= 0.98
