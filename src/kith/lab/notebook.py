"""The simulator in a notebook: `from kith import lab`, then `lab.try_design(...)`.

Nothing here is evidence about people: docs/science/simulator.md says what the model does not know.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path
from typing import Any

import numpy as np
import xarray as xr

from kith import __version__
from kith.core.brain.words import SYSTEMS
from kith.core.model.outcomes import OUTCOMES
from kith.core.model.scenario import Scenario, read
from kith.core.picture import CAUTION, Asked, Pair, Picture, gathered, live, scenario_of
from kith.core.picture.living import HABITS, LINES
from kith.lab.patience import quiet_threads
from kith.lab.picture_page import page
from kith.lab.simulate import text_of

Tell = Callable[[int, int], None]
_HIGH_PX = 900


@dataclass(frozen=True, slots=True)
class Tried:
    """A design that was tried on made-up towns; a notebook shows its page.

    Args:
        scenario: What was lived: town, two arms, days, seed.
        pairs: What came of each town, lived twice with the same dice.
    """

    scenario: Scenario
    pairs: tuple[Pair, ...]

    @property
    def picture(self) -> Picture:
        """Means, differences pair by pair, and their intervals of 95 %."""
        return gathered(self.scenario, self.pairs)

    @property
    def dataset(self) -> xr.Dataset:
        """Every pair, by name, before anything is averaged over pairs.

        `lines` (pair, arm, week, line): shares from 0 to 1. `habits` (pair, arm, mark, habit), from
        0 to 1, and `needs` (pair, arm, mark, system), in units of tone: mark 0 is the start, then
        the end of each week. `outcomes` (pair, arm, outcome).
        """
        named = {name: np.stack([getattr(one, name) for one in self.pairs]) for name in _AXES}
        weeks = named["lines"].shape[-1]
        return xr.Dataset(
            {name: (axes, values) for (name, axes), values in zip(_AXES.items(), named.values(), strict=True)},
            coords={
                "pair": np.arange(len(self.pairs)),
                "arm": [arm.key for arm in self.scenario.arms],
                "line": list(LINES), "habit": list(HABITS), "system": list(SYSTEMS),
                "outcome": list(OUTCOMES),
                "week": np.arange(1, weeks + 1), "mark": np.arange(weeks + 1),
            },
            attrs={"caution": CAUTION, "kith": __version__, "seed": self.scenario.run.seed,
                   "people": self.scenario.town.people},
        )  # fmt: skip

    def html(self) -> str:
        """Return the page that `kith lab` writes: it stands by itself."""
        return page(self.picture)

    def _repr_html_(self) -> str:
        # In a frame of its own: its rules must not reach the notebook.
        return f'<iframe title="What came of it" sandbox srcdoc="{escape(self.html())}" width="100%" height="{_HIGH_PX}"></iframe>'


_AXES = {
    "lines": ("pair", "arm", "line", "week"),
    "habits": ("pair", "arm", "habit", "mark"),
    "needs": ("pair", "arm", "system", "mark"),
    "outcomes": ("pair", "arm", "outcome"),
}


def try_design(*, engine: str = "numba", tell: Tell | None = None, **asked: Any) -> Tried:
    """Return what came of a design on made-up towns, each lived twice with the same dice.

    Args:
        engine: "numba", or "numpy", the reference. Both give the same.
        tell: Called after each pair with how many there are, and how many there will be.
        asked: As `kith.core.picture.Asked` has them: `town`, `design`, `against`, `contacts` (a
            week), `people`, `weeks`, `pairs`, `seed`.

    Raises:
        MalformedPictureError: If a value is not allowed: its name, the value, the range.
        InvalidInputError: If the town cannot give such a dose.
    """
    return _lived(scenario_of(Asked(**asked)), engine, tell)


def try_scenario(
    scenario: str | Path, arms: Sequence[str], *, engine: str = "numba", tell: Tell | None = None
) -> Tried:
    """Return what came of two arms of a scenario: the first is what the other is held against.

    Args:
        scenario: A file, or the name of one that kith brings.
        arms: Their two keys.
        engine: As `try_design`.
        tell: The same.

    Raises:
        MalformedScenarioError: If it is no scenario, or has no such arm.
        InvalidInputError: If there are not two arms, or the town cannot give such a dose.
    """
    return _lived(read(text_of(str(scenario))).only(arms), engine, tell)


def _lived(scenario: Scenario, engine: str, tell: Tell | None) -> Tried:
    quiet_threads()
    pairs, many = [], scenario.run.replicates
    for number in range(many):
        pairs.append(live(scenario, number, engine=engine))
        if tell is not None:
            tell(number + 1, many)
    return Tried(scenario, tuple(pairs))
