"""Everybody on their first morning: fresh from a detoxification, years without, or in a lapse."""

import numpy as np
from jaxtyping import Bool, Float32

from kith.core.brain.abstinence import acts_instead, left
from kith.core.brain.parameters import Parameters
from kith.core.brain.words import (
    DRUG,
    DRUG_CUE,
    LONELY,
    N_CUES,
    N_OVERT,
    N_SYSTEMS,
    NEUTRAL,
    OTHER,
    REACH,
)
from kith.core.model.numbers import numbers
from kith.core.model.philox import BEGINNING, dice, keys
from kith.core.model.state import (
    DOSE,
    DUE_AT_CUE,
    DUE_OFF_CUE,
    GO,
    HABIT,
    LOAD,
    N_ROWS,
    NEVER,
    NO_END,
    NOGO,
    OWN,
    RATE,
    RESOLVE,
    TOLERANCE,
    TONE,
    State,
)
from kith.core.model.tied import tied
from kith.core.model.world import Arm, World
from kith.errors import InvalidInputError


def begin(world: World, arm: Arm, p: Parameters, *, seed: int, replicate: int = 0) -> State:
    """Return everybody of `world` on their first morning under `arm`.

    Raises:
        InvalidInputError: If world and arm are not of the same people.
    """
    n = world.people
    if arm.people != n:
        raise InvalidInputError(f"world has {n} people, arm {arm.name!r} has {arm.people}")
    key = keys(seed, replicate)
    using = world.is_using.astype(np.uint8)
    return State(
        numbers=numbers(p, arm),
        key=key,
        step=0,
        brain=_first_brain(world, arm, p, key),
        act=np.zeros(n, np.uint8),
        met=np.zeros(n, np.uint8),
        answered=np.full(n, NO_END, np.int32),
        helped=np.zeros(n, np.uint8),
        near=np.zeros(n, np.uint8),
        apart=world.is_isolated.astype(np.uint8),
        today=np.zeros(n, np.uint8),
        # Who is in a lapse has used on each of the last seven days.
        week=using * np.uint8(127),
        first_use=np.full(n, NEVER, np.int16),
        relapse=np.full(n, NEVER, np.int16),
        use_days=np.zeros(n, np.int16),
        contacts=np.zeros(n, np.int16),
        tied=tied(world, arm),
    )


def _first_brain(
    world: World, arm: Arm, p: Parameters, key: tuple[int, int]
) -> Float32[np.ndarray, "38 people"]:
    n = world.people
    brain = np.zeros((N_ROWS, n), np.float32)
    brain[TONE : TONE + N_SYSTEMS] = p["start.need"]
    brain[LOAD] = min(p["start.load"], p["set_point.most"])
    brain[TOLERANCE] = p["start.tolerance"]
    brain[RESOLVE] = p["start.resolve"] * world.resolve
    brain[GO : GO + N_OVERT] = 1
    brain[NOGO : NOGO + N_OVERT] = 1
    brain[GO + DRUG], brain[NOGO + DRUG] = p["start.go"], p["start.nogo"]
    at = {DRUG_CUE: "habit_cue", LONELY: "habit_lonely", NEUTRAL: "habit_neutral"}
    for cue in range(N_CUES):
        row = HABIT + N_OVERT * cue
        brain[row + DRUG] = p[f"start.{at[cue]}"]
        brain[row + REACH] = brain[row + REACH + 1] = p["start.habit_social"]
        brain[row + OTHER] = p["start.habit_other"]
    _rest(brain, world, p, (world.days > 0) & ~world.is_using)
    _in_a_lapse(brain, p, world.is_using)
    brain[RESOLVE] = np.clip(brain[RESOLVE], 0, p["resolve.most"])
    lot = dice(n, 0, BEGINNING, key)
    # Where in its round of contacts each begins.
    brain[DUE_AT_CUE], brain[DUE_OFF_CUE] = lot[0], lot[1]
    brain[RATE], brain[DOSE] = world.habit_rate, arm.contact_rate
    brain[OWN] = np.clip(world.resolve, 0, p["resolve.most"])
    return brain


def _rest(
    brain: Float32[np.ndarray, "38 people"],
    world: World,
    p: Parameters,
    who: Bool[np.ndarray, "people"],
) -> None:
    """Take everybody of `who` on by the days that they have been without."""
    kept = left(p, world.days[who], world.habit_rate[who])
    brain[LOAD, who] *= kept.load
    brain[TOLERANCE, who] *= kept.tolerance
    own = world.resolve[who]
    brain[RESOLVE, who] = own + (brain[RESOLVE, who] - own) * kept.resolve
    for row in (GO + DRUG, NOGO + DRUG):
        brain[row, who] = 1 + (brain[row, who] - 1) * kept.actor
    for cue in range(N_CUES):
        for act, share in enumerate(acts_instead(p)):
            row = HABIT + N_OVERT * cue + act
            brain[row, who] = share + (brain[row, who] - share) * kept.habit


def _in_a_lapse(
    brain: Float32[np.ndarray, "38 people"], p: Parameters, who: Bool[np.ndarray, "people"]
) -> None:
    """Give `who` full load and full tolerance, and leave them nothing that holds."""
    brain[LOAD, who] = p["set_point.most"]
    brain[TOLERANCE, who] = 1
    brain[RESOLVE, who] = 0
