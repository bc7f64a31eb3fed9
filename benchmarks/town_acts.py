"""Made-up acts of a town, the same for the same seed: what ties are measured with.

People sit in circles of five that meet weekly; after gatherings of sixty they talk with a few
others, some people with very many; from afar they ring and write to those of their circle. One
act in five is told days later, so days are out of order. All of it is made up: it is as large
and as uneven as a real log may be.
"""

import numpy as np

from kith.core.records import ActLog, Help, Mode

YEAR_DAYS = 365
ACTS_PER_PERSON = 100
CIRCLE, CROWD = 5, 60
# Of all acts: in circles, after gatherings; the rest from afar.
CIRCLE_SHARE, CROWD_SHARE = 0.6, 0.25
LATE_SHARE, LATE_DAYS = 0.2, 5.0
FAR = np.array([Mode.VIDEO, Mode.VOICE, Mode.TEXT], np.uint8)
HELP_SHARES = {Help.NONE: 0.7, Help.GIVEN: 0.13, Help.RECEIVED: 0.13, Help.BOTH: 0.04}


def log(count: int, seed: int = 1) -> ActLog:
    """Return `count` acts of a year, in the order in which they were told."""
    dice = np.random.default_rng(seed)
    people = max(1, count // ACTS_PER_PERSON // CROWD) * CROWD
    n_crowd = int(count * CROWD_SHARE)
    n_far = count - int(count * CIRCLE_SHARE) - n_crowd
    actor, other = _pairs(dice, count - n_crowd, n_crowd, people)
    mode = np.full(count, Mode.IN_PERSON, np.uint8)
    mode[:n_far] = dice.choice(FAR, n_far, p=[0.2, 0.4, 0.4])
    minutes = np.where(mode == Mode.IN_PERSON, 60.0, 10.0) * dice.lognormal(0.0, 0.5, count)
    helped = dice.choice(list(HELP_SHARES), count, p=list(HELP_SHARES.values())).astype(np.int8)
    day = dice.integers(0, YEAR_DAYS, count) + dice.choice([0.5, 0.75, 0.8], count)
    late = np.where(dice.random(count) < LATE_SHARE, dice.exponential(LATE_DAYS, count), 0.0)
    told = np.argsort(day + late, kind="stable")
    columns = (day, actor, other, mode, minutes.astype(np.float32), helped)
    return ActLog(people, *(column[told] for column in columns))


def _pairs(
    dice: np.random.Generator, n_circle: int, n_crowd: int, people: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return two people for each act: first of one circle each, then of one crowd each."""
    seat = dice.integers(0, people, n_circle)
    beside = seat - seat % CIRCLE + (seat + dice.integers(1, CIRCLE, n_circle)) % CIRCLE
    # The square of an even draw: few are talked with by most, in few crowds more than in others.
    crowd = (people // CROWD * dice.random(n_crowd) ** 2).astype(np.int64) * CROWD
    one = (CROWD * dice.random(n_crowd) ** 2).astype(np.int64)
    step = 1 + ((CROWD - 1) * dice.random(n_crowd) ** 2).astype(np.int64)
    in_circles, in_crowds = (dice.permutation(people).astype(np.int32) for _ in range(2))
    return (
        np.concatenate((in_circles[seat], in_crowds[crowd + one])),
        np.concatenate((in_circles[beside], in_crowds[crowd + (one + step) % CROWD])),
    )
