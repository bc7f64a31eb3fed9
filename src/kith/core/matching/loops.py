"""The loops of matching, as machine code.

One file, though a long one: numba keeps what it compiled for the next process, and sees only a
change of the file itself, not of another from which it calls.

Those who look for a circle are rows of twelve words, see `packed`. A circle under way is a
*state*; its value in units is

    60 * (pair points + points for nearness) // (k - 1)
        + 60 * (bridge + roles + asks met) + 60 * sum of what each member counts for
"""

from typing import NamedTuple

import numpy as np
from jaxtyping import Bool, Int8, Int16, Int32, UInt8, UInt64

from kith.core.matching.compiled import compiled, inlined
from kith.core.matching.points import UNIT, Numbers

NONE = -1
# People in one window, at most and if they fit very well together; circles looked at in it, and steps of its search: at most.
WIDEST, NARROWEST, MOST_CIRCLES, MOST_STEPS = 64, 12, 8192, 4000
LARGEST = 8
NEVER = -(1 << 40)
_LOW = np.uint64(0xFFFFFFFF)
_ONE = np.uint64(1)
_HALF = np.uint64(32)


class Rows(NamedTuple):
    """People as the loops read them; `packed` says what each bit is."""

    row: UInt64[np.ndarray, "people 12"]
    worth: Int32[np.ndarray, "people"]
    before: Int32[np.ndarray, "people"]
    tie_start: Int32[np.ndarray, "_"]
    tie: Int32[np.ndarray, "_"]
    apart_start: Int32[np.ndarray, "_"]
    apart: Int32[np.ndarray, "_"]


class Seats(NamedTuple):
    """Who sits where: circle g has `size[g]` members, 0 where there is none."""

    circle_of: Int32[np.ndarray, "people"]
    member: Int32[np.ndarray, "circles largest"]
    size: Int8[np.ndarray, "circles"]
    value: Int32[np.ndarray, "circles"]


class Near(NamedTuple):
    """The best few others for each person, the first `n[i]` of row i, in no order."""

    other: Int32[np.ndarray, "people few"]
    score: Int16[np.ndarray, "people few"]
    n: Int16[np.ndarray, "people"]


# ---- bits and dice ----------------------------------------------------------


