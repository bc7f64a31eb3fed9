"""The town in which engines of the model are timed: the same people, ties and contacts for each."""

import sys
from pathlib import Path

import numpy as np

for folder in (".", "src"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[1] / folder))

from kith.core.model.settling import world_of
from kith.core.model.world import Arm, World
from kith.core.population.settings import TownSettings
from kith.core.population.town import town

SEED = 1
PARTNERS, RATE = 3, 0.1


def settled(people: int, seed: int = SEED) -> tuple[World, Arm]:
    """Return a made-up town, and a design in which each meets three from a few doors down.

    The rate is 2.8 contacts a week, so that every kind of act and meeting is common.
    """
    world = world_of(town(TownSettings(people=people), seed=seed), seed=seed)
    rows = [(np.arange(people) + 3 + 5 * k) % people for k in range(PARTNERS)]
    arm = Arm(
        name="a few doors down",
        partners=np.stack(rows, axis=1).astype(np.int32),
        contact_rate=np.full(people, RATE, np.float32),
        at_cue=0.5,
        reliability=0.8,
        systems=np.full(5, 0.2, np.float32),
        depth=0.8,
        gives=0.5,
        reach_q=0.3,
    )
    return world, arm
