"""The same epoch as machine code: blocks of people, whose numbers lie side by side in the cache.

`reference` says what happens; this says how to do it fast, and gives the same bits. The rows of a
block stand in one array, a fixed way apart, so that the compiler sees that no two of them overlap
and takes sixteen people in one instruction. An epoch has three parts, each of which reads what
others have written only in a part before:

    find whom one reaches | ties of the lower end | ties of the higher end, learn, choose anew

`block` says what a block does in each. While it does, the processor fetches what the next ones need.
"""

from typing import Any, Final

import numba
import numpy as np
from jaxtyping import Float32, Int64
from numba import prange

from kith.core.brain.words import EPOCHS_PER_DAY, NIGHT, ONE
from kith.core.model.ahead import (
    WORDS,
    ask_for_answers,
    ask_for_list,
    ask_for_quarter,
    ask_for_ties,
)
from kith.core.model.block import BLOCK, SCRATCH, choose, close, learn, meet_some, note, tie_some
from kith.core.model.compiled import compiled, side_by_side, within
from kith.core.model.counts import N_COUNTS
from kith.core.model.meeting import people_of, ties_of
from kith.core.model.state import N_ROWS, State

Array = Any
Word = Any

_B: Final = BLOCK
# Parts of all people for each thread: one that is held up leaves the others to the rest.
SHARES: Final = 2


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
    n_blocks = (state.people + block - 1) // block
    blocks = _lined_up(n_blocks, N_ROWS * _B)
    # Of each block: who reaches from the front, and who uses from the back; the dice they have
    # left; and how many they are.
    lists = _lined_up(n_blocks, _B).view(np.int32), _lined_up(n_blocks, 2 * _B)
    busy = *lists, np.zeros((n_blocks, 2), np.int64)
    scratch = _lined_up(shares, SCRATCH).view(np.int32), _lined_up(shares, SCRATCH)
    try:
        _live(state.brain, blocks, scratch, busy, *all_, state.numbers, begun, (scale, inverse), counts, block)  # fmt: skip
    finally:
        numba.set_num_threads(asked)
    state.step += len(scale)
    return counts


