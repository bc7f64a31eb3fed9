import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.export.ledger import BudgetSpentError, Ledger
from kith.core.export.public import Arms, count, histogram, laplace_within, mean
from kith.errors import InvalidInputError

ARMS = Arms(("listing", "circle"), np.repeat([0, 1], [300, 500]))
RICH = 1e6


def test_count_with_hardly_any_noise_is_the_count():
    told, ledger = count(ARMS, Ledger(RICH), epsilon=1e5)

    assert told.labels == ("listing", "circle")
    assert told.values == (300.0, 500.0)
    assert told.within == (0.0, 0.0)
    assert ledger.total == 1e5


def test_histogram_by_hand():
    values = np.where(ARMS.arm == 0, 3.0, 9.0)
    values[:5] = -1.0

    told, _ = histogram("lonely", ARMS, values, np.array([3.0, 6.0, 9.0]), Ledger(RICH), epsilon=1e5)  # fmt: skip

    assert told.labels == ("listing: 3 to 6", "listing: 6 to 9", "circle: 3 to 6", "circle: 6 to 9")
    assert told.values == (300.0, 0.0, 0.0, 500.0)


def test_mean_by_hand():
    values = np.where(ARMS.arm == 0, 4.5, 12.0)

    told, _ = mean("lonely", ARMS, values, (3.0, 9.0), Ledger(RICH), epsilon=1e5)

    # What lies outside of the limits counts as the limit.
    np.testing.assert_allclose(told.values, (4.5, 9.0), atol=1e-3)


@pytest.mark.parametrize("limits", [(3.0, 3.0), (9.0, 3.0), (0.0, np.inf)])
def test_mean_without_limits_is_refused(limits):
    with pytest.raises(InvalidInputError, match="two numbers that rise"):
        mean("lonely", ARMS, np.ones(800), limits, Ledger(1.0), epsilon=0.1)


def test_question_beyond_the_budget_is_refused():
    with pytest.raises(BudgetSpentError, match="people by arm would cost 2, and 1 of 1 is left"):
        count(ARMS, Ledger(1.0), epsilon=2.0)


@pytest.mark.parametrize("scale", [0.3, 1.0, 5.0, 40.0])
def test_within_is_where_at_least_95_of_100_draws_fall_and_one_less_is_not(scale):
    a = np.exp(-1 / scale)

    def beyond(w):
        return 2 * a ** (w + 1) / (1 + a)

    w = laplace_within(scale)

    assert beyond(w) <= 0.05 + 1e-12
    assert w == 0 or beyond(w - 1) > 0.05


@given(st.integers(1, 40), st.integers(0, 40), st.floats(0.05, 3))
def test_a_mean_stays_within_its_limits_however_few_people(n, m, epsilon):
    arms = Arms(("a", "b"), np.repeat([0, 1], [n, m]))

    told, _ = mean("x", arms, np.full(n + m, 7.0), (0.0, 10.0), Ledger(10.0), epsilon=epsilon)

    assert all(0 <= value <= 10 for value in told.values)


@pytest.mark.calibration
def test_noise_is_as_large_as_it_should_be_and_no_larger():
    epsilon, draws = 0.5, 4_000
    told = [count(ARMS, Ledger(RICH), epsilon=epsilon)[0] for _ in range(draws)]

    off = np.array([one.values for one in told]) - [300, 500]

    a = np.exp(-epsilon)
    # Two-sided geometric noise: mean 0, variance 2a / (1 - a)^2.
    variance = 2 * a / (1 - a) ** 2
    assert abs(off.mean()) < 4 * np.sqrt(variance / off.size)
    assert abs(off.var() / variance - 1) < 0.1
    # The promise itself: neighbours differ by one, and no answer is e^epsilon times as likely.
    inside = (np.abs(off) <= told[0].within[0]).mean()
    assert 0.95 - 0.01 <= inside <= 0.98
    share = np.bincount((off.ravel() - off.min()).astype(int)) / off.size
    common = share > 0.02
    pairs = common[1:] & common[:-1]
    ratio = share[1:][pairs] / share[:-1][pairs]
    assert np.abs(np.log(ratio)).max() < epsilon + 0.25


@pytest.mark.calibration
def test_interval_of_a_mean_holds_the_truth_in_about_95_of_100():
    dice = np.random.default_rng(5)
    values = dice.integers(3, 10, 800).astype(float)
    true = [values[ARMS.arm == arm].mean() for arm in (0, 1)]

    told = [mean("lonely", ARMS, values, (3.0, 9.0), Ledger(RICH), epsilon=0.5)[0] for _ in range(2_000)]  # fmt: skip

    is_within = [np.abs(np.subtract(one.values, true)) <= one.within for one in told]
    assert 0.94 <= np.mean(is_within) <= 1.0
