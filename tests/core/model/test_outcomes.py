import numpy as np
import pytest

from kith.core.model.outcomes import Spread, spread, verdict


def test_spread_is_students_interval():
    # Of 1, 2, 3: mean 2, s 1, t(.975, 2) = 4.303.
    mean, lower, upper = spread([1.0, 2.0, 3.0])

    assert mean == 2
    assert (lower, upper) == pytest.approx((2 - 4.3027 / 3**0.5, 2 + 4.3027 / 3**0.5), abs=1e-4)


def test_one_replicate_has_no_interval():
    assert np.isnan(spread([0.5]).lower)


@pytest.mark.parametrize(
    ("ends", "is_lower", "said"),
    [
        ((-0.2, -0.1), True, "as said"),
        ((-0.2, -0.1), False, "the other way"),
        ((0.1, 0.2), False, "as said"),
        ((-0.1, 0.1), True, "not shown"),
        ((0.0, 0.0), True, "not shown"),
        ((np.nan, np.nan), True, "not shown"),
    ],
)
def test_verdict_is_as_said_only_where_the_interval_says_so(ends, is_lower, said):
    assert verdict(Spread(0.0, *ends), is_lower=is_lower) == said
