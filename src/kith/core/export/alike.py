"""Generalising until everybody has k - 1 others who look alike, or saying what stands in the way."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from jaxtyping import Int64

from kith.core.export.hierarchies import ANY, Hierarchy
from kith.errors import NoAnswerError

# People whose columns may be left out, because they stand out, before everybody's get coarser.
SHARE_LEFT_OUT = 0.05


class NotAlikeError(NoAnswerError):
    """Even with all left out, somebody is one of fewer than k.

    Args:
        k: How many have to look alike.
        groups: Which groups are smaller, and no more than that.
    """

    def __init__(self, k: int, groups: tuple[str, ...]) -> None:
        super().__init__(
            f"fewer than {k} people in: {', '.join(groups)}. Nothing that could be left out makes "
            f"{k} of them alike: join arms, wait for more people, or export only totals."
        )
        self.k, self.groups = k, groups


@dataclass(frozen=True, slots=True)
class Alike:
    """Columns about people at levels that make at least k of them alike.

    Args:
        k: How many are alike at least.
        levels: Which level of each hierarchy was chosen, by its name: 0 is as said.
        columns: What is said of each person, by name.
        n_left_out: People of whom nothing is said, because they stood out.
    """

    k: int
    levels: dict[str, int]
    columns: dict[str, tuple[str, ...]]
    n_left_out: int


def make_alike(groups: Sequence[str], hierarchies: Sequence[Hierarchy], *, k: int) -> Alike:
    """Return the columns as fine as k allows, going down one level of one column at a time.

    It begins with everything left out and makes one column after another finer, in their order
    and over again, as long as each person still shares all columns and their group with k - 1
    others. Up to 5 % who do not are given ANY in all columns instead, if those of a group are k
    again. So the order of `hierarchies` says what matters most. It is greedy: another choice may
    say more; none that it makes says too much.

    Args:
        groups: What is always said of each person: their arm.
        hierarchies: What else might be said.
        k: How many have to look alike.

    Raises:
        NotAlikeError: If a group has fewer than k people: then nothing helps.
    """
    group = np.unique(groups, return_inverse=True)[1].astype(np.int64) if groups else _none()
    _refuse_small(groups, k)
    level = [len(hierarchy.levels) - 1 for hierarchy in hierarchies]
    left_out = np.zeros(len(group), np.bool_)
    stuck: set[int] = set()
    while len(stuck) < len(hierarchies):
        for n in range(len(hierarchies)):
            if n in stuck:
                continue
            finer = [*level[:n], level[n] - 1, *level[n + 1 :]]
            standing_out = None
            if finer[n] >= 0:
                standing_out = _standing_out(group, hierarchies, finer, k)
            if standing_out is None:
                stuck.add(n)
            else:
                level, left_out = finer, standing_out
    columns = {
        hierarchy.name: tuple(
            ANY if is_out else word
            for word, is_out in zip(hierarchy.levels[at], left_out, strict=True)
        )
        for hierarchy, at in zip(hierarchies, level, strict=True)
    }
    names = (hierarchy.name for hierarchy in hierarchies)
    return Alike(k, dict(zip(names, level, strict=True)), columns, int(left_out.sum()))


def _none() -> Int64[np.ndarray, "_"]:
    return np.zeros(0, np.int64)


def _refuse_small(groups: Sequence[str], k: int) -> None:
    words, counts = np.unique(groups, return_counts=True)
    small = tuple(str(word) for word, n in zip(words, counts, strict=True) if n < k)
    if small or not len(groups):
        raise NotAlikeError(k, small or ("the whole export",))


def _standing_out(
    group: Int64[np.ndarray, "people"],
    hierarchies: Sequence[Hierarchy],
    levels: Sequence[int],
    k: int,
) -> np.ndarray | None:
    """Return who would have fewer than k alike; None if leaving their columns out is no help."""
    kind = group
    for hierarchy, at in zip(hierarchies, levels, strict=True):
        codes = hierarchy.codes(at)
        # Numbered anew each time, so that they stay below people squared.
        kind = np.unique(kind * (codes.max() + 1) + codes, return_inverse=True)[1].astype(np.int64)
    out: np.ndarray = (np.bincount(kind) < k)[kind]
    if out.mean() > SHARE_LEFT_OUT:
        return None
    n_out = np.bincount(group[out], minlength=group.max() + 1)
    return out if ((n_out == 0) | (n_out >= k)).all() else None
