"""The best choice among the circles on a desk: prices, which bound it, and branch and bound."""

import numpy as np

from kith.core.matching.loops.bits import ONE, count, lowest
from kith.core.matching.loops.compiled import compiled
from kith.core.matching.loops.desks import Desk


@compiled
def price(n: int, n_circles: int, sweeps: int, desk: Desk) -> int:
    """Price each person so that no circle is worth more than its members cost; return the sum.

    The sum is a bound on any choice of circles. `slack` is what a circle costs above its worth.
    """
    for a in range(n):
        desk.price[a] = 0
    for a in range(n + 1):
        desk.start[a] = 0
    for c in range(n_circles):
        bits, k = desk.mask[c], count(desk.mask[c])
        each = (desk.value[c] + k - 1) // k
        while bits != 0:
            a = lowest(bits)
            bits &= bits - ONE
            desk.price[a] = max(desk.price[a], each)
            desk.start[a + 1] += 1
    for a in range(n):
        desk.start[a + 1] += desk.start[a]
    for c in range(n_circles):
        bits, total = desk.mask[c], np.int64(0)
        while bits != 0:
            a = lowest(bits)
            bits &= bits - ONE
            desk.listed[desk.start[a]] = c
            desk.start[a] += 1
            total += desk.price[a]
        desk.slack[c] = total - desk.value[c]
    for a in range(n, 0, -1):
        desk.start[a] = desk.start[a - 1]
    desk.start[0] = 0
    for sweep in range(sweeps):
        moved = np.int64(0)
        for a in range(n):
            least = desk.price[a]
            for place in range(desk.start[a], desk.start[a + 1]):
                least = min(least, desk.slack[desk.listed[place]])
            if least <= 0:
                continue
            moved += least
            desk.price[a] -= least
            for place in range(desk.start[a], desk.start[a + 1]):
                desk.slack[desk.listed[place]] -= least
        if moved == 0:
            break
    total = np.int64(0)
    for a in range(n):
        total += desk.price[a]
    return total


@compiled
def keep_cheap(n: int, n_circles: int, gap: int, desk: Desk) -> int:
    """Keep only circles that cost less than `gap` above their worth; return how many.

    No better choice than the present one can have another.
    """
    kept = 0
    for c in range(n_circles):
        if desk.slack[c] < gap:
            desk.mask[kept], desk.value[kept] = desk.mask[c], desk.value[c]
            desk.slack[kept], desk.noise[kept] = desk.slack[c], desk.noise[c]
            kept += 1
    return kept


@compiled
def _by_rank(n: int, n_circles: int, desk: Desk) -> None:
    """List the circles of each person of whom no earlier one is in them, cheapest first.

    People come in the order of how few circles they have; `rank` is that order, and masks are
    changed to it.
    """
    place_of, many = desk.choice.place_of, desk.choice.many
    many[:n] = 0
    for c in range(n_circles):
        bits = desk.mask[c]
        while bits != 0:
            many[lowest(bits)] += 1
            bits &= bits - ONE
    for a in range(n):
        at = a
        while at > 0 and many[desk.rank[at - 1]] > many[a]:
            desk.rank[at] = desk.rank[at - 1]
            at -= 1
        desk.rank[at] = a
    for at in range(n):
        place_of[desk.rank[at]] = at
    for at in range(n + 1):
        desk.start[at] = 0
    for c in range(n_circles):
        bits, moved = desk.mask[c], np.uint64(0)
        while bits != 0:
            moved |= ONE << np.uint64(place_of[lowest(bits)])
            bits &= bits - ONE
        desk.mask[c] = moved
        desk.start[lowest(moved) + 1] += 1
    for at in range(n):
        desk.start[at + 1] += desk.start[at]
    for c in range(n_circles):
        first = lowest(desk.mask[c])
        desk.listed[desk.start[first]] = c
        desk.start[first] += 1
    for at in range(n, 0, -1):
        desk.start[at] = desk.start[at - 1]
    desk.start[0] = 0
    for at in range(n):
        begin = desk.start[at]
        for place in range(begin + 1, desk.start[at + 1]):
            c, to = desk.listed[place], place
            while to > begin and desk.slack[desk.listed[to - 1]] > desk.slack[c]:
                desk.listed[to] = desk.listed[to - 1]
                to -= 1
            desk.listed[to] = c


@compiled
def choose(n: int, n_circles: int, gap: int, most_steps: int, desk: Desk) -> tuple[int, int]:
    """Choose circles that lose less than `gap` against the bound; return how many, and the loss.

    Branch and bound: the first person who is not settled sits in one of their circles, which
    loses its slack, or nowhere, which loses their price. None are returned as -1.
    """
    _by_rank(n, n_circles, desk)
    used, lost, at = desk.choice.used, desk.choice.lost, desk.choice.at
    person, taken = desk.choice.person, desk.choice.taken
    used[0], lost[0] = 0, 0
    every = ~np.uint64(0) if n == 64 else (ONE << np.uint64(n)) - ONE
    best, best_n, depth, steps = gap, -1, 0, 0
    at[0] = -1
    while depth >= 0:
        if at[depth] == -1:
            steps += 1
            if steps > most_steps or lost[depth] >= best:
                depth -= 1
                continue
            if used[depth] == every:
                best, best_n = lost[depth], 0
                for d in range(depth):
                    if taken[d] >= 0:
                        desk.chosen[best_n] = taken[d]
                        best_n += 1
                depth -= 1
                continue
            person[depth] = lowest(every & ~used[depth])
            at[depth] = desk.start[person[depth]]
        here = person[depth]
        went = False
        while at[depth] < desk.start[here + 1]:
            c = desk.listed[at[depth]]
            at[depth] += 1
            if lost[depth] + desk.slack[c] >= best:
                at[depth] = desk.start[here + 1]
                break
            if desk.mask[c] & used[depth] == 0:
                taken[depth], used[depth + 1] = c, used[depth] | desk.mask[c]
                lost[depth + 1] = lost[depth] + desk.slack[c]
                went = True
                break
        if not went:
            if at[depth] > desk.start[here + 1]:
                depth -= 1
                continue
            at[depth] = desk.start[here + 1] + 1
            taken[depth] = -1
            used[depth + 1] = used[depth] | (ONE << np.uint64(here))
            lost[depth + 1] = lost[depth] + desk.price[desk.rank[here]]
        depth += 1
        at[depth] = -1
    return best_n, best
