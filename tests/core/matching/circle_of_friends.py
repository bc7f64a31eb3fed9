"""A few people, made one by one, and every choice of circles among them."""

from itertools import combinations

import numpy as np

from kith.core.matching import IN_PERSON, ONLINE, Circles, People, Sizes
from kith.core.matching.check import violations, worth

EVENING = 38


def week(*halves):
    """A week that is free at these half-hours."""
    words = [0] * 6
    for half in halves:
        words[half // 64] |= 1 << half % 64
    return words


MONDAY = week(EVENING, EVENING + 1)


def people(n, ties=(), exclusions=(), **columns):
    """`n` people who can all meet online on Monday evening, unless a column says otherwise."""
    return People.of(
        {
            "id": np.arange(n),
            "languages": np.ones(n, np.uint64),
            "week": np.array([MONDAY] * n, np.uint64).reshape(n, 6),
            **{name: np.array(column) for name, column in columns.items()},
            "ties": np.array(ties, np.int32).reshape(-1, 2),
            "exclusions": np.array(exclusions, np.int32).reshape(-1, 2),
        }
    )


def possible(some, sizes=Sizes(), seed=1):
    """Every circle there could be, with its value, by trying all: the checker says which."""
    found = {}
    for k in range(sizes.least, sizes.most + 1):
        groups = [(group, common_hour(some, group)) for group in combinations(range(len(some)), k)]
        groups = [(group, hour) for group, hour in groups if hour is not None]
        for mode in (ONLINE, IN_PERSON):
            tried = Circles.of([g for g, _ in groups], [h for _, h in groups], [mode] * len(groups))
            said = violations(some, tried, seed=seed, sizes=sizes)
            broken = {one.circle for one in said if one.rule not in {"value", "seat"}}
            values = worth(some, tried, seed=seed)
            for row, (group, _) in enumerate(groups):
                if row not in broken:
                    found[group] = int(values[row])
    return found


def common_hour(some, group):
    """The first half-hour at which all of a group are free for an hour, None if there is none."""
    free = [sum(int(word) << 64 * at for at, word in enumerate(some.week[i])) for i in group]
    for half in range(336):
        if all(week >> half & 1 and week >> (half + 1) % 336 & 1 for week in free):
            return half
    return None


def best_value(some, sizes=Sizes(), seed=1):
    """The value of the best choice of circles, by trying all."""
    circles = possible(some, sizes, seed)
    by_first: dict[int, list[tuple[frozenset[int], int]]] = {}
    for group, value in circles.items():
        by_first.setdefault(min(group), []).append((frozenset(group), value))

    def best(first, used):
        if first == len(some):
            return 0
        found = best(first + 1, used)
        if first not in used:
            for group, value in by_first.get(first, ()):
                if not group & used:
                    found = max(found, value + best(first + 1, used | group))
        return found

    return best(0, frozenset())
