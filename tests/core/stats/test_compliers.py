from math import inf

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.core.rng import stream
from kith.core.stats.compliers import compliers
from kith.errors import InvalidInputError, NoAnswerError


def drawn(seed, *, n=300, share=0.5):
    """Of those offered `share` come, whoever is worse less; it helps by 1."""
    dice = stream(seed, "offers")
    worse, offered = dice.normal(size=n), dice.permutation(n) % 2 == 0
    taken = offered & (dice.random(n) < np.clip(share - 0.2 * share * worse, 0, 1))
    return taken * 1.0 - worse + dice.normal(size=n), taken, offered


def test_effect_by_hand():
    offered = np.repeat([True, False], 4)
    taken = np.array([1, 1, 0, 0, 0, 0, 0, 0], bool)

    found = compliers(np.array([5.0, 7, 1, 3, 1, 2, 3, 2]), taken, offered)

    # 4 - 2 for half of them: 4 for those who come.
    assert found.effect.value == pytest.approx(4)
    assert found.share == 0.5
    assert found.first_stage == pytest.approx(0.25 / (1 / 3 / 4))
    assert found.is_weak


def test_set_that_is_right_however_weak_is_where_its_test_says():
    y, taken, offered = drawn(1)

    found = compliers(y, taken, offered)

    ((low, high),) = found.sets
    assert not found.is_weak
    for b in (low, high):
        left = y - b * taken
        gap = left[offered].mean() - left[~offered].mean()
        se = np.sqrt(left[offered].var(ddof=1) / 150 + left[~offered].var(ddof=1) / 150)
        assert abs(gap / se) == pytest.approx(1.959964)
    assert found.effect.lower == pytest.approx(low, abs=0.1)


@settings(max_examples=20)
@given(st.floats(-5, 5), st.floats(0.1, 10))
def test_effect_scales_with_the_outcome(shift, scale):
    y, taken, offered = drawn(2)

    first, then = compliers(y, taken, offered), compliers(shift + scale * y, taken, offered)

    assert then.effect.value == pytest.approx(scale * first.effect.value)
    assert then.first_stage == pytest.approx(first.first_stage)


def test_weak_offer_is_called_weak_and_its_set_may_be_endless():
    offered = np.arange(40) % 2 == 0
    taken = np.zeros(40, bool)
    taken[0] = True

    found = compliers(stream(1, "weak").normal(size=40), taken, offered)

    assert found.is_weak
    assert inf in {abs(end) for interval in found.sets for end in interval}


def test_what_has_no_answer_is_said():
    y, taken, offered = drawn(3)

    with pytest.raises(NoAnswerError, match="the offer moved nobody"):
        compliers(y, np.zeros_like(taken), offered)
    with pytest.raises(NoAnswerError, match="fewer than two"):
        compliers(y, taken, np.ones_like(offered))
    with pytest.raises(InvalidInputError, match="outcome"):
        compliers(np.where(taken, np.nan, y), taken, offered)


@pytest.mark.calibration
def test_sets_cover_the_truth_in_95_of_100_studies_though_the_offer_is_weak():
    hits = 0

    for seed in range(2_000):
        found = compliers(*drawn(seed, share=0.1))
        hits += any(low <= 1 <= high for low, high in found.sets)

    assert 0.93 <= hits / 2_000 <= 0.97
