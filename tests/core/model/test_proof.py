"""Ranks of known numbers: even where a calibration is right, crowded where it is not."""

import numpy as np
import pytest

from kith.core.model.calibration import PRIORS, Draw, Posterior, counted, course, posterior, targets
from kith.core.model.proof import Learned, correlations, evenness, learned, ranks
from kith.core.rng import stream
from kith.errors import InvalidInputError

MANY = len(PRIORS)


def _draw(number, value, count):
    return Draw(number, (value,) * MANY, (count,) * len(targets()))


def test_rank_is_how_many_of_the_nearest_lie_below():
    table = [_draw(n, float(n), 10 * n) for n in range(10)]

    # The nearest four to 42 are those that came to 40, 50, 30 and 60.
    found = ranks([_draw(0, 4.5, 42)], table, 4)

    assert found.tolist() == [[2] * MANY]


def test_of_two_that_are_as_near_the_earlier_is_kept():
    table = [_draw(0, 1.0, 30), _draw(1, 9.0, 50)]

    assert ranks([_draw(0, 5.0, 40)], table, 1).tolist() == [[1] * MANY]


def test_no_more_can_be_kept_than_there_are():
    with pytest.raises(InvalidInputError, match="keep must be 1 to 1 draws, got 2"):
        ranks([_draw(0, 1.0, 1)], [_draw(0, 1.0, 1)], 2)


@pytest.mark.parametrize("noise", [1.0, 30.0])
def test_ranks_of_a_right_calibration_are_even(noise):
    dice = stream(5, "proof")

    def drawn(many):
        value = dice.uniform(0, 100, many)
        count = np.round(value + dice.normal(0, noise, many))
        return [_draw(n, v, c) for n, (v, c) in enumerate(zip(value, count, strict=True))]

    found = ranks(drawn(400), drawn(6_000), 80)[:, 0]

    even = evenness(found, 80)
    assert even.p > 0.01
    assert even.within_half == pytest.approx(0.5, abs=0.1)
    assert even.within_90 == pytest.approx(0.9, abs=0.06)


def test_ranks_that_claim_too_much_or_too_little_are_seen():
    ends, middle = np.array([0, 80] * 50), np.array([39, 41] * 50)

    assert evenness(ends, 80).p < 1e-6
    assert evenness(ends, 80).within_90 == 0
    assert evenness(middle, 80).p < 1e-6
    assert evenness(middle, 80).within_half == 1


def test_even_ranks_are_as_even_as_can_be():
    assert evenness(np.arange(81), 80)[:2] == (0, 1)
    with pytest.raises(InvalidInputError, match="80 ranks do not fall into 9"):
        evenness(np.arange(80), 79)


def test_correlations_are_of_ranks():
    one = np.arange(20.0)

    found = correlations(np.stack([one, np.exp(one), -one], axis=1))

    assert found == pytest.approx(np.array([[1, 1, -1], [1, 1, -1], [-1, -1, 1]]))


def test_what_was_learned_is_what_is_left_of_the_flat_prior():
    ends = np.array(list(PRIORS.values()))
    way = (np.arange(101) / 100)[:, None]
    whole = ends[:, 0] + way * (ends[:, 1] - ends[:, 0])
    half = ends[:, 0] + way / 2 * (ends[:, 1] - ends[:, 0])
    made = [Posterior(np.arange(101), some, np.zeros((101, 5), np.int64)) for some in (whole, half)]

    for share, one in zip((1.0, 0.5), made, strict=True):
        for found in learned(one).values():
            assert isinstance(found, Learned)
            assert found.left == pytest.approx(share, rel=0.02)
            assert found.together == pytest.approx(1)


def test_days_of_a_kept_draw_come_to_what_is_counted_of_it():
    values, seed = posterior().values[0].tolist(), 7

    days = course(values, seed)

    at = {"first_use": 0, "relapse": 1}
    assert tuple(days[at[t.what], t.day - 1] for t in targets()) == counted(values, seed)
    assert np.all(np.diff(days, axis=1) >= 0)
