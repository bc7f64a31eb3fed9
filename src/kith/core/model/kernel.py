"""The same epoch as machine code: blocks of people, whose numbers lie side by side in the cache.

`reference` says what happens; this says how to do it fast, and gives the same bits. The rows of a
block stand in one array, a fixed way apart, so that the compiler sees that no two of them overlap
and takes sixteen people in one instruction. An epoch has three parts, each of which reads what
others have written only in a part before:

    learn from the last epoch, choose in this one | find whom one reaches | ties of the lower end |
    ties of the higher end, learn, choose ...
"""

from typing import Any, Final

import numba
import numpy as np
from jaxtyping import Float32, Int64
from numba import prange

from kith.core.brain.words import (
    DRUG,
    EPOCHS_PER_DAY,
    GONE,
    NIGHT,
    ONE,
    OXYTOCIN,
    REACH,
    ZERO,
)
from kith.core.model.choosing import I0, chosen
from kith.core.model.compiled import compiled, side_by_side
from kith.core.model.counts import FIXED, N_COUNTS, Count
from kith.core.model.learning import happened, learned
from kith.core.model.meeting import be_seen, meet, people_of, tie, ties_of
from kith.core.model.noting import close_day
from kith.core.model.numbers import feeds
from kith.core.model.philox import four_dice
from kith.core.model.state import (
    ACT_BITS,
    CUE_SHIFT,
    FATAL,
    HEARD,
    HELPED,
    N_ROWS,
    NO_END,
    NOBODY_MET,
    RESOLVE,
    TONE,
    State,
)

Array = Any
Word = Any

# People of a block: their numbers stay in the cache of one core.
BLOCK: Final = 128
_B = BLOCK
# Parts of all people for each thread: one that is held up leaves the others to the rest.
SHARES: Final = 2
_PEOPLE, _ALIVE, _RELAPSED = int(Count.PEOPLE_USING), int(Count.ALIVE), int(Count.IN_RELAPSE)
_OXYTOCIN, _RESOLVE = int(Count.OXYTOCIN), int(Count.RESOLVE)


