"""How much may be told in public about the people of one study, and how much of it is spent."""

from dataclasses import dataclass, replace
from math import fsum, inf

from kith.errors import InvalidInputError, RefusalError


@dataclass(frozen=True, slots=True)
class Spent:
    """One question that was answered in public.

    Args:
        what: The question.
        epsilon: What it cost.
    """

    what: str
    epsilon: float


class BudgetSpentError(RefusalError):
    """A question costs more than is left."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """The budget of a study's people, and what was bought with it.

    The costs add up: whoever sees answers that cost e1 and e2 has seen e1 + e2 (sequential
    composition, Dwork and Roth 2014, theorem 3.16). It is the budget of people, not of a file:
    the same people in another export have the same ledger.

    Args:
        budget: The most that all questions together may cost: epsilon.
        spent: What was answered, in order.

    Raises:
        InvalidInputError: If the budget or a cost is not above 0, or more is spent than there is.
    """

    budget: float
    spent: tuple[Spent, ...] = ()

    def __post_init__(self) -> None:
        for epsilon in (self.budget, *(one.epsilon for one in self.spent)):
            if not 0 < epsilon < inf:
                raise InvalidInputError(f"epsilon must be above 0 and finite, got {epsilon}")
        if self.total > self.budget * (1 + 1e-12):
            raise InvalidInputError(f"spent {self.total:g} of {self.budget:g}: more than there is")

    @property
    def total(self) -> float:
        """What is spent."""
        return fsum(one.epsilon for one in self.spent)

    @property
    def left(self) -> float:
        """What may still be spent."""
        return max(0.0, self.budget - self.total)

    def after(self, what: str, epsilon: float) -> "Ledger":
        """Return the ledger after one more question.

        Raises:
            BudgetSpentError: If it costs more than is left; nothing is spent then.
            InvalidInputError: If it costs nothing.
        """
        if not 0 < epsilon < inf:
            raise InvalidInputError(f"epsilon must be above 0 and finite, got {epsilon}")
        # Ten tenths are one, whatever rounding says.
        if epsilon > self.left + self.budget * 1e-12:
            raise BudgetSpentError(
                f"{what} would cost {epsilon:g}, and {self.left:.3g} of {self.budget:g} is left. "
                "Whatever was told in public cannot be told back: ask for less, or ask those who "
                "take part for another budget."
            )
        return replace(self, spent=(*self.spent, Spent(what, epsilon)))
