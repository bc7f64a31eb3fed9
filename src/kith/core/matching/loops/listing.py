"""Every circle that the people on a desk can make; every pair of candidates."""

import numpy as np
from jaxtyping import Int32

from kith.core.matching.loops.bits import HALF, ONE, count, lowest
from kith.core.matching.loops.compiled import compiled, inlined
from kith.core.matching.loops.desks import MOST_CIRCLES, NEAR, STAYING, Desk
from kith.core.matching.loops.rows import NONE, Near, Rows
from kith.core.matching.loops.worth import value_of_pair, whole_worth
from kith.core.matching.points import Numbers


@compiled
def list_circles(
    rows: Rows,
    kept: Int32[np.ndarray, "people"],
    n: int,
    least: int,
    most: int,
    teams: int,
    desk: Desk,
    points: Numbers,
) -> int:
    """Write down every circle that the `n` people on the desk can make; return how many.

    Those who stay together (`kept`, the same number) are in it all or none; of a team enough that
    its circle goes on, or one, or none.
    """
    path = desk.path
    member, left, week, speech = path.member, path.left, path.week, path.speech
    every, some, mask, in_person = path.every, path.some, path.mask, path.in_person
    pairs, whole, tender, bridge = path.pairs, path.whole, path.tender, path.bridge
    single, row = np.uint64(0), rows.row
    for a in range(n):
        if kept[desk.who[a]] == NONE:
            single |= ONE << np.uint64(a)
    found = 0
    for root in range(n):
        # Where several stay together, the first of them stands for all.
        together = np.uint64(0)
        mark = kept[desk.who[root]]
        if mark != NONE:
            for a in range(n):
                if kept[desk.who[a]] == mark:
                    together |= ONE << np.uint64(a)
            if lowest(together) != root:
                continue
            together ^= ONE << np.uint64(root)
        base = 1 + count(together)
        k, add = 0, root
        while True:
            # One more: `add` joins the k who are there.
            i = desk.who[add]
            bit = ONE << np.uint64(add)
            fine = True
            if k == 0:
                for word in range(6):
                    week[0, word] = row[i, word]
                speech[0], every[0], some[0], mask[0] = row[i, 6], row[i, 7], row[i, 7], bit
                pairs[0], bridge[0] = 0, np.uint64(0)
                in_person[0] = (row[i, 7] >> HALF) & ONE
                whole[0] = rows.worth[i]
                tender[0] = np.int64((row[i, 7] >> np.uint64(34)) & ONE)
                left[0] = desk.fit[add] & single
                if mark == NONE:
                    left[0] &= ~(bit | (bit - ONE))
            else:
                d = k - 1
                free = np.uint64(0)
                for word in range(6):
                    both = week[d, word] & row[i, word]
                    week[k, word] = both
                    free |= both
                speech[k], every[k] = speech[d] & row[i, 6], every[d] & row[i, 7]
                # All pairs can meet in person, or all are online.
                in_person[k] = in_person[d] & np.uint64(mask[d] & ~desk.in_person[add] == 0)
                tender[k] = tender[d] + np.int64((row[i, 7] >> np.uint64(34)) & ONE)
                online = (every[k] >> np.uint64(33)) & ONE
                fine = (
                    free != 0
                    and speech[k] != 0
                    and (in_person[k] | online) != 0
                    and 3 * tender[k] <= most
                    and mask[d] & ~desk.fit[add] == 0
                )
                if fine:
                    some[k], mask[k] = some[d] | row[i, 7], mask[d] | bit
                    bridge[k] = bridge[d] | (desk.tied[add] & mask[d])
                    whole[k] = whole[d] + rows.worth[i]
                    more = pairs[d]
                    for place in range(k):
                        more += desk.pairs[add, member[place]]
                    pairs[k] = more
                    left[k] = left[d] & desk.fit[add]
            if fine and mask[k] & teams != 0:
                fine = _may_go_on(mask[k], left[k], k + 1, most, teams, desk)
            if fine:
                member[k] = add
                k += 1
                if (
                    k >= least
                    and k >= base
                    and 3 * tender[k - 1] <= k
                    and (some[k - 1] >> np.uint64(35)) & ONE != 0
                    and ((some[k - 1] >> np.uint64(36)) & ONE != 0 or base >= least)
                    and (
                        mask[k - 1] & teams == 0
                        or _may_go_on(mask[k - 1], np.uint64(0), k, k, teams, desk)
                    )
                ):
                    asks = 0
                    for place in range(k):
                        asks += desk.met[member[place]] & mask[k - 1] != 0
                    total = whole[k - 1] + points.role * count(some[k - 1] >> np.uint64(56))
                    total += points.bridge * (bridge[k - 1] != 0) + points.ask * asks
                    points_of_two, near, stay = apart(pairs[k - 1])
                    total += stay
                    close = points_of_two + near * np.int64(in_person[k - 1])
                    if found == MOST_CIRCLES:
                        return found
                    desk.mask[found] = mask[k - 1]
                    desk.value[found] = whole_worth(k, close, total, points)
                    found += 1
            elif k < base:
                break
            if k < base:
                add = lowest(together)
                together &= together - ONE
                continue
            # The next to try: somebody left, for the deepest state that has one.
            while k >= base and (k == most or left[k - 1] == 0 or k + count(left[k - 1]) < least):
                k -= 1
            if k < base:
                break
            rest = left[k - 1] & (left[k - 1] - ONE)
            add = lowest(left[k - 1])
            left[k - 1] = rest
    return found


@inlined
def apart(pairs: int) -> tuple[int, int, int]:
    """Return the three kinds of points that are in one sum, see `NEAR`."""
    # What is below 0 has borrowed one from above.
    low = ((pairs + (1 << (NEAR - 1))) & ((1 << NEAR) - 1)) - (1 << (NEAR - 1))
    high = (pairs - low) >> NEAR
    return low, high & ((1 << (STAYING - NEAR)) - 1), high >> (STAYING - NEAR)


@inlined
def _may_go_on(mask: int, left: int, k: int, most: int, teams: int, desk: Desk) -> bool:
    """Return whether some of those `left` can still make these `k` a circle that ends no team."""
    bits = mask & teams
    while bits != 0:
        a = lowest(bits)
        team = desk.team[a]
        bits &= ~team
        now = count(mask & team)
        missing = desk.least[a] - now
        if now > 1 and (missing > most - k or missing > count(left & team)):
            return False
    return True


@compiled
def list_pairs(
    rows: Rows,
    near: Near,
    points: Numbers,
    one: Int32[np.ndarray, "_"],
    other: Int32[np.ndarray, "_"],
    value: Int32[np.ndarray, "_"],
) -> int:
    """Write each pair of candidates once, with its value; return how many."""
    found = 0
    for i in range(len(near.n)):
        for place in range(near.n[i]):
            j = near.other[i, place]
            if j < i:
                known = False
                for back in range(near.n[j]):
                    known |= near.other[j, back] == i
                if known:
                    continue
            worth = value_of_pair(rows, i, j, points)
            if worth > 0:
                one[found], other[found], value[found] = i, j, worth
                found += 1
    return found
