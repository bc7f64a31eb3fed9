"""People unlike those of the benchmark: each crowd tries one thing that is hard."""

import numpy as np
from tests.core.matching.circle_of_friends import people, week

DAY = 48


def _each(n, choices, rng):
    return [choices[i] for i in rng.integers(0, len(choices), n)]


def dense_town(n, seed):
    """One town: all within a few kilometers, and each keeps away from many."""
    rng = np.random.default_rng(seed)
    weeks = [week(*range(36 + DAY * day, 42 + DAY * day)) for day in range(7)]
    return people(
        n,
        mode=[1] * n,
        latitude=52.5 + rng.normal(0, 0.03, n),
        longitude=13.4 + rng.normal(0, 0.05, n),
        reach_km=rng.choice([1.5, 3.0, 8.0], n),
        week=np.array(_each(n, weeks, rng), np.uint64),
        practices=rng.integers(0, 2**8, n),
        days=rng.choice([100, 3_000], n),
        exclusions=[(a, b) for a in range(n) for b in range(a) if rng.random() < 8 / n],
    )


def far_and_wide(n, seed):
    """All online, in thirty languages, awake at any hour of the ring."""
    rng = np.random.default_rng(seed)
    start = rng.integers(0, 336, n)
    weeks = [week(*((s + h) % 336 for h in range(16))) for s in start.tolist()]
    one, other = (np.minimum(rng.geometric(0.15, n) - 1, 29) for _ in range(2))
    return people(
        n,
        languages=(np.uint64(1) << one.astype(np.uint64))
        | (np.uint64(1) << other.astype(np.uint64)),
        week=np.array(weeks, np.uint64),
        gives=1 << rng.integers(0, 32, n),
        receives=1 << rng.integers(0, 32, n),
        steadiness=rng.choice([0, 0, 1], n),
        weeks_waiting=rng.integers(0, 40, n),
    )


def heavy_hours(n, seed):
    """Most are free for one hour, a few all week; some require a space and do not offer it."""
    rng = np.random.default_rng(seed)
    weeks = []
    for hours in np.minimum((rng.pareto(0.8, n) + 1) * 2, 336).astype(int).tolist():
        begin = int(rng.integers(0, 336))
        weeks.append(week(*((begin + h) % 336 for h in range(hours))))
    return people(
        n,
        mode=rng.choice([1, 2, 3], n),
        latitude=rng.choice([-89.9, 0.0, 70.0], n) + rng.normal(0, 0.01, n),
        longitude=rng.choice([-179.99, 179.99], n),
        reach_km=rng.choice([0.0, 5.0, 1_000.0], n),
        week=np.array(weeks, np.uint64),
        requires=rng.choice([0, 0, 0, 1, 2, 3], n),
        offers=rng.choice([0, 1, 2, 3, 3, 3], n),
        roles=rng.integers(0, 256, n),
    )


def all_new_but_one(n, seed):
    """All came this month, except one."""
    days = [29] * n
    days[seed % n] = 91
    return people(n, days=days)


def women_only(n, seed):
    """All require a space that half of them offer, and are free at the same hour."""
    return people(n, requires=[1] * n, offers=[(i + seed) % 2 for i in range(n)])


CROWDS = [dense_town, far_and_wide, heavy_hours, all_new_but_one, women_only]
