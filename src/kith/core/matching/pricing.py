"""Every circle that is worth more than its members cost: exact, for hundreds of people.

Loops of their own: they read tables of all pairs and nothing of `loops`.
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Float64, Int32, Int64, UInt8, UInt64

from kith.core.matching.loops.compiled import compiled, inlined, with_room
from kith.core.matching.points import UNIT

_ONE = np.uint64(1)
_DEEP = 9


class Tables(NamedTuple):
    """All people and all pairs of them.

    Args:
        way: How a pair can meet, as bits of `mode`, 0 if not at all.
        pairs, near: Their points; `near` only where they can meet in person.
        tied, asks: Whether they know each other; whether the second can give what the first asks.
        best: The most points, with nearness, that each has with anybody.
    """

    row: UInt64[np.ndarray, "people 12"]
    worth: Int32[np.ndarray, "people"]
    way: UInt8[np.ndarray, "people people"]
    pairs: Int32[np.ndarray, "people people"]
    near: Int32[np.ndarray, "people people"]
    tied: Bool[np.ndarray, "people people"]
    asks: Bool[np.ndarray, "people people"]
    best: Int32[np.ndarray, "people"]


class Found(NamedTuple):
    """Circles as rows of members, -1 where there is no more, and what each is worth."""

    member: Int32[np.ndarray, "circles 8"]
    value: Int64[np.ndarray, "circles"]


@inlined
def _bits(bits: int) -> int:
    n = 0
    while bits != 0:
        bits &= bits - _ONE
        n += 1
    return n


@compiled
def _hope(
    t: Tables,
    price: Float64[np.ndarray, "people"],
    left: Int32[np.ndarray, "_"],
    n_left: int,
    acc: Int32[np.ndarray, "_"],
    k: int,
    pairs: int,
    fixed: float,
    roles: int,
    least: int,
    most: int,
    role: int,
    ask: int,
    score: Float64[np.ndarray, "8"],
) -> float:
    """Return more than any circle can be worth, above its price, that adds some of `left`."""
    hope = -1e18
    for size in range(max(k + 1, least), most + 1):
        more = size - k
        if more > n_left:
            break
        per = UNIT / (size - 1)
        for place in range(more):
            score[place] = -1e18
        for at in range(n_left):
            j = left[at]
            new = _bits((t.row[j, 7] >> np.uint64(56)) & ~roles)
            one = per * (acc[at] + 0.5 * (more - 1) * t.best[j]) - price[j]
            one += UNIT * (t.worth[j] + ask + role * new)
            place = more - 1
            if one <= score[place]:
                continue
            while place > 0 and score[place - 1] < one:
                score[place] = score[place - 1]
                place -= 1
            score[place] = one
        total = per * pairs + fixed
        for place in range(more):
            total += score[place]
        hope = max(hope, total)
    return hope


@with_room
def worth_more(
    t: Tables,
    price: Float64[np.ndarray, "people"],
    above: float,
    least: int,
    most: int,
    numbers: tuple[int, int, int],
    each: int,
    found: Found,
    gain: Float64[np.ndarray, "people"],
) -> tuple[int, int]:
    """Write circles worth more than `above` over what their members cost; return how many.

    Of the circles of which somebody is the first member, up to `each` are kept, and then only
    those that are worth more than the best half of them. `gain` says by how much the best of each
    does. The second number says how many there were.

    Args:
        numbers: Points for a bridge, a role and an ask.
    """
    bridge_points, role, ask = numbers
    n = len(t.worth)
    left, acc = np.empty((_DEEP, n), np.int32), np.empty((_DEEP, n), np.int32)
    n_left, at = np.zeros(_DEEP, np.int64), np.zeros(_DEEP, np.int64)
    member, score = np.empty(_DEEP, np.int32), np.empty(8)
    week, speech = np.empty((_DEEP, 6), np.uint64), np.empty(_DEEP, np.uint64)
    some, way = np.empty(_DEEP, np.uint64), np.empty(_DEEP, np.uint8)
    pairs, near = np.zeros(_DEEP, np.int64), np.zeros(_DEEP, np.int64)
    whole, tender = np.zeros(_DEEP, np.int64), np.zeros(_DEEP, np.int64)
    cost, bridge = np.zeros(_DEEP), np.zeros(_DEEP, np.bool_)
    total, seen = 0, 0
    for root in range(n):
        gain[root] = above
        begin = total
        limit = above
        for word in range(6):
            week[0, word] = t.row[root, word]
        speech[0], some[0] = t.row[root, 6], t.row[root, 7]
        way[0] = np.uint8((t.row[root, 7] >> np.uint64(32)) & np.uint64(3))
        whole[0], cost[0], member[0] = t.worth[root], price[root], root
        tender[0] = np.int64((t.row[root, 7] >> np.uint64(34)) & _ONE)
        n_left[0], at[0] = 0, 0
        for j in range(root + 1, n):
            if t.way[root, j]:
                left[0, n_left[0]] = j
                acc[0, n_left[0]] = t.pairs[root, j] + t.near[root, j]
                n_left[0] += 1
        k = 1
        while k > 0:
            d = k - 1
            if k == most or at[d] == n_left[d]:
                k -= 1
                continue
            here = at[d]
            j = left[d, here]
            at[d] += 1
            free = np.uint64(0)
            for word in range(6):
                both = week[d, word] & t.row[j, word]
                week[k, word] = both
                free |= both
            speech[k] = speech[d] & t.row[j, 6]
            if free == 0 or speech[k] == 0:
                continue
            tender[k] = tender[d] + np.int64((t.row[j, 7] >> np.uint64(34)) & _ONE)
            way[k] = way[d]
            bridge[k], pairs[k], near[k] = bridge[d], pairs[d], near[d]
            for place in range(k):
                way[k] &= t.way[member[place], j]
                pairs[k] += t.pairs[member[place], j]
                near[k] += t.near[member[place], j]
                bridge[k] |= t.tied[member[place], j]
            if way[k] == 0 or 3 * tender[k] > most:
                continue
            some[k], whole[k] = some[d] | t.row[j, 7], whole[d] + t.worth[j]
            cost[k], member[k] = cost[d] + price[j], j
            k += 1
            d = k - 1
            roles = some[d] >> np.uint64(56)
            if k >= least and 3 * tender[d] <= k and (some[d] >> np.uint64(36)) & _ONE != 0:
                met = 0
                for a in range(k):
                    asked = False
                    for b in range(k):
                        asked |= t.asks[member[a], member[b]]
                    met += asked
                all_pairs = pairs[d] + near[d] * (way[d] & 1)
                value = UNIT * all_pairs // (k - 1)
                value += UNIT * (
                    whole[d] + bridge_points * bridge[d] + role * _bits(roles) + ask * met
                )
                over = value - cost[d]
                if over > above:
                    seen += 1
                    gain[root] = max(gain[root], over)
                    if over > limit and total < len(found.value):
                        if total - begin == each:
                            limit = max(limit, 0.5 * (gain[root] + above))
                            kept = begin
                            for c in range(begin, total):
                                dear = 0.0
                                for place in range(8):
                                    if found.member[c, place] >= 0:
                                        dear += price[found.member[c, place]]
                                if found.value[c] - dear > limit:
                                    found.member[kept] = found.member[c]
                                    found.value[kept] = found.value[c]
                                    kept += 1
                            total = kept
                        if total - begin < each and over > limit:
                            for place in range(8):
                                found.member[total, place] = member[place] if place < k else -1
                            found.value[total] = value
                            total += 1
            n_left[d], at[d] = 0, 0
            if k == most:
                k -= 1
                continue
            for after in range(here + 1, n_left[d - 1]):
                other = left[d - 1, after]
                if t.way[j, other] & way[d]:
                    left[d, n_left[d]] = other
                    acc[d, n_left[d]] = acc[d - 1, after] + t.pairs[j, other] + t.near[j, other]
                    n_left[d] += 1
            fixed = UNIT * (whole[d] + bridge_points + role * _bits(roles) + ask * k) - cost[d]
            most_pairs = pairs[d] + near[d]
            hope = _hope(
                t,
                price,
                left[d],
                n_left[d],
                acc[d],
                k,
                most_pairs,
                fixed,
                roles,
                least,
                most,
                role,
                ask,
                score,
            )
            if hope <= limit:
                k -= 1
    return total, seen
