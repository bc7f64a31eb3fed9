"""Other ways to the same ties: a plain loop, and the closed form in numpy, pandas and polars.

    w = sum over acts k of c[k] * prod over later acts j of (1 - c[j]) * 2 ** (-(t - t[k]) / H)

where c = rate * x is the share that an act adds, and t the day of the last one.
"""

import time
from collections.abc import Callable
from importlib import import_module
from typing import Any

import numpy as np

from kith.core.records import ActLog, Mode
from kith.core.ties import RULE, Ties

Columns = dict[str, np.ndarray]
LOOP = "dict in plain Python"


def _shares(log: ActLog) -> Columns:
    """Return for each act its pair, its day, the share it adds, and the help each way."""
    low, high = np.minimum(log.actor, log.other), np.maximum(log.actor, log.other)
    bases = np.array([RULE.bases[mode] for mode in Mode])
    worth = bases[log.mode] * (
        1.0 - np.exp2(-log.minutes.astype(np.float64) / RULE.half_worth_minutes)
    )
    up, down = log.help & 1, log.help >> 1
    is_turned = log.actor > log.other
    return {
        "pair": low.astype(np.int64) << 32 | high,
        "day": log.day,
        "share": RULE.rate * worth,
        "up": np.where(is_turned, down, up),
        "down": np.where(is_turned, up, down),
    }


def _ties(people: int, pair: Any, strength: Any, up: Any, down: Any, day: Any) -> Ties:
    pair = np.asarray(pair)
    ends = (pair >> 32).astype(np.int32), (pair & 0xFFFFFFFF).astype(np.int32)
    return Ties(
        people, RULE, *ends, *(np.array(one, np.float64) for one in (strength, up, down, day))
    )


def by_loop(log: ActLog) -> Ties:
    """Fold with a dictionary of pairs, act by act in order of day."""
    half_life, rate, half_worth, bases = (
        RULE.half_life_days,
        RULE.rate,
        RULE.half_worth_minutes,
        RULE.bases,
    )
    found: dict[tuple[int, int], tuple[float, float, float, float]] = {}
    columns = (log.day, log.actor, log.other, log.mode, log.minutes, log.help)
    rows = sorted(zip(*(column.tolist() for column in columns), strict=True))
    for day, actor, other, mode, minutes, helped in rows:
        given, received = helped & 1, helped >> 1
        pair, up, down = (
            ((actor, other), given, received)
            if actor < other
            else ((other, actor), received, given)
        )
        strength, help_up, help_down, last = found.get(pair, (0.0, 0.0, 0.0, day))
        left = 2.0 ** ((last - day) / half_life)
        strength *= left
        strength += rate * bases[mode] * (1.0 - 2.0 ** (-minutes / half_worth)) * (1.0 - strength)
        found[pair] = (strength, help_up * left + up, help_down * left + down, day)
    pairs = sorted(found)
    low, high = np.array(pairs, np.int32).T.copy()
    return Ties(log.people, RULE, low, high, *np.array([found[pair] for pair in pairs]).T.copy())


def by_numpy(log: ActLog) -> Ties:
    """Fold by the closed form, with sums between the places where the pair changes."""
    columns = _shares(log)
    order = np.lexsort((columns["day"], columns["pair"]))
    pair, day, share, up, down = (columns[name][order] for name in columns)
    first = np.flatnonzero(np.append(True, pair[1:] != pair[:-1]))
    last = np.append(first[1:], len(pair)) - 1
    lengths = last - first + 1
    left = np.exp2((day - np.repeat(day[last], lengths)) / RULE.half_life_days)
    missing = np.cumsum(np.log1p(-share))
    grown = share * np.exp(np.repeat(missing[last], lengths) - missing) * left
    strength, help_up, help_down = (
        np.add.reduceat(column, first) for column in (grown, up * left, down * left)
    )
    return _ties(log.people, pair[first], strength, help_up, help_down, day[last])


def by_pandas(log: ActLog) -> Ties:
    """Fold by the closed form, with groups of pandas."""
    pd = import_module("pandas")

    frame = pd.DataFrame(_shares(log)).sort_values(["pair", "day"], kind="stable")
    groups = frame.groupby("pair", sort=False)
    left = np.exp2((frame["day"] - groups["day"].transform("last")) / RULE.half_life_days)
    missing = np.log1p(-frame["share"]).groupby(frame["pair"], sort=False).cumsum()
    at_last = missing.groupby(frame["pair"], sort=False).transform("last")
    frame["grown"] = frame["share"] * np.exp(at_last - missing) * left
    frame["up"] *= left
    frame["down"] *= left
    found = frame.groupby("pair", sort=False).agg(
        {"grown": "sum", "up": "sum", "down": "sum", "day": "last"}
    )
    return _ties(log.people, found.index, *(found[name] for name in found))


def by_polars(log: ActLog) -> Ties:
    """Fold by the closed form, with groups of polars, on all cores."""
    pl = import_module("polars")

    day, share = pl.col("day"), pl.col("share")
    left = ((day - day.last()) / RULE.half_life_days * np.log(2)).exp()
    missing = (-share).log1p().cum_sum()
    found = (
        pl.LazyFrame(_shares(log))
        .sort("pair", "day")
        .group_by("pair", maintain_order=True)
        .agg(
            (share * (missing.last() - missing).exp() * left).sum().alias("strength"),
            (pl.col("up") * left).sum(),
            (pl.col("down") * left).sum(),
            day.last().alias("last"),
        )
        .collect()
    )
    return _ties(log.people, *(found[name].to_numpy() for name in found.columns))


WAYS: dict[str, Callable[[ActLog], Ties]] = {
    "polars": by_polars,
    "numpy": by_numpy,
    "pandas": by_pandas,
    LOOP: by_loop,
}


def networkx_effective_size(ties: Ties) -> tuple[np.ndarray, float]:
    """Return networkx's effective size of each person, and how many seconds it took."""
    nx = import_module("networkx")

    now = ties.at(ties.last_day)
    graph = nx.Graph()
    graph.add_nodes_from(range(ties.people))
    columns = (column.tolist() for column in (now.low, now.high, now.strength))
    graph.add_weighted_edges_from(zip(*columns, strict=True))
    began = time.perf_counter()
    sizes = nx.effective_size(graph, weight="weight")
    took = time.perf_counter() - began
    # networkx has no number for those who have nobody; ours is 0.
    return np.nan_to_num([sizes[person] for person in range(ties.people)]), took
