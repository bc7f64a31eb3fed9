"""A few people by chance, as hypothesis chooses the number and the seed."""

import numpy as np
from hypothesis import strategies as st
from tests.core.matching.circle_of_friends import EVENING, people, week

EVENINGS = [week(*range(EVENING + 48 * day, EVENING + 48 * day + 3)) for day in range(3)]


seeds = st.integers(0, 2**20)


def small_crowd(n, seed):
    """`n` people who hardly fit together. Made in the test: type checks of the core throw dice."""
    rng = np.random.default_rng(seed)
    weeks = np.array(EVENINGS, np.uint64)
    pairs = [(a, b) for a in range(n) for b in range(a)]
    return people(
        n,
        id=rng.permutation(1_000)[:n],
        mode=rng.choice([1, 2, 3, 3], n),
        latitude=50 + rng.choice([0, 0.02, 0.1], n),
        longitude=rng.choice([0, 0.02, 0.1], n),
        reach_km=rng.choice([2.0, 10.0, 40.0], n),
        languages=rng.choice([1, 2, 3, 3], n).astype(np.uint64),
        week=(weeks[rng.integers(0, 3, n)] | weeks[rng.integers(0, 3, n)]).reshape(n, 6),
        practices=rng.integers(0, 64, n),
        gives=rng.integers(0, 16, n),
        receives=rng.integers(0, 16, n),
        days=rng.choice([5, 60, 400, 900], n),
        steadiness=rng.integers(0, 3, n),
        weeks_waiting=rng.integers(0, 14, n),
        requires=rng.choice([0, 0, 0, 1], n),
        offers=rng.integers(0, 2, n),
        roles=rng.integers(0, 8, n),
        cluster=rng.integers(0, 3, n),
        ties=[pair for pair in pairs if rng.random() < 0.15],
        exclusions=[pair for pair in pairs if rng.random() < 0.1],
    )
