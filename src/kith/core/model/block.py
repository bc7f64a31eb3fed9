"""What a block of people does in an epoch, as loops that take sixteen of them at once.

Rows of their numbers, and of `scratch`, stand BLOCK apart in one array. Other arrays are read and
written in loops of their own: of many at once, no compiler sees that they do not overlap.
"""

from typing import Any, Final

import numpy as np

from kith.core.brain.shared import either
from kith.core.brain.words import DRUG, EPOCHS_PER_DAY, GONE, NIGHT, OXYTOCIN, REACH, ZERO
from kith.core.model.choosing import I0, I1, chosen
from kith.core.model.compiled import within
from kith.core.model.counts import FIXED, Count
from kith.core.model.learning import happened, learned, read
from kith.core.model.meeting import be_seen, meet, tie
from kith.core.model.noting import day_closed
from kith.core.model.numbers import feeds
from kith.core.model.philox import four_dice
from kith.core.model.state import (
    ACT_BITS,
    FATAL,
    HEARD,
    NO_END,
    NOBODY_MET,
    RESOLVE,
    TONE,
)

Array = Any

# People of a block: their numbers stay in the cache of one core.
BLOCK: Final = 128
_B = BLOCK
# Items of each array of scratch.
SCRATCH: Final = 7 * BLOCK
_PEOPLE = int(Count.PEOPLE_USING)


@within
def choose(base: int, n: int, b: Array, people: Any, p: Any, when: Any, lists: Any, scratch: Any) -> Any:  # fmt: skip
    """Let a block choose; list who reaches and who uses, and return how many they are."""
    (key, step), f = when, feeds(p)
    still = p.still + (p.sleep if step % EPOCHS_PER_DAY == NIGHT else ZERO)
    ints, dice = scratch
    # Parts of arrays from here on: a place that begins at 0 is never below it, and is not asked.
    act, near, apart = people.act[base:][:n], people.near[base:][:n], people.apart[base:][:n]
    met, answered = people.met[base:][:n], people.answered[base:][:n]
    for j in range(n):
        ints[j] = act[j] & ACT_BITS
        ints[_B + j] = near[j]
        ints[2 * _B + j] = apart[j]
    # A loop of their own: words of 64 bits in the next one would let it take eight for sixteen.
    for j in range(n):
        lot = four_dice(base + j, step, key)
        dice[j], dice[_B + j], dice[2 * _B + j], dice[3 * _B + j] = lot
    for j in range(n):
        before = ints[j], ints[_B + j], ints[2 * _B + j]
        lot = dice[j], dice[_B + j], dice[2 * _B + j], dice[3 * _B + j]
        ints[j] = chosen((b, j, _B), before, lot, still, p, f)
    for j in range(n):
        act[j] = np.uint8(ints[j])
    near[:], met[:], answered[:] = 0, NOBODY_MET, NO_END
    return _listed(base, n, ints, dice, lists)


@within
def _listed(base: int, n: int, bits: Array, dice: Array, lists: Any) -> Any:
    """Fill the list; return how many reach, and how many use."""
    (who, lots), reach, use = lists, 0, 0
    for j in range(n):
        back = _B - 1 - use
        # Both places are free, and who belongs in neither is written over.
        who[reach], lots[reach] = base + j, dice[2 * _B + j]
        lots[_B + reach] = dice[3 * _B + j]
        who[back], lots[back] = base + j, dice[2 * _B + j]
        did = bits[j] & ACT_BITS
        reach += did == REACH
        use += did == DRUG
    return reach, use


@within
def meet_some(sizes: Array, who: Array, lots: Array, people: Any, ties: Any, by: Any) -> Any:
    """Let those of a block who use be seen, and those who reach find somebody; return how many did.

    They then stand in front in the list.
    """
    act, met, answered, helped = people.act, people.met, people.answered, people.helped
    near, week = people.near, people.week
    start, ends, floats, using, partners = ties
    for x in range(_B - sizes[1], _B):
        be_seen(who[x], lots[x], near, start, ends, using)
    kept = 0
    for x in range(sizes[0]):
        i, lot = who[x], (lots[x], lots[_B + x])
        meet(i, lot, act, met, answered, helped, near, week, start, ends, floats, partners, by)
        who[kept] = i
        kept += answered[i] != NO_END
    return kept


