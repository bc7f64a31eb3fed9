"""How many separate parts of the world a person's ties reach (Burt 1992)."""

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64

from kith.core.ties.compiled import compiled
from kith.core.ties.ends import ends
from kith.core.ties.table import Ties

# Design choice, no evidence: one hour in person, alone, falls below it after 210 days.
WEAKEST = 0.01


def of_people(
    ties: Ties, counts: Bool[np.ndarray, "_"] | None = None, weakest: float = WEAKEST
) -> Float64[np.ndarray, "people"]:
    """Return the effective size of each person's network: ties less those that lead to the same.

        sum over j of (1 - sum over q of p[i, q] * m[j, q]),   q neither i nor j

    where j and q are those that i is tied to, p[i, q] = w[i, q] / sum over k of w[i, k] and
    m[j, q] = w[j, q] / max over k of w[j, k]. Of n people who know nobody else it is n, of n who
    all know each other equally well it is 1; nobody to look at makes it 0.

    Args:
        ties: Of all people.
        counts: Which people count as somebody to be tied to; everybody where it is not said.
            Each person's network is then that person and those.
        weakest: Ties that are not stronger are none: here the faintest would count like any
            other. They stand as on the last day of all; give `ties.at(day)` for another.

    Raises:
        InvalidInputError: If `counts` does not say yes or no for each person.
    """
    seen = ends(ties, counts, weakest)
    first = np.searchsorted(seen.ego, np.arange(ties.people + 1))
    return _sizes(first, seen.alter, seen.strength)


@compiled
def _sizes(
    first: Int64[np.ndarray, "people+1"],
    alter: Int32[np.ndarray, "ends"],
    strength: Float64[np.ndarray, "ends"],
) -> Float64[np.ndarray, "people"]:
    """Return effective sizes; what i sees lies from first[i] to before first[i + 1]."""
    people = len(first) - 1
    strongest = np.zeros(people)
    for person in range(people):
        for end in range(first[person], first[person + 1]):
            strongest[person] = max(strongest[person], strength[end])
    sizes = np.zeros(people)
    mine = np.zeros(people)
    for person in range(people):
        begin, stop = first[person], first[person + 1]
        for end in range(begin, stop):
            mine[alter[end]] = strength[end]
        total, shared = 0.0, 0.0
        for end in range(begin, stop):
            other, overlap = alter[end], 0.0
            for theirs in range(first[other], first[other + 1]):
                overlap += mine[alter[theirs]] * strength[theirs]
            # A person who does not count is still there for themselves.
            shared += overlap / max(strongest[other], strength[end])
            total += strength[end]
        if stop > begin:
            sizes[person] = stop - begin - shared / total
        for end in range(begin, stop):
            mine[alter[end]] = 0.0
    return sizes
