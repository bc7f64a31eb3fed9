"""Made-up people who want people: towns of very unequal size, tight calendars, a few who are tied.

Nobody real. The same seed and number make the same people on any machine.
"""

import numpy as np

from kith.core.matching import Circles, People
from kith.core.matching.people import COLUMNS
from kith.core.rng import stream

PRACTICES = 24
TZ = 24


def crowd(n: int, seed: int = 1) -> People:
    """Return `n` people: the towns' sizes follow Zipf, calendars hold two to five free stretches."""
    rng = stream(seed, "crowd", n)
    towns = max(1, int(n**0.62 / 4))
    town = _zipf(rng, towns, n, 0.9)
    latitude = rng.uniform(-45, 60, towns)[town] + rng.normal(0, 0.06, n)
    longitude = rng.uniform(-160, 160, towns)[town] + rng.normal(0, 0.08, n)
    mode = rng.choice(np.array([1, 2, 3], np.uint8), n, p=[0.25, 0.35, 0.4])
    away = mode == 2
    speech = _zipf(rng, 12, towns, 1.1)[town]
    languages = np.uint64(1) << speech.astype(np.uint64)
    second = rng.random(n) < 0.3
    languages[second] |= np.uint64(1) << _zipf(rng, 12, int(second.sum()), 1.1).astype(np.uint64)
    woman = rng.random(n) < 0.45
    days = np.minimum(rng.pareto(0.9, n) * 200, 9_000).astype(np.int32)
    return People.of(
        {
            "id": rng.permutation(4 * n)[:n],
            "mode": mode,
            "latitude": np.where(away, np.nan, np.clip(latitude, -89, 89)),
            "longitude": np.where(away, np.nan, longitude),
            "reach_km": rng.choice([3.0, 5.0, 10.0, 20.0, 40.0], n, p=[0.1, 0.25, 0.35, 0.2, 0.1]),
            "languages": languages,
            "week": _weeks(rng, n, (longitude // 15).astype(np.int64)),
            "practices": _bits(rng, n, 2, 6),
            "gives": _bits(rng, n, 1, 4),
            "receives": _bits(rng, n, 1, 4),
            "days": days,
            "steadiness": np.where(
                days < 45, rng.integers(0, 2, n), rng.choice(3, n, p=[0.15, 0.55, 0.3])
            ),
            "weeks_waiting": np.minimum(rng.geometric(0.5, n) - 1, 12),
            "requires": (woman & (rng.random(n) < 0.12)).astype(np.uint8),
            "offers": woman.astype(np.uint8),
            "roles": rng.integers(0, 256, n) & rng.integers(0, 256, n) & rng.integers(0, 256, n),
            "cluster": 1 + town * 8 + rng.integers(0, 8, n),
            "ties": _pairs(rng, town, 1.2),
            "exclusions": _pairs(rng, town, 0.04),
        }
    )


def _zipf(rng: np.random.Generator, kinds: int, n: int, power: float) -> np.ndarray:
    weight = 1.0 / np.arange(1, kinds + 1) ** power
    return rng.choice(kinds, n, p=weight / weight.sum())


def _bits(rng: np.random.Generator, n: int, least: int, most: int) -> np.ndarray:
    """Return sets of `least` to below `most` of the practices, some far more common."""
    bits = np.zeros(n, np.uint32)
    many = rng.integers(least, most, n)
    for place in range(most - 1):
        has = many > place
        bits[has] |= np.uint32(1) << _zipf(rng, PRACTICES, int(has.sum()), 0.8).astype(np.uint32)
    return bits


def _weeks(rng: np.random.Generator, n: int, hours_east: np.ndarray) -> np.ndarray:
    """Return weeks with two to five free stretches of 1.5 to 4 hours, mostly of an evening."""
    free = np.zeros((n, 336), np.bool_)
    many = rng.integers(2, 6, n)
    for stretch in range(5):
        has = np.flatnonzero(many > stretch)
        day = rng.choice(7, len(has), p=[0.15, 0.15, 0.15, 0.15, 0.12, 0.14, 0.14])
        evening = rng.random(len(has)) < 0.7
        start = np.where(evening, rng.integers(34, 41, len(has)), rng.integers(14, 34, len(has)))
        begin = day * 48 + start - 2 * hours_east[has]
        length = rng.integers(3, 9, len(has))
        for half in range(8):
            inside = length > half
            free[has[inside], (begin[inside] + half) % 336] = True
    packed = np.packbits(free, axis=1, bitorder="little")
    padded = np.zeros((n, 48), np.uint8)
    padded[:, :42] = packed
    return padded.view(np.uint64)


def _pairs(rng: np.random.Generator, town: np.ndarray, each: float) -> np.ndarray:
    """Return pairs of people of one town, `each` of them per person; a few have very many."""
    n = len(town)
    order = np.argsort(town, kind="stable")
    place = np.empty(n, np.int64)
    place[order] = np.arange(n)
    weight = np.minimum(rng.pareto(1.6, n) + 0.2, 30)
    one = rng.choice(n, int(n * each / 2), p=weight / weight.sum())
    step = np.maximum(1, np.abs(rng.standard_cauchy(len(one)) * 6)).astype(np.int64)
    other = order[np.minimum(place[one] + np.minimum(step, n), n - 1)]
    pairs = np.stack([one, other], axis=1)
    kept: np.ndarray = pairs[(one != other) & (town[one] == town[other])].astype(np.int32)
    return kept


def next_week(
    people: People, circles: Circles, seed: int = 1
) -> tuple[People, np.ndarray, list[list[int]]]:
    """Return the people of a week later, who is the same, and which circles nothing happened to.

    Three in a hundred are others, new; five in a hundred of the rest have other hours.
    """
    n = len(people)
    rng = stream(seed, "next week", n)
    others = crowd(n, seed + 1_000)
    new = rng.choice(n, round(0.03 * n), replace=False)
    same = np.ones(n, np.bool_)
    same[new] = False
    moved = rng.choice(np.flatnonzero(same), round(0.05 * n), replace=False)
    columns = {name: getattr(people, name).copy() for name in COLUMNS}
    for name in COLUMNS:
        columns[name][new] = getattr(others, name)[new]
    columns["id"][new] = people.id.max() + 1 + np.arange(len(new))
    columns["days"][new] = rng.integers(0, 60, len(new))
    columns["weeks_waiting"][new] = 0
    columns["week"][moved] = others.week[moved]
    pairs = {name: getattr(people, name) for name in ("ties", "exclusions")}
    left = {name: these[same[these].all(axis=1)] for name, these in pairs.items()}
    touched = ~same
    touched[moved] = True
    untouched = [some for some in circles.lists() if not touched[some].any()]
    return People.of({**columns, **left}), same, untouched
