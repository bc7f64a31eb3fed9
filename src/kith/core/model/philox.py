"""Dice without a memory: Philox4x32-10 (Salmon et al. 2011), keyed by who and when.

    dice = philox(counter = (agent, step, stream, 0), key = (seed and replicate, as 64 bits))

No draw depends on another, so nothing depends on threads, on chunks, or on what an arm does: two
arms share the dice of each person at each moment.
"""

from typing import Any, Final

import numpy as np
from jaxtyping import Float32, UInt32

from kith.core import rng
from kith.core.brain.shared import shared

M0, M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
W0, W1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
_W0, _W1 = np.uint64(W0), np.uint64(W1)
LOW, HALF = np.uint64(0xFFFFFFFF), np.uint64(32)
ROUNDS: Final = 10
# Streams: what the four numbers of a draw are for.
LIVING, BEGINNING = 0, 1
_LIVING = np.uint64(LIVING)
# 24 bits, so that every number below 1 stays below 1 as float32.
_DROPPED, _STEP = np.uint32(8), np.float32(2.0**-24)
_EIGHT = np.uint64(_DROPPED)

Words = UInt32[np.ndarray, "4 _"]


def keys(seed: int, replicate: int) -> tuple[int, int]:
    """Return the two words of the key for one replicate of a seed."""
    whole = rng.key(seed, "model", replicate)
    return whole & 0xFFFFFFFF, whole >> 32


def philox(counter: Words, key: tuple[int, int]) -> Words:
    """Return four random words for each column of `counter`."""
    c0, c1, c2, c3 = counter
    k0, k1 = np.array(key, np.uint64).astype(np.uint32).reshape(2, 1)
    for _ in range(ROUNDS):
        p0, p1 = M0 * c0.astype(np.uint64), M1 * c2.astype(np.uint64)
        c0, c1, c2, c3 = (
            (p1 >> HALF).astype(np.uint32) ^ c1 ^ k0,
            (p1 & LOW).astype(np.uint32),
            (p0 >> HALF).astype(np.uint32) ^ c3 ^ k1,
            (p0 & LOW).astype(np.uint32),
        )
        k0, k1 = k0 + W0, k1 + W1
    return np.stack((c0, c1, c2, c3))


def dice(people: int, step: int, stream: int, key: tuple[int, int]) -> Float32[np.ndarray, "4 _"]:
    """Return four numbers from 0 to below 1 for each person at one step."""
    counter = np.zeros((4, people), np.uint32)
    counter[0] = np.arange(people)
    counter[1], counter[2] = step, stream
    return (philox(counter, key) >> _DROPPED).astype(np.float32) * _STEP


@shared
def four_dice(person: Any, step: Any, key: Any) -> Any:
    """Return the four dice of one person at one step of LIVING, as machine code throws them.

    Words stand in 64 bits whose upper half nothing reads, so that a processor multiplies eight in
    one instruction and need not sort halves from wholes in between.
    """
    c0, c1, c2, c3 = np.uint64(person), np.uint64(step), _LIVING, np.uint64(0)
    k0, k1 = np.uint64(key[0]), np.uint64(key[1])
    for _ in range(10):
        p0, p1 = M0 * (c0 & LOW), M1 * (c2 & LOW)
        c0, c2 = (p1 >> HALF) ^ c1 ^ k0, (p0 >> HALF) ^ c3 ^ k1
        c1, c3 = p1, p0
        k0, k1 = (k0 + _W0) & LOW, (k1 + _W1) & LOW
    return _share(c0), _share(c1), _share(c2), _share(c3)


@shared
def _share(word: Any) -> Any:
    return np.float32(np.int32((word & LOW) >> _EIGHT)) * _STEP
