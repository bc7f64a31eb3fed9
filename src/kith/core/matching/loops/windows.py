"""One window after another, each solved exactly, and people reseated where that is better."""

import numpy as np
from jaxtyping import Int32, UInt64

from kith.core.matching.loops.bits import HALF, ONE, below, lowest, mixed
from kith.core.matching.loops.choosing import choose, keep_cheap, price
from kith.core.matching.loops.compiled import compiled, inlined
from kith.core.matching.loops.desks import Desk, find_teams, gather, look_at_pairs
from kith.core.matching.loops.listing import list_circles
from kith.core.matching.loops.rows import NONE, Near, Rows, Seats
from kith.core.matching.points import Numbers

# People in a window: to begin with, and where they fit very well together.
MIDDLING, NARROWEST = 18, 12


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
        if kept[i] != NONE and (covered >> np.uint64(at)) & ONE == 0:
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
                bits &= bits - ONE
            after = max(after, many)
        if after < whole[i] - 1:
            return True
    return False


@inlined
def _noise(mask: int, heat: int, salt: int) -> int:
    """Return a number from -heat to heat, the same for a circle in one window."""
    return np.int64((mixed(mask ^ salt) >> HALF) * np.uint64(2 * heat + 1) >> HALF) - heat


@compiled
def _warmed(
    seats: Seats,
    n: int,
    n_circles: int,
    found: int,
    heat: int,
    dice: UInt64[np.ndarray, "1"],
    desk: Desk,
) -> int:
    """Make each circle on the desk worth up to `heat` more or less; return what those now are.

    A choice that only seems better leads out of one that no single window can better (the noising
    method, Charon and Hudry 1993). What circles are worth is known again once people sit.
    """
    now, salt = np.int64(0), np.uint64(below(dice, 1 << 31))
    for c in range(found):
        desk.noise[c] = _noise(desk.mask[c], heat, salt) if heat > 0 else 0
        desk.value[c] += desk.noise[c]
    for place in range(n_circles):
        g, mask = desk.circle[place], np.uint64(0)
        now += seats.value[g]
        for a in range(n):
            if seats.circle_of[desk.who[a]] == g:
                mask |= ONE << np.uint64(a)
        now += _noise(mask, heat, salt) if heat > 0 else 0
    return now


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
            bits &= bits - ONE
            seats.member[g, k], seats.circle_of[i] = i, g
            k += 1
        c = desk.chosen[place]
        seats.size[g], seats.value[g] = k, desk.value[c] - desk.noise[c]
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
    steps: int,
    heat: int,
    cooling: int,
    seed: int,
    points: Numbers,
    desk: Desk,
) -> int:
    """Solve windows among the people of one shard, and reseat them where it is better.

    Each begins with the most hopeful of five: `hope` is what their last windows had left to gain,
    so far as the bound tells. `heat` is how much a circle may seem to be worth more or less; it is
    less by `cooling` in the end. Returns the value gained.
    """
    dice = desk.dice
    dice[0] = mixed(np.uint64(seed))
    gained, wide = np.int64(0), min(widest, MIDDLING)
    for window in range(windows):
        start = people[below(dice, len(people))]
        for again in range(4):
            other = people[below(dice, len(people))]
            if hope[other] > hope[start]:
                start = other
        n, n_circles = gather(near, seats, kept, whole, most, shard, mine, start, wide, desk, dice)
        if n < least:
            hope[start] //= 2
            continue
        look_at_pairs(rows, kept, n, desk, points)
        teams = find_teams(rows, seats, kept, whole, n, desk)
        found = list_circles(rows, kept, n, least, most, teams, desk, points)
        # Where many fit together, a smaller window holds as many circles.
        if found > aim:
            wide = max(wide - (4 if found > 4 * aim else 1), NARROWEST)
        elif 3 * found < aim:
            wide = min(wide + 1, widest)
        now = _warmed(seats, n, n_circles, found, heat - cooling * window // windows, dice, desk)
        bound = price(n, found, 4, desk)
        for a in range(n):
            hope[desk.who[a]] = (3 * hope[desk.who[a]] + (bound - now)) // 4
        if bound <= now:
            continue
        found = keep_cheap(n, found, bound - now, desk)
        chosen, lost = choose(n, found, bound - now, steps, desk)
        if chosen < 0 or _is_broken(rows, seats, kept, whole, n, chosen, least, desk):
            continue
        gained += bound - lost - now
        n_free = _reseat(seats, kept, n, n_circles, chosen, free, n_free, desk)
    return gained
