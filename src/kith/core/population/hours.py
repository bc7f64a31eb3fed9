"""When people are free: a week of 336 half-hours in six words, as matching has it."""

import numpy as np
from jaxtyping import Bool, UInt64

HALF_HOURS = 336
WORDS = 6
_A_DAY = 48
# What people do with their days, and how many do it: work by day, in the evening, at night, or
# nothing that is tied to hours.
_KINDS = ("day", "evening", "night", "free")
_SHARES = (0.55, 0.15, 0.1, 0.2)
# From and to which hour each kind is busy, Monday to Friday; everybody sleeps some hours.
_BUSY = {"day": (8, 17), "evening": (14, 23), "night": (0, 8), "free": (0, 0)}
_ASLEEP = {"day": (0, 7), "evening": (1, 9), "night": (9, 16), "free": (0, 8)}
# The chance that something comes in the way of a two-hour block that would be free.
_TAKEN = 0.45
_BLOCK = 4
_AT_A_TIME = 50_000


def weeks(people: int, dice: np.random.Generator) -> UInt64[np.ndarray, "people 6"]:
    """Return when each of `people` is free: neither at work nor asleep nor otherwise taken."""
    kind = dice.choice(len(_KINDS), people, p=_SHARES)
    free = np.stack([_free(name) for name in _KINDS])
    found = [np.empty((0, WORDS), np.uint64)]
    # Some at a time: half-hours one by one take fifty times the room of a week as bits.
    for begin in range(0, people, _AT_A_TIME):
        some = kind[begin : begin + _AT_A_TIME]
        is_open = dice.random((len(some), HALF_HOURS // _BLOCK), np.float32) >= _TAKEN
        found.append(packed(free[some] & np.repeat(is_open, _BLOCK, axis=1)))
    return np.concatenate(found)


def share_free(week: UInt64[np.ndarray, "people 6"]) -> np.ndarray:
    """Return which share of the week each is free."""
    return np.asarray(np.bitwise_count(week).sum(axis=1) / HALF_HOURS)


def packed(free: Bool[np.ndarray, "people 336"]) -> UInt64[np.ndarray, "people 6"]:
    """Return half-hours as bits, bit h of the week in word h // 64."""
    padded = np.zeros((len(free), WORDS * 64), np.bool_)
    padded[:, :HALF_HOURS] = free
    bits = np.packbits(padded, axis=1, bitorder="little")
    return bits.view("<u8").astype(np.uint64)


def _free(kind: str) -> Bool[np.ndarray, "336"]:
    """Return the half-hours that a kind of people has, before anything comes in the way."""
    hour = np.arange(HALF_HOURS) % _A_DAY / 2
    is_workday = np.arange(HALF_HOURS) < 5 * _A_DAY
    (begins, ends), (sleeps, wakes) = _BUSY[kind], _ASLEEP[kind]
    is_busy = is_workday & (hour >= begins) & (hour < ends)
    free: Bool[np.ndarray, 336] = ~is_busy & ~((hour >= sleeps) & (hour < wakes))
    return free
