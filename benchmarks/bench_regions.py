"""Circles of a population cut into regions: threads, processes and a cluster, and what it costs.

    python benchmarks/bench_regions.py            # 100,000 people in regions of 25,000

Each way must give the same circles. The cluster is of dask.distributed, with two workers that are
processes of this machine; the time is with the sending of people and of circles, and without the
starting of workers, who have formed a few circles before.
"""

import argparse
import os
import resource
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.crowd import crowd
from benchmarks.ground import note
from kith.core.matching import Circles
from kith.core.matching.check import violations
from kith.core.matching.regions import Runner, form_in_regions
from kith.core.matching.search import form
from kith.lab.forming import make_ready
from kith.lab.workers import across_dask, runner

SEED = 1


def main() -> None:
    """Measure, print and append."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--smoke", action="store_true", help="briefly, to see that it works")
    asked.add_argument("--people", type=int, default=100_000)
    asked.add_argument("--region", type=int, default=25_000)
    given = asked.parse_args()
    make_ready(is_pairs=False)
    print(f"load before: {os.getloadavg()}, cores: {os.cpu_count()}")
    n, most = (2_000, 700) if given.smoke else (given.people, given.region)
    people = crowd(n)

    def say(what: str, value: float, unit: str) -> None:
        note("regions", f"{n} people, {what}", value, unit, is_kept=not given.smoke)

    began = time.monotonic(), time.process_time()
    whole = form(people, seed=SEED)
    say("not cut, 1 thread", time.monotonic() - began[0], "s wall")
    say("not cut, 1 thread", time.process_time() - began[1], "s CPU")
    found: list[Circles] = []
    for name, ready in (("1 thread", alone), ("2 processes", processes), ("dask, 2 workers", dask)):
        before = _children_s()
        with ready() as across:
            form_in_regions(crowd(60), seed=SEED, most=20, across=across)
            wall, cpu = time.monotonic(), time.process_time()
            circles = form_in_regions(people, seed=SEED, most=most, across=across)
            say(f"in regions of {most}, {name}", time.monotonic() - wall, "s wall")
            cpu = time.process_time() - cpu
        say(f"in regions of {most}, {name}", cpu + _children_s() - before, "s CPU")
        found.append(circles)
    assert all(one.lists() == found[0].lists() for one in found), "other circles"
    broken = violations(people, found[0], seed=SEED)
    say(f"in regions of {most}: rules broken", len(broken), "rules")
    say(
        f"in regions of {most}: value against not cut", found[0].value.sum() / whole.value.sum(), ""
    )
    say(f"in regions of {most}: placed against not cut", found[0].placed / whole.placed, "")


@contextmanager
def alone() -> Iterator[Runner]:
    """Yield what runs one part after another."""
    yield map


@contextmanager
def processes() -> Iterator[Any]:
    """Yield what runs parts on two processes."""
    with runner(threads=1, workers=2, dask=None) as across:
        yield across


@contextmanager
def dask() -> Iterator[Any]:
    """Yield what runs parts on a cluster of two."""
    from distributed import Client, LocalCluster

    with (
        LocalCluster(n_workers=2, threads_per_worker=1, host="127.0.0.1", dashboard_address=None) as cluster,
        Client(cluster) as client,
    ):  # fmt: skip
        yield across_dask(client)


def _children_s() -> float:
    """Return the CPU time of all processes that were started here and have ended."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


if __name__ == "__main__":
    main()
