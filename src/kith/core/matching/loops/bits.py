"""Bits and dice."""

import numpy as np
from jaxtyping import UInt64

from kith.core.matching.loops.compiled import inlined

LOW = np.uint64(0xFFFFFFFF)
ONE = np.uint64(1)
HALF = np.uint64(32)


@inlined
def count(bits: int) -> int:
    """Return how many bits are set. The compiler knows this pattern, and makes one step of it."""
    x = bits - ((bits >> ONE) & np.uint64(0x5555555555555555))
    x = (x & np.uint64(0x3333333333333333)) + ((x >> np.uint64(2)) & np.uint64(0x3333333333333333))
    x = (x + (x >> np.uint64(4))) & np.uint64(0x0F0F0F0F0F0F0F0F)
    return np.int64((x * np.uint64(0x0101010101010101)) >> np.uint64(56))


@inlined
def lowest(bits: int) -> int:
    """Return the place of the lowest set bit."""
    return count((bits & (~bits + ONE)) - ONE)


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
    return np.int64(((mixed(dice[0]) >> HALF) * np.uint64(n)) >> HALF)