@within
def tie_some(size: int, who: Array, is_up: bool, people: Any, ties: Any, by: Any) -> None:
    """Let the ties learn that have answered somebody of a block."""
    met, answered, ends, floats = people.met, people.answered, ties.ends, ties.floats
    for x in range(size):
        tie(who[x], is_up, met, answered, ends, floats, by)


@within
def learn(base: int, n: int, b: Array, people: Any, p: Any, scratch: Any) -> None:
    """Let a block learn."""
    f, ints = feeds(p), scratch[0]
    act, met, helped = people.act[base:][:n], people.met[base:][:n], people.helped[base:][:n]
    apart, today, week = people.apart[base:][:n], people.today[base:][:n], people.week[base:][:n]
    for j in range(n):
        how = np.int32(met[j])
        ints[j], ints[_B + j], gave = read(np.int32(act[j]), how, np.int32(helped[j]))
        ints[2 * _B + j], ints[3 * _B + j] = how, gave
        ints[4 * _B + j] = apart[j]
        ints[5 * _B + j] = today[j]
        ints[6 * _B + j] = week[j] & 1
    for j in range(n):
        did, cue, how, gave = ints[j], ints[_B + j], ints[2 * _B + j], ints[3 * _B + j]
        where, before = ints[4 * _B + j], (ints[5 * _B + j], ints[6 * _B + j])
        learned((b, j, _B), (did, cue, how, gave, where, before[0], before[1]), p, f)


@within
def note(base: int, n: int, people: Any, count: Array) -> None:
    """Count what a block did, and let the epoch end for it."""
    s0, s1, s2, s3, s4, s5, s6, s7 = I0, I0, I0, I0, I0, I0, I0, I0
    act, met, helped = people.act[base:][:n], people.met[base:][:n], people.helped[base:][:n]
    today, contacts = people.today[base:][:n], people.contacts[base:][:n]
    for j in range(n):
        how = np.int32(met[j])
        did, cue, gave = read(np.int32(act[j]), how, np.int32(helped[j]))
        one = happened(did, cue, how, gave)
        s0, s1, s2, s3 = s0 + one[0], s1 + one[1], s2 + one[2], s3 + one[3]
        s4, s5, s6, s7 = s4 + one[4], s5 + one[5], s6 + one[6], s7 + one[7]
    sums = (s0, s1, s2, s3, s4, s5, s6, s7)
    for what in range(8):
        count[what] += sums[what]
    for j in range(n):
        contacts[j] += (met[j] & 3) >= HEARD
        today[j] |= (act[j] & ACT_BITS) == DRUG
        act[j] = np.uint8(GONE) if act[j] & FATAL else act[j]
    helped[:] = 0


@within
def close(base: int, n: int, b: Array, people: Any, day: int, count: Array, scratch: Any) -> None:
    """Write the day of a block down."""
    act, today, week = people.act[base:][:n], people.today[base:][:n], people.week[base:][:n]
    first, relapse = people.first_use[base:][:n], people.relapse[base:][:n]
    use_days, ints, now = people.use_days[base:][:n], scratch[0], np.int32(day)
    for j in range(n):
        ints[j], ints[_B + j], ints[2 * _B + j] = today[j], act[j], week[j]
        ints[3 * _B + j], ints[4 * _B + j], ints[5 * _B + j] = first[j], relapse[j], use_days[j]
    s0, s1, s2, s3, s4 = I0, I0, I0, I0, I0
    for j in range(n):
        used = ints[j]
        so_far = ints[2 * _B + j], ints[3 * _B + j], ints[4 * _B + j], ints[5 * _B + j]
        left = day_closed(now, ints[_B + j], used, so_far)
        ints[2 * _B + j], ints[3 * _B + j], ints[4 * _B + j], ints[5 * _B + j] = left[:4]
        alive = left[4]
        s0, s1, s2 = s0 + used, s1 + either(alive, I1, I0), s2 + either(left[5], I1, I0)
        s3 += either(alive, np.int32(b[(TONE + OXYTOCIN) * _B + j] * FIXED), I0)
        s4 += either(alive, np.int32(b[RESOLVE * _B + j] * FIXED), I0)
    sums = (s0, s1, s2, s3, s4)
    for what in range(5):
        count[_PEOPLE + what] += sums[what]
    today[:] = 0
    for j in range(n):
        week[j] = np.uint8(ints[2 * _B + j])
    for j in range(n):
        first[j] = np.int16(ints[3 * _B + j])
    for j in range(n):
        relapse[j] = np.int16(ints[4 * _B + j])
    for j in range(n):
        use_days[j] = np.int16(ints[5 * _B + j])
