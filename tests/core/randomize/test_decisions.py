"""Moments: who is prompted, whom it brings in, and how likely that was."""

import numpy as np
import pytest

from kith.core.randomize import DecisionRule, Moment
from kith.core.records import NOBODY
from kith.errors import InvalidInputError


def moment(number=0, *, is_available=True, helpers=None):
    helpers = {1: 1.0, 2: 3.0} if helpers is None else helpers
    return Moment(number, 0, 2.5, is_available, helpers)


def test_both_ends_and_both_probabilities_are_kept():
    record = DecisionRule((0.25,)).draw(4, 3, [moment(n) for n in range(200)])

    treated, first = record.treated == 1, record.helper == 1
    np.testing.assert_array_equal(record.probability, np.where(treated, 0.25, 0.75))
    np.testing.assert_array_equal(record.helper_probability, np.where(first, 0.25, 0.75))
    assert record.is_helper_available.all()


def test_frequencies_are_the_probabilities():
    n = 4_000
    record = DecisionRule((0.2, 0.3)).draw(9, 3, [moment(k) for k in range(n)])

    shares = np.bincount(record.treated, minlength=3) / n

    np.testing.assert_allclose(shares, [0.5, 0.2, 0.3], atol=4.5 * np.sqrt(0.25 / n))
    assert (record.helper == 2).mean() == pytest.approx(0.75, abs=4.5 * np.sqrt(0.19 / n))


def test_helper_and_prompt_are_drawn_apart():
    n = 4_000
    record = DecisionRule().draw(9, 3, [moment(k) for k in range(n)])

    assert abs(np.corrcoef(record.helper, record.treated)[0, 1]) < 4.5 / np.sqrt(n)


def test_nobody_is_prompted_who_is_not_available():
    decision = DecisionRule((0.9,)).draw_next(1, moment(is_available=False))

    assert (decision.treated, decision.probability) == (0, 1.0)
    assert decision.helper in {1, 2}


def test_without_a_helper_there_is_no_prompt_where_one_is_needed():
    alone = [moment(n, helpers={}) for n in range(50)]

    needs = DecisionRule((0.9,)).draw(1, 1, alone)
    needs_none = DecisionRule((0.9,), needs_helper=False).draw(1, 1, alone)

    assert needs.treated.tolist() == [0] * 50
    assert needs.probability.tolist() == [1.0] * 50
    assert set(needs.helper) == {NOBODY}
    assert needs_none.treated.sum() > 30


def test_moment_draws_the_same_whatever_came_before():
    rule, moments = DecisionRule(), [moment(n) for n in range(20)]

    whole = rule.draw(3, 3, moments)
    last = rule.draw(3, 3, moments[-1:])

    assert (last.helper[0], last.treated[0]) == (whole.helper[-1], whole.treated[-1])


@pytest.mark.parametrize("chances", [(), (0.0,), (1.0,), (0.6, 0.4)])
def test_prompt_that_is_certain_or_impossible_is_refused(chances):
    with pytest.raises(InvalidInputError):
        DecisionRule(chances)


@pytest.mark.parametrize("helpers", [{0: 1.0}, {1: 0.0}, {1: np.inf}])
def test_helper_who_is_no_other_is_refused(helpers):
    with pytest.raises(InvalidInputError, match="somebody else"):
        DecisionRule().draw_next(1, moment(helpers=helpers))