def _lined_up(rows: int, columns: int) -> Float32[np.ndarray, "_ _"]:
    """Return zeros that begin with a line of the cache: what loops take at once is never in two.

    They come from numpy, which lets large arrays stand in large pages.
    """
    items = np.zeros(rows * columns + WORDS, np.float32)
    first = -(items.ctypes.data // items.itemsize) % WORDS
    return items[first : first + rows * columns].reshape(rows, columns)


@compiled
def _live(brain: Array, blocks: Array, scratch: Any, busy: Any, people: Any, ties: Any, p: Any, begun: Any, fades: Any, counts: Array, block: int) -> None:  # fmt: skip
    key, first = begun
    who, lots, sizes = busy
    (ints, floats), (scale, inverse), shares = scratch, fades, len(scratch[0])
    part = np.zeros((shares, N_COUNTS), np.int64)
    _move(brain, blocks, block, True)
    _choose_all(blocks, ints, floats, people, p, key, first, who, lots, sizes, block, shares)  # fmt: skip
    for k in range(len(scale)):
        step, is_last = first + k, k + 1 == len(scale)
        awake = p.awake if step % EPOCHS_PER_DAY == NIGHT else ONE
        _meet_all(people, ties, p, awake, inverse[k], who, lots, sizes, shares)
        _tie_all(people, ties, p, scale[k], who, sizes, shares)
        _learn_all(blocks, ints, floats, people, ties, p, scale[k], key, step, who, lots, sizes, part, block, is_last)  # fmt: skip
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
def _choose_all(blocks: Array, ints: Array, floats: Array, people: Any, p: Any, key: Any, step: int, who: Array, lots: Array, sizes: Array, block: int, shares: int) -> None:  # fmt: skip
    for share in prange(shares):
        scratch = ints[share], floats[share]
        _choose_share((share, shares, block), blocks, people, p, (key, step), who, lots, sizes, scratch)  # fmt: skip


@side_by_side
def _meet_all(people: Any, ties: Any, p: Any, awake: Word, shrunk: Word, who: Array, lots: Array, sizes: Array, shares: int) -> None:  # fmt: skip
    for share in prange(shares):
        by = awake, shrunk, p.q, p.reliability, p.gives
        _meet_share(share, shares, people, ties, by, who, lots, sizes)


@side_by_side
def _tie_all(people: Any, ties: Any, p: Any, grown: Word, who: Array, sizes: Array, shares: int) -> None:  # fmt: skip
    for share in prange(shares):
        by = grown, p.tie_reach, p.tie_contact
        _tie_share(share, shares, people, ties, by, who, sizes)


@side_by_side
def _learn_all(blocks: Array, ints: Array, floats: Array, people: Any, ties: Any, p: Any, grown: Word, key: Any, step: int, who: Array, lots: Array, sizes: Array, part: Array, block: int, is_last: bool) -> None:  # fmt: skip
    shares = len(part)
    for share in prange(shares):
        part[share] = 0
        scratch = ints[share], floats[share]
        by = grown, p.tie_reach, p.tie_contact
        _learn_share((share, shares, block), blocks, people, ties, p, by, (key, step, is_last), who, lots, sizes, part[share], scratch)  # fmt: skip


@within
def _ends(share: int, shares: int, n_blocks: int) -> Any:
    """Return the first block of a share, and the first that is not of it any more."""
    return share * n_blocks // shares, (share + 1) * n_blocks // shares


@within
def _choose_share(which: Any, blocks: Array, people: Any, p: Any, when: Any, who: Array, lots: Array, sizes: Array, scratch: Any) -> None:  # fmt: skip
    share, shares, block = which
    n_people = len(people.act)
    first, last = _ends(share, shares, len(blocks))
    for b in range(first, last):
        base, n = b * block, min(block, n_people - b * block)
        lists = who[b], lots[b]
        sizes[b, 0], sizes[b, 1] = choose(base, n, blocks[b], people, p, when, lists, scratch)


@within
def _meet_share(share: int, shares: int, people: Any, ties: Any, by: Any, who: Array, lots: Array, sizes: Array) -> None:  # fmt: skip
    first, last = _ends(share, shares, len(sizes))
    for b in range(first, last):
        if b + 2 < last:
            ask_for_list(b + 2, sizes, who, lots)
        if b + 1 < last:
            ask_for_ties(sizes[b + 1], who[b + 1], ties)
        sizes[b, 0] = meet_some(sizes[b], who[b], lots[b], people, ties, by)


@within
def _tie_share(share: int, shares: int, people: Any, ties: Any, by: Any, who: Array, sizes: Array) -> None:  # fmt: skip
    first, last = _ends(share, shares, len(sizes))
    for b in range(first, last):
        ask_for_answers(b, last, sizes, who, people.answered, ties.ends)
        tie_some(sizes[b, 0], who[b], True, people, ties, by)


@within
def _learn_share(which: Any, blocks: Array, people: Any, ties: Any, p: Any, by: Any, when: Any, who: Array, lots: Array, sizes: Array, count: Array, scratch: Any) -> None:  # fmt: skip
    (share, shares, block), (key, step, is_last) = which, when
    n_people = len(people.act)
    first, last = _ends(share, shares, len(blocks))
    for b in range(first, last):
        base, n = b * block, min(block, n_people - b * block)
        ask_for_quarter(0, b + 1, last, blocks)
        ask_for_answers(b, last, sizes, who, people.answered, ties.ends)
        tie_some(sizes[b, 0], who[b], False, people, ties, by)
        ask_for_quarter(1, b + 1, last, blocks)
        learn(base, n, blocks[b], people, p, scratch)
        ask_for_quarter(2, b + 1, last, blocks)
        note(base, n, people, count)
        if step % EPOCHS_PER_DAY == EPOCHS_PER_DAY - 1:
            close(base, n, blocks[b], people, step // EPOCHS_PER_DAY, count, scratch)
        ask_for_quarter(3, b + 1, last, blocks)
        if not is_last:
            lists = who[b], lots[b]
            sizes[b, 0], sizes[b, 1] = choose(base, n, blocks[b], people, p, (key, step + 1), lists, scratch)  # fmt: skip
