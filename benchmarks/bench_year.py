"""A year of weekly runs: what is kept, who waits, and whether the engine ever broke a circle.

    python benchmarks/bench_year.py               # 10,000 people, 52 weeks; some minutes
    python benchmarks/bench_year.py --may-move    # and with one of a circle moved where worth it

Circles that the engine broke, and rules it broke, are counted by plain code that shares nothing
with it (`kith.core.matching.going_on`); the rules by `check` too.
"""

import argparse
import os
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.crowd import crowd
from benchmarks.ground import note
from kith.core.matching import Circles, People
from kith.core.matching.check import violations
from kith.core.matching.search import form
from kith.core.matching.tally import tally
from kith.core.matching.year import weeks
from kith.lab.forming import make_ready

SEED = 1
UNITS = {
    "weeks": "runs", "people": "people", "here": "people in a run", "circles_to_keep": "circles",
    "circles_broken": "circles", "rules_broken": "rules", "waited_half": "runs",
    "waited_nine_tenths": "runs", "waited_longest": "runs", "value_per_person": "units",
    "worst_decile": "units", "worst_decile_placed": "units", "worst_decile_of_year": "units",
    "short": "circles in a run",
}  # fmt: skip


def main() -> None:
    """Measure, print and append."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--smoke", action="store_true", help="briefly, to see that it works")
    asked.add_argument("--people", type=int, default=10_000)
    asked.add_argument("--weeks", type=int, default=52)
    asked.add_argument("--may-move", action="store_true")
    given = asked.parse_args()
    make_ready(is_pairs=False)
    print(f"load before: {os.getloadavg()}, cores: {os.cpu_count()}")
    n, many = (300, 8) if given.smoke else (given.people, given.weeks)

    def say(what: str, value: float, unit: str) -> None:
        note("year", f"{n} people, {what}", value, unit, is_kept=not given.smoke)

    year(say, n, many, may_move=False)
    if given.may_move:
        year(say, n, many, may_move=True)


def year(say: Callable[[str, float, str], None], n: int, many: int, *, may_move: bool) -> None:
    """Live through a year and say what came of it."""
    spent: list[tuple[float, float]] = []
    found: list[int] = []
    with ThreadPoolExecutor(2) as pool:

        def run(people: People, last: Circles | None, seed: int) -> Circles:
            wall, cpu = time.monotonic(), time.process_time()
            circles = form(people, seed=seed, last=last, may_move=may_move, across=pool.map)
            spent.append((time.monotonic() - wall, time.process_time() - cpu))
            found.append(len(violations(people, circles, seed=seed, last=last)))
            return circles

        said = tally(list(weeks(crowd(n), run, seed=SEED, many=many)))
    how = f"{many} weeks, {'one may move' if may_move else 'nobody moves'}"
    for name, value in said._asdict().items():
        say(f"{how}: {name.replace('_', ' ')}", value, UNITS.get(name, ""))
    say(f"{how}: rules broken, by check", sum(found), "rules")
    walls, cpus = np.array(spent[1:]).T
    say(f"{how}: first run", spent[0][0], "s wall")
    say(f"{how}: a weekly run, median", float(np.median(walls)), "s wall")
    say(f"{how}: a weekly run, longest", walls.max(), "s wall")
    say(f"{how}: a weekly run, median", float(np.median(cpus)), "s CPU")


if __name__ == "__main__":
    main()