@inlined
def count(bits: int) -> int:
    """Return how many bits are set. The compiler knows this pattern, and makes one step of it."""
    x = bits - ((bits >> _ONE) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def lowest(bits: int) -> int:
    """Return the place of the lowest set bit."""
    return count((bits & (~bits + _ONE)) - _ONE)


@inlined
def mixed(bits: int) -> int:
    """Return 64 bits that look like dice and hang on every bit given (splitmix64)."""
    x = bits + np.uint64(0x9E3779B97F4A7C15)
    x = (x ^ (x >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    x = (x ^ (x >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return x ^ (x >> np.uint64(31))


@inlined
def below(dice: UInt64[np.ndarray, "1"], n: int) -> int:
    """Return a number from 0 to below `n`, and move the dice on."""
    dice[0] += np.uint64(0x9E3779B97F4A7C15)
    return np.int64(((mixed(dice[0]) >> _HALF) * np.uint64(n)) >> _HALF)


# ---- two people -------------------------------------------------------------


@compiled
def is_listed(
    start: Int32[np.ndarray, "_"], others: Int32[np.ndarray, "_"], i: int, j: int
) -> bool:
    """Return whether `j` is among the others of `i`."""
    if start[j + 1] - start[j] < start[i + 1] - start[i]:
        i, j = j, i
    for place in range(start[i], start[i + 1]):
        if others[place] == j:
            return True
    return False


@inlined
def square(row: UInt64[np.ndarray, "people 12"], i: int, j: int) -> int:
    """Return the square of the meters between two people."""
    x = np.int64(np.int32(row[i, 9] & _LOW)) - np.int64(np.int32(row[j, 9] & _LOW))
    y = np.int64(np.int32(row[i, 9] >> _HALF)) - np.int64(np.int32(row[j, 9] >> _HALF))
    z = np.int64(np.int32(row[i, 10] & _LOW)) - np.int64(np.int32(row[j, 10] & _LOW))
    return x * x + y * y + z * z


@inlined
def fits(rows: Rows, i: int, j: int) -> int:
    """Return how two people can meet, as bits of `mode`: 0 is not at all."""
    # Here and below no view of a row is taken: each would be counted, by all threads in one place.
    row = rows.row
    common = (row[i, 0] & row[j, 0]) | (row[i, 1] & row[j, 1]) | (row[i, 2] & row[j, 2])
    common |= (row[i, 3] & row[j, 3]) | (row[i, 4] & row[j, 4]) | (row[i, 5] & row[j, 5])
    if common == 0 or row[i, 6] & row[j, 6] == 0:
        return 0
    mine, theirs = row[i, 7], row[j, 7]
    modes = ((mine & theirs) >> _HALF) & np.uint64(3)
    if modes == 0:
        return 0
    # Bits 40 to 47 are what somebody requires, 48 to 55 what they offer.
    lacks = (mine >> np.uint64(40)) & ~(theirs >> np.uint64(48))
    lacks |= (theirs >> np.uint64(40)) & ~(mine >> np.uint64(48))
    if lacks & np.uint64(255) != 0:
        return 0
    if modes & _ONE:
        reach = np.int64(min(row[i, 10] >> _HALF, row[j, 10] >> _HALF))
        if square(row, i, j) > reach * reach:
            modes &= np.uint64(2)
            if modes == 0:
                return 0
    # Bit 38: there is somebody they never meet.
    if (mine & theirs) >> np.uint64(38) & _ONE and is_listed(rows.apart_start, rows.apart, i, j):
        return 0
    return np.int64(modes)


@inlined
def nearness(row: UInt64[np.ndarray, "people 12"], i: int, j: int, points: Numbers) -> int:
    """Return the points of two people for living near each other."""
    far = square(row, i, j)
    for step in range(4):
        if far <= points.near_m[step] * points.near_m[step]:
            return points.near[step]
    return 0


@inlined
def affinity(rows: Rows, i: int, j: int, points: Numbers) -> tuple[int, int]:
    """Return the points of a pair, and 1 if they know each other already."""
    row = rows.row
    mine, theirs = row[i, 7], row[j, 7]
    found = points.shared[min(count(mine & theirs & _LOW), 4)]
    # Word 8: what somebody gives, and above it what they would like to receive.
    one = min(count(row[i, 8] & (row[j, 8] >> _HALF)), 2)
    other = min(count(row[j, 8] & (row[i, 8] >> _HALF)), 2)
    found += points.met * (one + other)
    if one > 0 and other > 0:
        found += points.both_met
    tied = 0
    # Bit 37: there is somebody they know.
    if (mine & theirs) >> np.uint64(37) & _ONE and is_listed(rows.tie_start, rows.tie, i, j):
        tied = 1
        found += points.tied
    knot, other_knot = row[i, 11] & _LOW, row[j, 11] & _LOW
    if knot != other_knot and knot != 0 and other_knot != 0:
        found += points.other_cluster
    dice = mixed((row[i, 11] >> _HALF) + (row[j, 11] >> _HALF)) >> _HALF
    found += np.int64((dice * np.uint64(points.chance + 1)) >> _HALF)
    return found, tied


@inlined
def staying(rows: Rows, i: int, j: int, points: Numbers) -> int:
    """Return the points for leaving two people where they sat together last time.

    Circles that can go on as they are have even numbers, what is left of others odd ones.
    """
    if rows.before[i] < 0 or rows.before[i] != rows.before[j]:
        return 0
    return points.survived if rows.before[i] & 1 else points.together


# ---- the best few others ----------------------------------------------------


@compiled
def _a_bit(bits: int, dice: UInt64[np.ndarray, "1"], most: int) -> int:
    """Return the place of some set bit among the lowest `most`, or `most` if none is set."""
    start = below(dice, most)
    for step in range(most):
        place = (start + step) % most
        if (bits >> np.uint64(place)) & _ONE:
            return place
    return most


@compiled
def _a_block(row: UInt64[np.ndarray, "people 12"], i: int, dice: UInt64[np.ndarray, "1"]) -> int:
    """Return one of the 84 stretches of two hours in which a meeting can start, or 84."""
    start = below(dice, 84)
    for step in range(84):
        half = ((start + step) % 84) * 4
        if (row[i, half >> 6] >> np.uint64(half & 63)) & np.uint64(15):
            return half >> 2
    return 84


@compiled
def keys(
    row: UInt64[np.ndarray, "people 12"],
    cell: UInt64[np.ndarray, "people"],
    mode: int,
    seed: int,
    found: UInt64[np.ndarray, "people"],
) -> None:
    """Write a key for each who would meet in this mode: like people get keys near each other.

    In person: a cell of the map (18 bits of `cell`); online: a language. Then a stretch of free
    time, a practice, and dice, each by chance among what somebody has.
    """
    dice = np.empty(1, np.uint64)
    for i in range(len(row)):
        dice[0] = mixed(np.uint64(seed) + np.uint64(i))
        if mode == 1:
            first = cell[i]
        else:
            first = np.uint64(_a_bit(row[i, 6], dice, 64))
        key = (first << np.uint64(7)) | np.uint64(_a_block(row, i, dice))
        key = (key << np.uint64(6)) | np.uint64(_a_bit(row[i, 7], dice, 32))
        found[i] = (key << np.uint64(16)) | np.uint64(below(dice, 1 << 16))


@compiled
def _offer(near: Near, i: int, j: int, score: int) -> None:
    """Keep `j` among the best few for `i` if it is one of them."""
    n, few = near.n[i], near.other.shape[1]
    place = np.int64(n)
    if n == few:
        place = 0
        least = near.score[i, 0]
        for c in range(1, few):
            if near.score[i, c] < least:
                least, place = near.score[i, c], c
        if score <= least:
            return
    known = False
    for c in range(n):
        known |= near.other[i, c] == j
    if known:
        return
    near.other[i, place], near.score[i, place] = j, score
    if n < few:
        near.n[i] = n + 1


@compiled
def probe(
    rows: Rows, order: Int32[np.ndarray, "_"], width: int, near: Near, points: Numbers
) -> None:
    """Let each of `order` meet the next `width` in it, and both keep the other if good enough."""
    for place in range(len(order)):
        i = order[place]
        for after in range(place + 1, min(place + 1 + width, len(order))):
            j = order[after]
            modes = fits(rows, i, j)
            if modes == 0:
                continue
            score, tied = affinity(rows, i, j, points)
            overlap = 0
            for word in range(6):
                overlap += count(rows.row[i, word] & rows.row[j, word])
            score = 4 * score + 5 * min(overlap, 24) + 60 * (modes & 1) + 80 * tied
            _offer(near, i, j, score)
            _offer(near, j, i, score)


@compiled
def probe_ties(rows: Rows, start: int, stop: int, near: Near, points: Numbers) -> None:
    """Let those from `start` to before `stop` meet whom they know already."""
    for i in range(start, stop):
        for place in range(rows.tie_start[i], rows.tie_start[i + 1]):
            j = rows.tie[place]
            if fits(rows, i, j):
                score, _ = affinity(rows, i, j, points)
                _offer(near, i, j, 4 * score + 200)


# ---- a circle ---------------------------------------------------------------


@inlined
def _worth(k: int, pairs: int, whole: int, points: Numbers) -> int:
    """Return the value of a circle of `k` in units."""
    return UNIT * pairs // (k - 1) + UNIT * whole


@compiled
def value_of(
    rows: Rows, members: Int32[np.ndarray, "_"], k: int, least: int, stands: bool, points: Numbers
) -> int:
    """Return the value of the circle of the first `k` members, NEVER if it cannot be one.

    Fewer than `least` are a part of a circle: what only a whole one must have is not asked. One
    that `stands` already need not have somebody steady: a hard week of theirs does not end it.
    """
    row, i = rows.row, members[0]
    w0, w1, w2, w3, w4, w5 = row[i, 0], row[i, 1], row[i, 2], row[i, 3], row[i, 4], row[i, 5]
    speech, modes, some = row[i, 6], (row[i, 7] >> _HALF) & np.uint64(3), row[i, 7]
    tender, whole = np.int64((row[i, 7] >> np.uint64(34)) & _ONE), np.int64(rows.worth[i])
    for a in range(1, k):
        i = members[a]
        w0, w1, w2 = w0 & row[i, 0], w1 & row[i, 1], w2 & row[i, 2]
        w3, w4, w5 = w3 & row[i, 3], w4 & row[i, 4], w5 & row[i, 5]
        speech &= row[i, 6]
        modes &= row[i, 7] >> _HALF
        tender += np.int64((row[i, 7] >> np.uint64(34)) & _ONE)
        some |= row[i, 7]
        whole += np.int64(rows.worth[i])
    if w0 | w1 | w2 | w3 | w4 | w5 == 0 or speech == 0 or modes == 0:
        return NEVER
    # Bit 35: past their first 90 days; 36: and steady besides.
    needed = np.uint64(35) if stands else np.uint64(36)
    if 3 * tender > max(k, least) or (k >= least and (some >> needed) & _ONE == 0):
        return NEVER
    pairs, near, bridge, asks = 0, 0, 0, 0
    for a in range(k):
        i = members[a]
        met = np.uint64(0)
        for b in range(k):
            j = members[b]
            if a != b:
                met |= (row[i, 8] >> _HALF) & row[j, 8]
            if b <= a:
                continue
            modes &= np.uint64(fits(rows, i, j))
            if modes == 0:
                return NEVER
            found, tied = affinity(rows, i, j, points)
            pairs += found
            bridge |= tied
            near += nearness(row, i, j, points)
            whole += staying(rows, i, j, points)
        asks += met != 0
    if modes & _ONE:
        pairs += near
    whole += points.bridge * bridge + points.role * count(some >> np.uint64(56)) + points.ask * asks
    return _worth(k, pairs, whole, points)


# ---- one window: some circles and some who have none, solved exactly ---------


class Desk(NamedTuple):
    """Room to work in, one for each job."""

    who: Int32[np.ndarray, "64"]
    circle: Int32[np.ndarray, "64"]
    fit: UInt64[np.ndarray, "64"]
    in_person: UInt64[np.ndarray, "64"]
    tied: UInt64[np.ndarray, "64"]
    met: UInt64[np.ndarray, "64"]
    stay: UInt64[np.ndarray, "64"]
    pairs: Int32[np.ndarray, "64 64"]
    near: Int32[np.ndarray, "64 64"]
    mask: UInt64[np.ndarray, "circles"]
    value: Int32[np.ndarray, "circles"]
    slack: Int32[np.ndarray, "circles"]
    price: Int32[np.ndarray, "64"]
    rank: Int32[np.ndarray, "64"]
    start: Int32[np.ndarray, "66"]
    listed: Int32[np.ndarray, "listed"]
    chosen: Int32[np.ndarray, "64"]


def desk() -> Desk:
    """Return room for one job."""
    few, many = (64,), (MOST_CIRCLES,)
    return Desk(
        np.zeros(few, np.int32), np.zeros(few, np.int32),
        *(np.zeros(few, np.uint64) for _ in range(5)),
        np.zeros((64, 64), np.int32), np.zeros((64, 64), np.int32),
        np.zeros(many, np.uint64), np.zeros(many, np.int32), np.zeros(many, np.int32),
        np.zeros(few, np.int32), np.zeros(few, np.int32), np.zeros(66, np.int32),
        np.zeros(MOST_CIRCLES * LARGEST, np.int32), np.zeros(few, np.int32),
    )  # fmt: skip


@compiled
def gather(
    near: Near,
    seats: Seats,
    shard: Int32[np.ndarray, "people"],
    mine: int,
    start: int,
    wide: int,
    desk: Desk,
    dice: UInt64[np.ndarray, "1"],
) -> tuple[int, int]:
    """Lay `start` and who is good for them on the desk; return how many people and circles.

    Whoever has a circle comes with all of it.
    """
    n, n_circles, x = 0, 0, start
    for attempt in range(6 * wide):
        if attempt > 0:
            p = start
            if below(dice, 6) == 0:
                p = desk.who[below(dice, n)]
            if near.n[p] == 0:
                continue
            x = near.other[p, below(dice, near.n[p])]
        if shard[x] != mine:
            continue
        g = seats.circle_of[x]
        known = False
        if g == NONE:
            for place in range(n):
                known |= desk.who[place] == x
            if not known:
                desk.who[n] = x
                n += 1
        else:
            for place in range(n_circles):
                known |= desk.circle[place] == g
            if not known and n + seats.size[g] <= wide:
                desk.circle[n_circles] = g
                n_circles += 1
                for place in range(seats.size[g]):
                    desk.who[n] = seats.member[g, place]
                    n += 1
        if n >= wide - 1 or n == 0:
            break
    return n, n_circles


@compiled
def look_at_pairs(rows: Rows, n: int, desk: Desk, points: Numbers) -> None:
    """Write down how each two of the `n` people on the desk go together."""
    for a in range(n):
        desk.fit[a], desk.in_person[a] = np.uint64(0), np.uint64(0)
        desk.tied[a], desk.met[a], desk.stay[a] = np.uint64(0), np.uint64(0), np.uint64(0)
    for a in range(n):
        i = desk.who[a]
        for b in range(a + 1, n):
            j = desk.who[b]
            modes = fits(rows, i, j)
            if modes == 0:
                continue
            found, tied = affinity(rows, i, j, points)
            desk.pairs[a, b] = found
            desk.pairs[b, a] = found
            bit_a, bit_b = _ONE << np.uint64(a), _ONE << np.uint64(b)
            desk.fit[a] |= bit_b
            desk.fit[b] |= bit_a
            if modes & 1:
                desk.in_person[a] |= bit_b
                desk.in_person[b] |= bit_a
                close = nearness(rows.row, i, j, points)
                desk.near[a, b] = close
                desk.near[b, a] = close
            else:
                desk.near[a, b] = 0
                desk.near[b, a] = 0
            if tied:
                desk.tied[a] |= bit_b
                desk.tied[b] |= bit_a
            if staying(rows, i, j, points):
                desk.stay[a] |= bit_b
                desk.stay[b] |= bit_a
            if (rows.row[i, 8] >> _HALF) & rows.row[j, 8]:
                desk.met[a] |= bit_b
            if (rows.row[j, 8] >> _HALF) & rows.row[i, 8]:
                desk.met[b] |= bit_a


@compiled
def list_circles(
    rows: Rows,
    kept: Int32[np.ndarray, "people"],
    n: int,
    least: int,
    most: int,
    desk: Desk,
    points: Numbers,
) -> int:
    """Write down every circle that the `n` people on the desk can make; return how many.

    Those who stay together (`kept`, the same number) are in it all or none.
    """
    member, left = np.empty(LARGEST + 1, np.int32), np.empty(LARGEST + 1, np.uint64)
    week, speech = np.empty((LARGEST + 1, 6), np.uint64), np.empty(LARGEST + 1, np.uint64)
    every, some = np.empty(LARGEST + 1, np.uint64), np.empty(LARGEST + 1, np.uint64)
    mask, in_person = np.empty(LARGEST + 1, np.uint64), np.empty(LARGEST + 1, np.uint64)
    pairs, near = np.empty(LARGEST + 1, np.int64), np.empty(LARGEST + 1, np.int64)
    whole, tender = np.empty(LARGEST + 1, np.int64), np.empty(LARGEST + 1, np.int64)
    bridge = np.empty(LARGEST + 1, np.uint64)
    single, row = np.uint64(0), rows.row
    for a in range(n):
        if kept[desk.who[a]] == NONE:
            single |= _ONE << np.uint64(a)
    found = 0
    for root in range(n):
        # Where several stay together, the first of them stands for all.
        together = np.uint64(0)
        mark = kept[desk.who[root]]
        if mark != NONE:
            for a in range(n):
                if kept[desk.who[a]] == mark:
                    together |= _ONE << np.uint64(a)
            if lowest(together) != root:
                continue
            together ^= _ONE << np.uint64(root)
        base = 1 + count(together)
        k, add = 0, root
        while True:
            # One more: `add` joins the k who are there.
            i = desk.who[add]
            bit = _ONE << np.uint64(add)
            fine = True
            if k == 0:
                for word in range(6):
                    week[0, word] = row[i, word]
                speech[0], every[0], some[0], mask[0] = row[i, 6], row[i, 7], row[i, 7], bit
                pairs[0], near[0], bridge[0] = 0, 0, np.uint64(0)
                in_person[0] = (row[i, 7] >> _HALF) & _ONE
                whole[0] = rows.worth[i]
                tender[0] = np.int64((row[i, 7] >> np.uint64(34)) & _ONE)
                left[0] = desk.fit[add] & single
                if mark == NONE:
                    left[0] &= ~(bit | (bit - _ONE))
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
                tender[k] = tender[d] + np.int64((row[i, 7] >> np.uint64(34)) & _ONE)
                online = (every[k] >> np.uint64(33)) & _ONE
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
                    if desk.stay[add] & mask[d] != 0:
                        for place in range(k):
                            whole[k] += staying(rows, i, desk.who[member[place]], points)
                    more, closer = pairs[d], near[d]
                    for place in range(k):
                        more += desk.pairs[add, member[place]]
                        closer += desk.near[add, member[place]]
                    pairs[k], near[k] = more, closer
                    left[k] = left[d] & desk.fit[add]
            if fine:
                member[k] = add
                k += 1
                if (
                    k >= least
                    and k >= base
                    and 3 * tender[k - 1] <= k
                    and (some[k - 1] >> np.uint64(35)) & _ONE != 0
                    and ((some[k - 1] >> np.uint64(36)) & _ONE != 0 or base >= least)
                ):
                    asks = 0
                    for place in range(k):
                        asks += desk.met[member[place]] & mask[k - 1] != 0
                    total = whole[k - 1] + points.role * count(some[k - 1] >> np.uint64(56))
                    total += points.bridge * (bridge[k - 1] != 0) + points.ask * asks
                    close = pairs[k - 1] + near[k - 1] * np.int64(in_person[k - 1])
                    if found == MOST_CIRCLES:
                        return found
                    desk.mask[found] = mask[k - 1]
                    desk.value[found] = _worth(k, close, total, points)
                    found += 1
            elif k < base:
                break
            if k < base:
                add = lowest(together)
                together &= together - _ONE
                continue
            # The next to try: somebody left, for the deepest state that has one.
            while k >= base and (k == most or left[k - 1] == 0 or k + count(left[k - 1]) < least):
                k -= 1
            if k < base:
                break
            rest = left[k - 1] & (left[k - 1] - _ONE)
            add = lowest(left[k - 1])
            left[k - 1] = rest
    return found


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
            bits &= bits - _ONE
            desk.price[a] = max(desk.price[a], each)
            desk.start[a + 1] += 1
    for a in range(n):
        desk.start[a + 1] += desk.start[a]
    for c in range(n_circles):
        bits, total = desk.mask[c], np.int64(0)
        while bits != 0:
            a = lowest(bits)
            bits &= bits - _ONE
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
            desk.slack[kept] = desk.slack[c]
            kept += 1
    return kept


@compiled
def _by_rank(n: int, n_circles: int, desk: Desk) -> None:
    """List the circles of each person of whom no earlier one is in them, cheapest first.

    People come in the order of how few circles they have; `rank` is that order, and masks are
    changed to it.
    """
    place_of = np.empty(64, np.int32)
    many = np.zeros(64, np.int32)
    for c in range(n_circles):
        bits = desk.mask[c]
        while bits != 0:
            many[lowest(bits)] += 1
            bits &= bits - _ONE
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
            moved |= _ONE << np.uint64(place_of[lowest(bits)])
            bits &= bits - _ONE
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
    used, lost = np.zeros(65, np.uint64), np.zeros(65, np.int64)
    at, person = np.zeros(65, np.int32), np.zeros(65, np.int32)
    taken = np.zeros(65, np.int32)
    every = ~np.uint64(0) if n == 64 else (_ONE << np.uint64(n)) - _ONE
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
            used[depth + 1] = used[depth] | (_ONE << np.uint64(here))
            lost[depth + 1] = lost[depth] + desk.price[desk.rank[here]]
        depth += 1
        at[depth] = -1
    return best_n, best


@compiled
def _is_broken(
    rows: Rows,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    n: int,
    chosen: int,
    least: int,
    desk: Desk,
) -> bool:
    """Return whether the choice on the desk would end a circle that can go on.

    Those who stay together (`kept`) must all sit in one circle; of one that can go on as it is
    (`whole`, how many they are), all but one.
    """
    covered = np.uint64(0)
    for place in range(chosen):
        covered |= desk.mask[desk.chosen[place]]
    for at in range(n):
        i = desk.who[desk.rank[at]]
        if kept[i] != NONE and (covered >> np.uint64(at)) & _ONE == 0:
            many = 0
            for other in range(n):
                many += kept[desk.who[other]] == kept[i]
            if many >= least:
                return True
        if whole[i] == 0:
            continue
        now, after = 0, 0
        for other in range(n):
            j = desk.who[other]
            now += rows.before[j] == rows.before[i] and seats.circle_of[j] == seats.circle_of[i]
        if now < whole[i] - 1:
            continue
        for place in range(chosen):
            many, bits = 0, desk.mask[desk.chosen[place]]
            while bits != 0:
                many += rows.before[desk.who[desk.rank[lowest(bits)]]] == rows.before[i]
                bits &= bits - _ONE
            after = max(after, many)
        if after < whole[i] - 1:
            return True
    return False


@compiled
def _reseat(
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    n: int,
    n_circles: int,
    chosen: int,
    free: Int32[np.ndarray, "_"],
    n_free: int,
    desk: Desk,
) -> int:
    """Seat people as chosen on the desk; return how many numbers for circles are free now.

    What is left of a circle and found nobody to fill it stays together, worth nothing so far.
    """
    for place in range(n_circles):
        g = desk.circle[place]
        for seat in range(seats.size[g]):
            seats.circle_of[seats.member[g, seat]] = NONE
        seats.size[g], seats.value[g] = 0, 0
        free[n_free] = g
        n_free += 1
    for place in range(chosen):
        n_free -= 1
        g, k, bits = free[n_free], 0, desk.mask[desk.chosen[place]]
        while bits != 0:
            i = desk.who[desk.rank[lowest(bits)]]
            bits &= bits - _ONE
            seats.member[g, k], seats.circle_of[i] = i, g
            k += 1
        seats.size[g], seats.value[g] = k, desk.value[desk.chosen[place]]
    for a in range(n):
        mark = kept[desk.who[a]]
        if mark == NONE or seats.circle_of[desk.who[a]] != NONE:
            continue
        n_free -= 1
        g, k = free[n_free], 0
        for b in range(a, n):
            if kept[desk.who[b]] == mark:
                seats.member[g, k], seats.circle_of[desk.who[b]] = desk.who[b], g
                k += 1
        seats.size[g], seats.value[g] = k, 0
    return n_free


@compiled
def improve(
    rows: Rows,
    near: Near,
    seats: Seats,
    kept: Int32[np.ndarray, "people"],
    whole: Int32[np.ndarray, "people"],
    shard: Int32[np.ndarray, "people"],
    mine: int,
    people: Int32[np.ndarray, "some"],
    hope: Int32[np.ndarray, "people"],
    free: Int32[np.ndarray, "_"],
    n_free: int,
    least: int,
    most: int,
    windows: int,
    widest: int,
    aim: int,
    seed: int,
    points: Numbers,
    desk: Desk,
) -> int:
    """Solve windows among the people of one shard, and reseat them where it is better.

    Each begins with the most hopeful of five: `hope` is what their last windows had left to gain,
    so far as the bound tells. Returns the value gained.
    """
    dice = np.empty(1, np.uint64)
    dice[0] = mixed(np.uint64(seed))
    gained, wide = np.int64(0), widest
    for window in range(windows):
        start = people[below(dice, len(people))]
        for again in range(4):
            other = people[below(dice, len(people))]
            if hope[other] > hope[start]:
                start = other
        n, n_circles = gather(near, seats, shard, mine, start, wide, desk, dice)
        if n < least:
            hope[start] //= 2
            continue
        now = np.int64(0)
        for place in range(n_circles):
            now += seats.value[desk.circle[place]]
        look_at_pairs(rows, n, desk, points)
        found = list_circles(rows, kept, n, least, most, desk, points)
        # Where many fit together, a smaller window holds as many circles.
        if found > aim:
            wide = max(wide - 1, NARROWEST)
        elif 3 * found < aim:
            wide = min(wide + 1, widest)
        bound = price(n, found, 4, desk)
        for a in range(n):
            hope[desk.who[a]] = (3 * hope[desk.who[a]] + (bound - now)) // 4
        if bound <= now:
            continue
        found = keep_cheap(n, found, bound - now, desk)
        chosen, lost = choose(n, found, bound - now, MOST_STEPS, desk)
        if chosen < 0 or _is_broken(rows, seats, kept, whole, n, chosen, least, desk):
            continue
        gained += bound - lost - now
        n_free = _reseat(seats, kept, n, n_circles, chosen, free, n_free, desk)
    return gained


@compiled
def grow(
    rows: Rows,
    near: Near,
    seats: Seats,
    shard: Int32[np.ndarray, "people"],
    mine: int,
    order: Int32[np.ndarray, "some"],
    free: Int32[np.ndarray, "_"],
    n_free: int,
    least: int,
    most: int,
    points: Numbers,
) -> int:
    """Seat those in `order` who have no circle, each with the best of who is left.

    Returns how many numbers for circles are left of the `n_free`.
    """
    members = np.empty(LARGEST + 1, np.int32)
    for i in order:
        if seats.circle_of[i] != NONE or near.n[i] < least - 1 or n_free == 0:
            continue
        members[0] = i
        k, value = 1, np.int64(0)
        while k < most:
            best, best_value = NONE, np.int64(NEVER)
            for source in range(min(k, 2)):
                p = members[source]
                for place in range(near.n[p]):
                    j = near.other[p, place]
                    if shard[j] != mine or seats.circle_of[j] != NONE:
                        continue
                    known = False
                    for seat in range(k):
                        known |= members[seat] == j
                    if known:
                        continue
                    members[k] = j
                    found = value_of(rows, members, k + 1, least, False, points)
                    if found > best_value:
                        best, best_value = j, found
            if best == NONE or (k >= least and best_value <= value):
                break
            members[k] = best
            k += 1
            value = best_value
            if 2 * k >= least + most:
                break
        if k < least:
            continue
        n_free -= 1
        g = free[n_free]
        for seat in range(k):
            seats.member[g, seat], seats.circle_of[members[seat]] = members[seat], g
        seats.size[g], seats.value[g] = k, value
    return n_free


@compiled
def fill_tables(
    rows: Rows,
    points: Numbers,
    way: UInt8[np.ndarray, "people people"],
    pairs: Int32[np.ndarray, "people people"],
    near: Int32[np.ndarray, "people people"],
    tied: Bool[np.ndarray, "people people"],
    asks: Bool[np.ndarray, "people people"],
) -> None:
    """Write how each two people go together."""
    for i in range(len(rows.worth)):
        for j in range(len(rows.worth)):
            way[i, j] = fits(rows, i, j) if i != j else 0
            if way[i, j] == 0:
                continue
            pairs[i, j], is_tied = affinity(rows, i, j, points)
            tied[i, j] = is_tied == 1
            asks[i, j] = (rows.row[i, 8] >> _HALF) & rows.row[j, 8] != 0
            if way[i, j] & 1:
                near[i, j] = nearness(rows.row, i, j, points)


@compiled
def survivors(
    rows: Rows, members: Int32[np.ndarray, "_"], k: int, least: int, points: Numbers
) -> int:
    """Return the most of `k` members who can go on together, as bits; of equals the first."""
    some = np.empty(LARGEST, np.int32)
    best = 0
    for bits in range(1, 1 << k):
        if count(np.uint64(bits)) <= count(np.uint64(best)):
            continue
        n = 0
        for place in range(k):
            if (bits >> place) & 1:
                some[n] = members[place]
                n += 1
        if n == 1 or value_of(rows, some, n, n + 1, True, points) > NEVER:
            best = bits
    return best


@compiled
def settle(
    rows: Rows,
    seats: Seats,
    last_hour: Int32[np.ndarray, "people"],
    hour: Int16[np.ndarray, "circles"],
    mode: UInt8[np.ndarray, "circles"],
) -> None:
    """Write the hour and the way in which each circle meets.

    The hour is the one they had, if all still can; else the first of the longest stretch in which
    all can. In person, if all can.
    """
    week = np.empty(6, np.uint64)
    for g in range(len(seats.size)):
        if seats.size[g] == 0:
            continue
        ways, before = np.int64(3), np.int64(NONE)
        for word in range(6):
            week[word] = ~np.uint64(0)
        for seat in range(seats.size[g]):
            i = seats.member[g, seat]
            for word in range(6):
                week[word] &= rows.row[i, word]
            ways &= np.int64((rows.row[i, 7] >> _HALF) & np.uint64(3))
            before = max(before, np.int64(last_hour[i]))
            for other in range(seat):
                ways &= fits(rows, i, seats.member[g, other])
        mode[g] = 1 if ways & 1 else 2
        longest, length, at = 0, 0, 0
        for half in range(336):
            length = length + 1 if (week[half >> 6] >> np.uint64(half & 63)) & _ONE else 0
            if length > longest:
                longest, at = length, half - length + 1
        if before >= 0 and (week[before >> 6] >> np.uint64(before & 63)) & _ONE:
            at = before
        hour[g] = at


@compiled
def value_of_pair(rows: Rows, i: int, j: int, points: Numbers) -> int:
    """Return the value of two people as a pair, NEVER if they cannot be one."""
    row = rows.row
    # Bit 35: past their first 90 days.
    if ((row[i, 7] | row[j, 7]) >> np.uint64(35)) & _ONE == 0:
        return NEVER
    # Partners change.
    if rows.before[i] >= 0 and rows.before[i] == rows.before[j]:
        return NEVER
    modes = fits(rows, i, j)
    if modes == 0:
        return NEVER
    pairs, tied = affinity(rows, i, j, points)
    if modes & 1:
        pairs += nearness(row, i, j, points)
    whole = np.int64(rows.worth[i]) + np.int64(rows.worth[j]) + points.bridge * tied
    whole += points.role * count((row[i, 7] | row[j, 7]) >> np.uint64(56))
    whole += points.ask * ((row[i, 8] >> _HALF) & row[j, 8] != 0)
    whole += points.ask * ((row[j, 8] >> _HALF) & row[i, 8] != 0)
    return _worth(2, pairs, whole, points)


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


@compiled
def value_all(rows: Rows, seats: Seats, least: int, points: Numbers) -> None:
    """Write what each circle is worth by itself; one of two is a pair."""
    for g in range(len(seats.size)):
        if seats.size[g] == 0:
            continue
        if seats.size[g] == 2 and least == 2:
            i, j = seats.member[g, 0], seats.member[g, 1]
            seats.value[g] = value_of_pair(rows, i, j, points)
        else:
            seats.value[g] = value_of(rows, seats.member[g], seats.size[g], least, True, points)
