"""From a whole log to all ties, in one pass of machine code."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
from jaxtyping import Float32, Float64, Int8, Int32, Int64, UInt8

from kith.core.records import ActLog
from kith.core.ties.compiled import compiled
from kith.core.ties.rule import RULE, Rule
from kith.core.ties.table import Columns, Ties
from kith.errors import InvalidInputError

# Two people as one number, low * _SHIFT + high, sort by low and then by high; nobody comes last.
_SHIFT = 2**32
_NOBODY = 2**63 - 1


class _Acts(NamedTuple):
    """The columns of an ActLog, in the one form that compiled loops read."""

    day: Float64[np.ndarray, "_"]
    actor: Int32[np.ndarray, "_"]
    other: Int32[np.ndarray, "_"]
    mode: UInt8[np.ndarray, "_"]
    minutes: Float32[np.ndarray, "_"]
    help: Int8[np.ndarray, "_"]


class _Numbers(NamedTuple):
    """The numbers of a Rule, likewise."""

    half_life_days: float
    rate: float
    half_worth_minutes: float
    bases: tuple[float, float, float, float]


def fold(
    log: ActLog,
    rule: Rule = RULE,
    start: Ties | None = None,
    *,
    shares: int = 1,
    mapped: Callable[..., Iterable[Any]] = map,
) -> Ties:
    """Return the ties that all acts of `log` make, learned in order of day.

    Two counting sorts, by high and then by low, bring the acts of each pair together and keep
    their days in order; then one pass learns them. Time and memory grow with acts and people.

    Args:
        log: Acts in any order; those of one moment may come in any order too.
        rule: How ties fade and grow.
        start: Ties as they were before, if any: folding a log in parts is folding it whole.
        shares: In how many shares of pairs to learn; the ties are the same to the bit.
        mapped: What learns the shares: `map`, one after the other, or that of a pool of threads,
            side by side.

    Raises:
        InvalidInputError: If `start` has another rule or number of people, or if an act is dated
            before the last day of its tie there. Fold the whole log anew then.
    """
    if shares < 1:
        raise InvalidInputError(f"shares must be 1 or more, got {shares}")
    before = Ties.none(log.people, rule) if start is None else start
    if (before.people, before.rule) != (log.people, rule):
        raise InvalidInputError("start must be of the log's people and of the same rule")
    acts = _Acts(log.day, log.actor, log.other, log.mode, log.minutes, log.help)
    numbers = _Numbers(rule.half_life_days, rule.rate, rule.half_worth_minutes, rule.bases)
    order = _by_day(log.day)
    for end in (np.maximum, np.minimum):
        order = _sorted_by(end(log.actor, log.other), order, log.people)
    split = zip(*_shares(acts, order, before.columns, shares), strict=True)
    learned = list(mapped(partial(_learn_share, acts, numbers), *split))
    n_late = sum(late for _, late in learned)
    if n_late:
        raise InvalidInputError(f"{n_late} acts are dated before the last day of their tie")
    columns = zip(*(after for after, _ in learned), strict=True)
    return Ties(log.people, rule, *(np.concatenate(parts) for parts in columns))


def _shares(
    acts: _Acts, order: Int64[np.ndarray, "_"], before: Columns, count: int
) -> Iterator[tuple[Int64[np.ndarray, "_"], Columns]]:
    """Yield acts in order and ties before them in `count` shares; no pair is in two of them."""
    places = [_next_pair(acts, order, share * len(order) // count) for share in range(count)]
    rows = [0, *(_row_at(acts, order, place, before) for place in places[1:])]
    ends = pairwise([*zip(places, rows, strict=True), (len(order), len(before.low))])
    for (place, row), (next_place, next_row) in ends:
        yield order[place:next_place], Columns(*(column[row:next_row] for column in before))


def _row_at(acts: _Acts, order: Int64[np.ndarray, "_"], place: int, before: Columns) -> int:
    """Return the first row that does not come before the pair at `place`."""
    if place == len(order):
        return len(before.low)
    return before.row_of(*divmod(_new_pair(acts, order, place), _SHIFT))


def _learn_share(
    acts: _Acts, numbers: _Numbers, order: Int64[np.ndarray, "_"], before: Columns
) -> tuple[Columns, int]:
    """Return the ties of one share, and how many acts came too late."""
    after = _room(_n_pairs(acts, order) + len(before.low))
    n_ties, n_late = _learn(acts, order, before, after, numbers)
    return Columns(*(column[:n_ties] for column in after)), int(n_late)


def _by_day(day: Float64[np.ndarray, "_"]) -> Int64[np.ndarray, "_"]:
    """Return the order of days; most logs have it already."""
    if (day[1:] >= day[:-1]).all():
        return np.arange(len(day))
    return np.argsort(day, kind="stable")


def _room(rows: int) -> Columns:
    people = (np.empty(rows, np.int32) for _ in range(2))
    return Columns(*people, *(np.empty(rows) for _ in range(4)))


@compiled
def _sorted_by(
    person: Int32[np.ndarray, "_"], order: Int64[np.ndarray, "_"], people: int
) -> Int64[np.ndarray, "_"]:
    """Return `order` sorted by `person`, otherwise as it was."""
    place = np.zeros(people + 1, np.int64)
    for one in person:
        place[one + 1] += 1
    place = np.cumsum(place)
    found = np.empty_like(order)
    for act in order:
        found[place[person[act]]] = act
        place[person[act]] += 1
    return found


@compiled
def _pair(one: int, another: int) -> int:
    return int(min(one, another)) * _SHIFT + int(max(one, another))


@compiled
def _n_pairs(acts: _Acts, order: Int64[np.ndarray, "_"]) -> int:
    """Return how many pairs there are in acts sorted by pair."""
    found, last = 0, _NOBODY
    for act in order:
        pair = _pair(acts.actor[act], acts.other[act])
        found += pair != last
        last = pair
    return found


@compiled
def _next_pair(acts: _Acts, order: Int64[np.ndarray, "_"], place: int) -> int:
    """Return where, from `place` on, the first act of a pair stands."""
    if place == 0:
        return 0
    last = _new_pair(acts, order, place - 1)
    while place < len(order) and _new_pair(acts, order, place) == last:
        place += 1
    return place


@compiled
def _new_pair(acts: _Acts, order: Int64[np.ndarray, "_"], place: int) -> int:
    if place == len(order):
        return _NOBODY
    return _pair(acts.actor[order[place]], acts.other[order[place]])


@compiled
def _old_pair(ties: Columns, row: int) -> int:
    return _NOBODY if row == len(ties.low) else _pair(ties.low[row], ties.high[row])


@compiled
def _learned(
    tie: tuple[float, float, float, float], acts: _Acts, act: int, rule: _Numbers
) -> tuple[float, float, float, float]:
    """Return what `learned` does, of (strength, help_up, help_down, day) and one act."""
    strength, help_up, help_down, day = tie
    left = 2.0 ** (-(acts.day[act] - day) / rule.half_life_days)
    missing = 2.0 ** (-float(acts.minutes[act]) / rule.half_worth_minutes)
    strength *= left
    strength += rule.rate * rule.bases[acts.mode[act]] * (1.0 - missing) * (1.0 - strength)
    up, down = acts.help[act] & 1, acts.help[act] >> 1
    if acts.actor[act] > acts.other[act]:
        up, down = down, up
    return strength, help_up * left + up, help_down * left + down, acts.day[act]


@compiled
def _learn(
    acts: _Acts, order: Int64[np.ndarray, "_"], before: Columns, after: Columns, rule: _Numbers
) -> tuple[int, int]:
    """Write all ties to `after`; return how many they are, and how many acts came too late.

    Acts in `order` and ties `before` are two queues, each sorted by pair.
    """
    n_ties, n_late, place, old = 0, 0, 0, 0
    new, known = _new_pair(acts, order, 0), _old_pair(before, 0)
    while new != _NOBODY or known != _NOBODY:
        pair = min(new, known)
        strength, help_up, help_down, day = 0.0, 0.0, 0.0, -np.inf
        if known == pair:
            strength, day = before.strength[old], before.day[old]
            help_up, help_down = before.help_up[old], before.help_down[old]
            old += 1
            known = _old_pair(before, old)
        while new == pair:
            n_late += acts.day[order[place]] < day
            strength, help_up, help_down, day = _learned(
                (strength, help_up, help_down, day), acts, order[place], rule
            )
            place += 1
            new = _new_pair(acts, order, place)
        after.low[n_ties], after.high[n_ties] = pair // _SHIFT, pair % _SHIFT
        after.strength[n_ties], after.day[n_ties] = strength, day
        after.help_up[n_ties], after.help_down[n_ties] = help_up, help_down
        n_ties += 1
    return n_ties, n_late
