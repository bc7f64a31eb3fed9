import numpy as np
import pytest
from tests.core.matching.circle_of_friends import best_value, people

from kith.core.matching import Circles, Sizes
from kith.core.matching.chance import draw, propensities
from kith.core.matching.check import violations
from kith.core.matching.search import form
from kith.errors import InvalidInputError


def test_propensity_is_the_share_of_throws_in_which_two_sit_together():
    now = Circles.of([[0, 1, 2], [3, 4, 5]])
    throws = {
        draw(7, 0): Circles.of([[0, 1, 2], [3, 4]]),
        draw(7, 1): Circles.of([[0, 1, 3], [2, 4, 5]]),
        draw(7, 2): Circles.of([[1, 0, 2]]),
        draw(7, 3): Circles.of([[1, 2, 4]]),
    }

    found = propensities(now, 6, throws.__getitem__, seed=7, draws=4)

    assert found.circle.tolist() == [0, 0, 0, 1, 1, 1]
    assert found.one.tolist() == [0, 0, 1, 3, 3, 4]
    assert found.other.tolist() == [1, 2, 2, 4, 5, 5]
    assert found.share.tolist() == [0.75, 0.5, 0.75, 0.25, 0, 0.25]
    np.testing.assert_allclose(found.error[[0, 1, 4]], [np.sqrt(3 / 64), 0.25, 0])


def test_those_whom_only_dice_tell_apart_are_as_likely_with_anybody():
    # Eight alike in two circles of four: each of seven others sits beside one with 3 in 7.
    some, sizes = people(8), Sizes(4, 4)
    circles = form(some, seed=1, sizes=sizes)

    found = propensities(
        circles, 8, lambda dice: form(some, seed=1, sizes=sizes, dice=dice), seed=1, draws=300
    )

    assert len(found.share) == 12
    # Twelve pairs of 300 throws: their mean is within 4.5 standard errors of 3/7.
    assert abs(found.share.mean() - 3 / 7) < 4.5 * np.sqrt(3 / 7 * 4 / 7 / (12 * 300))
    assert abs(found.share - 3 / 7).max() < 0.13


def test_other_dice_are_part_of_the_value_and_of_nothing_else():
    some = people(8)

    circles = form(some, seed=1, dice=draw(1, 5))

    assert violations(some, circles, seed=draw(1, 5)) == []
    assert circles.value.sum() == best_value(some, seed=draw(1, 5))


def test_same_dice_form_the_same_circles():
    some = people(9)

    assert form(some, seed=3, dice=3).lists() == form(some, seed=3).lists()


def test_no_draw_is_refused():
    with pytest.raises(InvalidInputError, match="draws must be positive, got 0"):
        propensities(Circles.of([[0, 1]]), 2, lambda _: Circles.of([]), seed=1, draws=0)
