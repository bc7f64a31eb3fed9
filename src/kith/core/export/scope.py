"""What each person agreed to, and the refusal of whatever goes beyond it."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from jaxtyping import Bool

from kith.core.records import End, FollowUp
from kith.core.records.columns import freeze
from kith.errors import RefusalError


class Scope(StrEnum):
    """One thing a person may agree to, each by itself; called as on the page that asks."""

    ANSWERS = "answers"
    DRAW = "draw"
    TIES = "ties"
    SHARE = "share"


class BeyondConsentError(RefusalError):
    """More was asked for than people agreed to; or what nobody is ever asked to agree to."""


# What is asked for now and then, and why it does not leave whoever agreed to what.
NEVER = {
    "names": "names and keys of people do not leave: each export gives new numbers",
    "text": "free text does not leave: nobody can see what it gives away",
    "edges": (
        "who is tied to whom does not leave: hiding names in a list of ties hides nobody. "
        "What leaves are bands of each person's own ties"
    ),
    "times": "exact times do not leave: only whole days or weeks since each person's own start",
    "circles": (
        "who is in one circle does not leave: a circle has fewer than eleven people, and its "
        "members know each other"
    ),
}


@dataclass(frozen=True, slots=True)
class Consents:
    """What each of some people agreed to, as it stands now.

    Args:
        people: How many there are.
        answers: Who agreed that their answers, and what was asked of them, are used.
        draw: Who agreed that chance decides what they get.
        ties: Who agreed that those they did something with are counted.
        share: Who agreed that anything leaves, de-identified.

    Raises:
        InvalidInputError: If a column is not one truth for each of them.
    """

    people: int
    answers: Bool[np.ndarray, "people"]
    draw: Bool[np.ndarray, "people"]
    ties: Bool[np.ndarray, "people"]
    share: Bool[np.ndarray, "people"]

    def __post_init__(self) -> None:
        freeze(self, {scope.value: np.bool_ for scope in Scope})

    @classmethod
    def of(cls, people: int, agreed: Iterable[tuple[int, Scope]]) -> "Consents":
        """Return what `agreed` says, a person and a scope in each; nobody else agreed to anything."""
        columns = {scope: np.zeros(people, np.bool_) for scope in Scope}
        for person, scope in agreed:
            columns[scope][person] = True
        return cls(people, *(columns[scope] for scope in Scope))

    def to(self, scope: Scope) -> Bool[np.ndarray, "people"]:
        """Return who agreed to `scope`."""
        column: np.ndarray = getattr(self, scope.value)
        return column


def who_leaves(consents: Consents, follow_up: FollowUp) -> Bool[np.ndarray, "people"]:
    """Return who is in an export at all: agreed to share, and has not taken it back.

    Somebody whose follow-up ended with End.REVOKED is not, whatever is still written of them.
    """
    is_in = consents.share.copy()
    is_in[follow_up.person[follow_up.why == End.REVOKED]] = False
    return is_in


def refuse_beyond(
    consents: Consents,
    is_in: Bool[np.ndarray, "people"],
    asked: Iterable[str],
    *,
    least: int = 11,
) -> None:
    """Refuse if something of `asked` goes beyond what those who are in an export agreed to.

    What is asked for by name is meant for all of them. What is not asked for goes as far as each
    person's own consent, and needs no refusal. Fewer than `least` are told of as such.

    Raises:
        BeyondConsentError: With what was asked, how many did not agree, and what to do.
    """
    for name in asked:
        if name in NEVER:
            raise BeyondConsentError(f"{name}: {NEVER[name]}.")
        if name not in set(Scope):
            known = ", ".join(Scope)
            raise BeyondConsentError(f"{name}: nobody was asked about that. There are: {known}.")
        n_not = int((is_in & ~consents.to(Scope(name))).sum())
        if n_not:
            n = n_not if n_not >= least else f"fewer than {least}"
            raise BeyondConsentError(
                f"{name}: {n} of those who agreed to share did not agree to this. Do not ask for "
                f"{name} by name: each person's rows then go as far as their own consent."
            )
