"""The model's rules in Starsim 3: run in an environment of its own (see bench_model.py).

    python benchmarks/peers/model_starsim.py PEOPLE DAYS

Starsim calls one module for all people at once, which is how `core.model.reference` is written.
So the module lives each step by that very text: its 38 numbers a person are Starsim's own arrays,
read and written through them, its dice are Starsim's, and so are the clock, the loop and the
results. Ties stay the engine's records, which is quicker than Starsim's lists of edges.
Prints one JSON object.
"""

import json
import sys
import time
from pathlib import Path
from typing import Any

for folder in (".", "src"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / folder))

import numpy as np
import starsim as ss
from benchmarks.model_town import SEED, settled

from kith.core.brain.parameters import parameters
from kith.core.brain.words import EPOCHS_PER_DAY
from kith.core.model import reference
from kith.core.model.beginning import begin
from kith.core.model.running import fading
from kith.core.model.state import N_ROWS, NEVER, State

DICE = ("cue", "act", "meeting", "chance")


class Rows:
    """`State.brain`, each row of which is an array of Starsim's."""

    def __init__(self, arrays: list[Any], people: int) -> None:
        self.arrays = arrays
        self.shape = len(arrays), people

    def __getitem__(self, row: int) -> Any:
        return self.arrays[row].values

    def __setitem__(self, row: int, values: Any) -> None:
        self.arrays[row][:] = values


class Brains(ss.Module):  # type: ignore[misc]  # not installed where types are checked
    """Everybody's brain, lived one epoch a step."""

    def __init__(self, state: State, days: int) -> None:
        super().__init__()
        self.state, self.begun = state, state.brain
        self.scale, self.inverse = fading(0, days * EPOCHS_PER_DAY)
        self.define_states(*(ss.FloatArr(f"row_{n}") for n in range(N_ROWS)))
        self.dice = [ss.random(name=name) for name in DICE]

    def init_post(self) -> None:
        super().init_post()
        arrays = [getattr(self, f"row_{n}") for n in range(N_ROWS)]
        for array, row in zip(arrays, self.begun, strict=True):
            array[:] = row
        state: Any = self.state
        state.brain = Rows(arrays, self.begun.shape[1])
        # The reference asks for its dice by this name.
        asking: Any = reference
        asking.dice = self.thrown

    def thrown(self, people: int, *_: Any) -> Any:
        return np.stack([one.rvs(people) for one in self.dice]).astype(np.float32)

    def init_results(self) -> None:
        super().init_results()
        self.define_results(ss.Result("using", dtype=int))

    def step(self) -> None:
        at = slice(self.state.step, self.state.step + 1)
        reference.live(self.state, self.scale[at], self.inverse[at])

    def update_results(self) -> None:
        super().update_results()
        self.results.using[self.ti] = int(np.sum(self.state.today))


def main() -> None:
    """Live, and say how long it took and what came of it."""
    people, days = map(int, sys.argv[1:3])
    world, arm = settled(people)
    state = begin(world, arm, parameters(), seed=SEED)
    brains = Brains(state, days)
    steps = days * EPOCHS_PER_DAY
    sim = ss.Sim(
        n_agents=people, modules=brains, start=0, stop=steps - 1, dt=1,
        rand_seed=SEED, verbose=0,
    )  # fmt: skip
    sim.init()
    brains = next(one for one in sim.modules if isinstance(one, Brains))
    began, cpu = time.perf_counter(), time.process_time()
    sim.run()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    lived, sober = brains.state, ~world.is_using
    print(json.dumps({
        "version": ss.__version__, "seconds": took, "cpu": cpu, "steps": lived.step,
        "relapsed": int(np.sum(lived.relapse[sober] != NEVER)),
        "lapsed": int(np.sum(lived.first_use[sober] != NEVER)),
        "of": int(sober.sum()),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