def live(
    state: State,
    scale: Float32[np.ndarray, "_"],
    inverse: Float32[np.ndarray, "_"],
    chunk: int = 0,
) -> Int64[np.ndarray, "_ 13"]:
    """Move `state` on by as many epochs as `scale` has; return the counts of each.

    Args:
        state: Changed in place.
        scale, inverse: 2 ** (t / half-life) and one over it, at each epoch.
        chunk: People of a block, at most BLOCK; 0 for that.
    """
    block = min(chunk, BLOCK) if chunk else BLOCK
    asked = numba.get_num_threads()
    # Threads wait for each other three times an epoch: few people are done sooner by few of them.
    numba.set_num_threads(min(asked, state.people // BLOCK + 1))
    shares = SHARES * numba.get_num_threads()
    counts = np.zeros((len(scale), N_COUNTS), np.int64)
    begun = (np.uint32(state.key[0]), np.uint32(state.key[1])), state.step
    all_ = people_of(state), ties_of(state)
    try:
        _live(state.brain, *all_, state.numbers, begun, (scale, inverse), counts, block, shares)
    finally:
        numba.set_num_threads(asked)
    state.step += len(scale)
    return counts


@compiled
def _live(brain: Array, people: Any, ties: Any, p: Any, begun: Any, fades: Any, counts: Array, block: int, shares: int) -> None:  # fmt: skip
    key, first = begun
    n_blocks = (brain.shape[1] + block - 1) // block
    blocks = np.zeros((n_blocks, N_ROWS * _B), np.float32)
    # Of each block: who reaches from the front, and who uses from the back; the dice they have
    # left; and how many they are.
    busy = np.zeros((n_blocks, _B), np.int32), np.zeros((n_blocks, 2 * _B), np.float32)
    sizes = np.zeros((n_blocks, 2), np.int64)
    part = np.zeros((shares, N_COUNTS), np.int64)
    scale, inverse = fades
    _move(brain, blocks, block, True)
    _choose_all(blocks, people, p, key, first, busy[0], busy[1], sizes, block, shares)
    for k in range(len(scale)):
        step, is_last = first + k, k + 1 == len(scale)
        awake = p.awake if step % EPOCHS_PER_DAY == NIGHT else ONE
        _meet_all(people, ties, p, awake, inverse[k], busy[0], busy[1], sizes, shares)
        _tie_all(people, ties, p, scale[k], busy[0], sizes, shares)
        _learn_all(blocks, people, ties, p, scale[k], key, step, busy[0], busy[1], sizes, part, block, is_last)  # fmt: skip
        counts[k] = part.sum(0)
    _move(brain, blocks, block, False)


# A function for each part: loops that stand in one may be made one, and then some would tie before
# others have met. Arrays come one by one, as a loop over threads takes no tuples of them in tuples.
@side_by_side
def _move(brain: Array, blocks: Array, block: int, is_in: bool) -> None:
    """Copy everybody's numbers into the blocks, or back."""
    people = brain.shape[1]
    for b in prange(len(blocks)):
        base, n = b * block, min(block, people - b * block)
        for r in range(N_ROWS):
            if is_in:
                blocks[b, r * _B : r * _B + n] = brain[r, base : base + n]
            else:
                brain[r, base : base + n] = blocks[b, r * _B : r * _B + n]


@side_by_side
def _choose_all(blocks: Array, people: Any, p: Any, key: Any, step: int, who: Array, lots: Array, sizes: Array, block: int, shares: int) -> None:  # fmt: skip
    n_people, n_blocks = len(people.act), len(blocks)
    for share in prange(shares):
        for b in range(share * n_blocks // shares, (share + 1) * n_blocks // shares):
            base, n = b * block, min(block, n_people - b * block)
            sizes[b, 0], sizes[b, 1] = _choose(
                base, n, blocks[b], people, p, (key, step), who[b], lots[b]
            )


@side_by_side
def _meet_all(people: Any, ties: Any, p: Any, awake: Word, shrunk: Word, who: Array, lots: Array, sizes: Array, shares: int) -> None:  # fmt: skip
    n_blocks = len(sizes)
    for share in prange(shares):
        by = awake, shrunk, p.q, p.reliability, p.gives
        for b in range(share * n_blocks // shares, (share + 1) * n_blocks // shares):
            _meet(sizes[b], who[b], lots[b], people, ties, by)


@side_by_side
def _tie_all(people: Any, ties: Any, p: Any, grown: Word, who: Array, sizes: Array, shares: int) -> None:  # fmt: skip
    n_blocks = len(sizes)
    for share in prange(shares):
        for b in range(share * n_blocks // shares, (share + 1) * n_blocks // shares):
            _tie(sizes[b, 0], who[b], True, people, ties, (grown, p.tie_reach, p.tie_contact))


@side_by_side
def _learn_all(blocks: Array, people: Any, ties: Any, p: Any, grown: Word, key: Any, step: int, who: Array, lots: Array, sizes: Array, part: Array, block: int, is_last: bool) -> None:  # fmt: skip
    n_people, n_blocks, shares = len(people.act), len(blocks), len(part)
    for share in prange(shares):
        part[share] = 0
        for b in range(share * n_blocks // shares, (share + 1) * n_blocks // shares):
            base, n = b * block, min(block, n_people - b * block)
            _tie(sizes[b, 0], who[b], False, people, ties, (grown, p.tie_reach, p.tie_contact))
            _learn(base, n, blocks[b], people, p)
            _note(base, n, people, part[share])
            if step % EPOCHS_PER_DAY == EPOCHS_PER_DAY - 1:
                _close(base, n, blocks[b], people, step // EPOCHS_PER_DAY, part[share])
            if not is_last:
                sizes[b, 0], sizes[b, 1] = _choose(
                    base, n, blocks[b], people, p, (key, step + 1), who[b], lots[b]
                )


@compiled
def _choose(base: int, n: int, b: Array, people: Any, p: Any, when: Any, who: Array, lots: Array) -> Any:  # fmt: skip
    """Let a block choose; list who reaches and who uses, and return how many they are."""
    (key, step), f = when, feeds(p)
    still = p.still + (p.sleep if step % EPOCHS_PER_DAY == NIGHT else ZERO)
    ints, dice = np.empty(3 * _B, np.int32), np.empty(2 * _B, np.float32)
    # Parts of arrays from here on: a place that begins at 0 is never below it, and is not asked.
    act, near, apart = people.act[base:][:n], people.near[base:][:n], people.apart[base:][:n]
    met, answered = people.met[base:][:n], people.answered[base:][:n]
    for j in range(n):
        ints[j] = act[j] & ACT_BITS
        ints[_B + j] = near[j]
        ints[2 * _B + j] = apart[j]
    for j in range(n):
        lot = four_dice(base + j, step, key)
        before = ints[j], ints[_B + j], ints[2 * _B + j]
        ints[j] = chosen((b, j, _B), before, lot, still, p, f)
        dice[j], dice[_B + j] = lot[2], lot[3]
    for j in range(n):
        act[j] = np.uint8(ints[j])
    near[:], met[:], answered[:] = 0, NOBODY_MET, NO_END
    return _listed(base, n, ints, dice, who, lots)


@compiled
def _listed(base: int, n: int, bits: Array, dice: Array, who: Array, lots: Array) -> Any:
    """Fill the list; return how many reach, and how many use."""
    reach, use = 0, 0
    for j in range(n):
        back = _B - 1 - use
        # Both places are free, and who belongs in neither is written over.
        who[reach], lots[reach], lots[_B + reach] = base + j, dice[j], dice[_B + j]
        who[back], lots[back] = base + j, dice[j]
        did = bits[j] & ACT_BITS
        reach += did == REACH
        use += did == DRUG
    return reach, use


@compiled
def _meet(sizes: Array, who: Array, lots: Array, people: Any, ties: Any, by: Any) -> None:
    act, met, answered, helped = people.act, people.met, people.answered, people.helped
    near, week = people.near, people.week
    start, ends, floats, using, partners = ties
    for x in range(_B - sizes[1], _B):
        be_seen(who[x], lots[x], near, start, ends, using)
    for x in range(sizes[0]):
        lot = (lots[x], lots[_B + x])
        meet(who[x], lot, act, met, answered, helped, near, week, start, ends, floats, partners, by)


@compiled
def _tie(size: int, who: Array, is_up: bool, people: Any, ties: Any, by: Any) -> None:
    met, answered, ends, floats = people.met, people.answered, ties.ends, ties.floats
    for x in range(size):
        tie(who[x], is_up, met, answered, ends, floats, by)


@compiled
def _learn(base: int, n: int, b: Array, people: Any, p: Any) -> None:
    f, ints = feeds(p), np.empty(7 * _B, np.int32)
    act, met, helped = people.act[base:][:n], people.met[base:][:n], people.helped[base:][:n]
    apart, today, week = people.apart[base:][:n], people.today[base:][:n], people.week[base:][:n]
    for j in range(n):
        bits, how = np.int32(act[j]), np.int32(met[j])
        ints[j] = bits & ACT_BITS
        ints[_B + j] = (bits >> CUE_SHIFT) & 3
        ints[2 * _B + j] = how
        ints[3 * _B + j] = (helped[j] != 0) | ((how & 3) == HELPED)
        ints[4 * _B + j] = apart[j]
        ints[5 * _B + j] = today[j]
        ints[6 * _B + j] = week[j] & 1
    for j in range(n):
        did, cue, how, gave = ints[j], ints[_B + j], ints[2 * _B + j], ints[3 * _B + j]
        where, before = ints[4 * _B + j], (ints[5 * _B + j], ints[6 * _B + j])
        learned((b, j, _B), (did, cue, how, gave, where, before[0], before[1]), p, f)


@compiled
def _note(base: int, n: int, people: Any, count: Array) -> None:
    """Count what a block did, and let the epoch end for it."""
    s0, s1, s2, s3, s4, s5, s6, s7 = I0, I0, I0, I0, I0, I0, I0, I0
    act, met, helped = people.act[base:][:n], people.met[base:][:n], people.helped[base:][:n]
    today, contacts = people.today[base:][:n], people.contacts[base:][:n]
    for j in range(n):
        bits, how = np.int32(act[j]), np.int32(met[j])
        gave = np.int32((helped[j] != 0) | ((how & 3) == HELPED))
        one = happened(bits & np.int32(ACT_BITS), (bits >> np.int32(CUE_SHIFT)) & np.int32(3), how, gave)  # fmt: skip
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


@compiled
def _close(base: int, n: int, b: Array, people: Any, day: int, count: Array) -> None:
    act, today, week = people.act, people.today, people.week
    first_use, relapse, use_days = people.first_use, people.relapse, people.use_days
    for j in range(n):
        used, alive, again = close_day(
            base + j, day, act, today, week, first_use, relapse, use_days
        )
        count[_PEOPLE] += used
        count[_ALIVE] += alive
        count[_RELAPSED] += again
        if alive:
            count[_OXYTOCIN] += np.int32(b[(TONE + OXYTOCIN) * _B + j] * FIXED)
            count[_RESOLVE] += np.int32(b[RESOLVE * _B + j] * FIXED)
