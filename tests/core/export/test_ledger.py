import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.core.export.ledger import BudgetSpentError, Ledger, Spent
from kith.errors import InvalidInputError


def test_ledger_says_what_was_spent_and_what_is_left():
    ledger = Ledger(1.0).after("people by arm", 0.25).after("mean lonely by arm", 0.5)

    assert ledger.spent == (Spent("people by arm", 0.25), Spent("mean lonely by arm", 0.5))
    assert (ledger.total, ledger.left) == (0.75, 0.25)


def test_question_beyond_the_budget_is_refused_and_spends_nothing():
    ledger = Ledger(1.0).after("people by arm", 0.75)

    with pytest.raises(BudgetSpentError) as refused:
        ledger.after("mean lonely by arm", 0.5)

    assert str(refused.value).startswith(
        "mean lonely by arm would cost 0.5, and 0.25 of 1 is left."
    )
    assert ledger.total == 0.75


def test_ten_tenths_are_one():
    ledger = Ledger(1.0)
    for n in range(10):
        ledger = ledger.after(f"question {n}", 0.1)

    with pytest.raises(BudgetSpentError):
        ledger.after("one more", 0.001)


@pytest.mark.parametrize("epsilon", [0.0, -1.0, float("inf"), float("nan")])
def test_question_that_costs_nothing_or_everything_is_no_question(epsilon):
    with pytest.raises(InvalidInputError):
        Ledger(1.0).after("people by arm", epsilon)


@given(st.lists(st.floats(1e-3, 1.0), max_size=30))
def test_never_more_is_spent_than_there_is(costs):
    ledger = Ledger(1.0)
    for cost in costs:
        try:
            ledger = ledger.after("a question", cost)
        except BudgetSpentError:
            assert cost > ledger.left

    assert ledger.total <= 1.0 + 1e-9
