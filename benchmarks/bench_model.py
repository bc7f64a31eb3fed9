"""The model: steps of a person a second by every engine, beside Starsim and Mesa with the same rules.

    python benchmarks/bench_model.py               # the table; some minutes
    python benchmarks/bench_model.py --million     # with a million people too
    python benchmarks/bench_model.py --no-peers    # ours alone

Everybody lives in one made-up town (`model_town.py`), each engine in a process of its own, what it
needs to be compiled compiled before. The peers (`peers/model_starsim.py`, `peers/model_mesa.py`)
live in an environment that is made at var/bench/model_peers when it is first needed. They live the
same equations with dice of their own, so what came of it must agree with ours but for chance:
z is the difference of shares in its standard errors.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.ground import KEPT, ROOT, note
from benchmarks.model_town import SEED, settled
from kith.core.brain.parameters import parameters
from kith.core.brain.words import EPOCHS_PER_DAY
from kith.core.model.beginning import begin
from kith.core.model.running import advance
from kith.core.model.state import NEVER, State
from kith.errors import KithError
from kith.lab.patience import quiet_threads

DAYS = 30
PEERS = KEPT / "model_peers"
NEEDS = ROOT / "benchmarks/peers/model.txt"
# Days that a peer lives among so many people: as many as take a minute or so.
PEER_DAYS = {
    "starsim": {10_000: 30, 100_000: 4, 1_000_000: 1},
    "mesa": {10_000: 7, 100_000: 1},
}
OURS = "numba, 2 threads"
# The reference is plain on purpose, and needs fewer days to be timed.
NUMPY_DAYS = 5
ENGINES = {
    OURS: ("numba", "2"),
    "numba, 1 thread": ("numba", "1"),
    "numpy": ("numpy", "1"),
    "gpu": ("gpu", "1"),
}


class Skipped(NamedTuple):
    """Who was not measured, and why."""

    why: str


def main() -> None:
    """Measure, print and append."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--smoke", action="store_true", help="briefly, to see that it works")
    asked.add_argument("--million", action="store_true")
    asked.add_argument("--no-peers", action="store_true")
    asked.add_argument("--only", help="of our engines, only those whose name has this in it")
    asked.add_argument("--one", nargs=3, help=argparse.SUPPRESS)
    given = asked.parse_args()
    quiet_threads()
    if given.one:
        print(json.dumps(measured(given.one[0], int(given.one[1]), int(given.one[2]))))
        return
    print(f"load before: {os.getloadavg()}, cores: {os.cpu_count()}")
    sizes = [300] if given.smoke else [10_000, 100_000, *([1_000_000] if given.million else [])]
    peers = () if given.smoke or given.no_peers else tuple(PEER_DAYS)
    found = dict(_found(sizes, peers, given.only or "", DAYS // 10 if given.smoke else DAYS))
    for (name, people), one in found.items():
        _say(name, people, one, found.get((OURS, people)), is_kept=not given.smoke)
    for clock, said in (("seconds", "a second"), ("cpu", "a second of CPU")):
        _table(found, sizes, clock, said)
    print(f"load after: {os.getloadavg()}")


def _found(
    sizes: list[int], peers: tuple[str, ...], only: str, days: int
) -> Iterator[tuple[tuple[str, int], Any]]:
    """Yield what each engine and peer came to, by its name and how many people."""
    for people in sizes:
        for name, (engine, threads) in ENGINES.items():
            if only in name:
                lived = min(days, NUMPY_DAYS) if engine == "numpy" else days
                command = [sys.executable, __file__, "--one", engine, str(people), str(lived)]
                yield (name, people), _child(command, {"NUMBA_NUM_THREADS": threads})
        for peer in peers:
            if people in PEER_DAYS[peer]:
                yield (peer, people), _peer(peer, people, PEER_DAYS[peer][people])


def measured(engine: str, people: int, days: int) -> dict[str, Any]:
    """Return what one engine came to, in a process that does nothing else."""
    small = settled(300)
    try:
        advance(begin(*small, parameters(), seed=SEED), 1, engine=engine)
    except (KithError, ImportError, OSError, RuntimeError) as error:
        return {"why": " ".join(str(error).split())[:200]}
    world, arm = settled(people)
    before = _status("VmRSS")
    state = begin(world, arm, parameters(), seed=SEED)
    Path("/proc/self/clear_refs").write_text("5")
    cpu, wall = time.process_time(), time.perf_counter()
    advance(state, days, engine=engine)
    wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
    sober = ~world.is_using
    return {
        "seconds": wall, "cpu": cpu, "steps": days * EPOCHS_PER_DAY,
        "memory": (_status("VmHWM") - before) / people, "held": _held(state) / people,
        "ends": len(state.tied.ends) / people, "of": int(sober.sum()),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        "relapse_days": np.bincount(state.relapse[sober & (state.relapse != NEVER)], minlength=days).tolist(),
    }  # fmt: skip


def _held(state: State) -> int:
    """Return the bytes of all arrays of people and of ties."""
    columns = [getattr(state, name) for name in State.__slots__]
    arrays = [one for one in (*columns, *state.tied.columns) if isinstance(one, np.ndarray)]
    return sum(one.nbytes for one in arrays)


def _status(name: str) -> int:
    """Return a figure of this process in bytes."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) * 1024
    raise KeyError(name)


def _child(command: list[str], environment: dict[str, str]) -> Any:
    """Return what a process said, or why it said nothing."""
    ended = subprocess.run(
        command, capture_output=True, text=True, check=False, cwd=ROOT,
        env={**os.environ, **environment},
    )  # fmt: skip
    if ended.returncode:
        return Skipped((ended.stderr.strip().splitlines() or ["it ended"])[-1])
    said = json.loads(ended.stdout.splitlines()[-1])
    return Skipped(said["why"]) if "why" in said else said


def _peer(name: str, people: int, days: int) -> Any:
    """Run a peer in its environment, made if it is not there yet."""
    python = PEERS / "bin/python"
    try:
        if not python.exists():
            subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
            subprocess.run([python, "-m", "pip", "install", "--quiet", "-r", NEEDS], check=True)
    except subprocess.CalledProcessError as error:
        return Skipped(f"its packages cannot be had: {error}")
    command = [str(python), str(ROOT / f"benchmarks/peers/model_{name}.py"), str(people), str(days)]
    return _child(command, {"STARSIM_INSTALL_FONTS": "0"})


def _say(name: str, people: int, one: Any, ours: Any, *, is_kept: bool) -> None:
    """Print one result and keep it: how fast, how large, and whether it agrees with ours."""

    def say(what: str, value: float, unit: str) -> None:
        note("model", f"{people} people, {name}{what}", value, unit, is_kept=is_kept)

    if isinstance(one, Skipped):
        print(f"{'model':16} {people} people, {name}: not measured: {one.why}")
        return
    say("", _speed(one, people), "M steps/s")
    say(": of CPU, all threads", _speed(one, people, "cpu"), "M steps/s CPU")
    if "memory" in one:
        say(f": people and {one['ends']:.1f} ends of ties", one["held"], "B a person")
        say(": most that it took while they lived", one["memory"], "B a person")
        say(": the whole process, with the town", one["peak_mb"], "MB")
    elif isinstance(ours, dict):
        for clock in ("seconds", "cpu"):
            times = _speed(ours, people, clock) / _speed(one, people, clock)
            say(f": times as slow as ours, {clock}", times, "")
        days = one["steps"] // EPOCHS_PER_DAY
        shares = one["relapsed"] / one["of"], sum(ours["relapse_days"][:days]) / ours["of"]
        say(f": relapsed in {days} days", shares[0], f"(ours {shares[1]:.4f})")
        say(": difference in standard errors", _z(*shares, one["of"], ours["of"]), "z")


def _speed(one: Any, people: int, clock: str = "seconds") -> float:
    """Return million steps of a person by the wall clock, or with "cpu" of all threads' CPU."""
    return float(people * one["steps"] / max(one[clock], 1e-6) / 1e6)


def _z(one: float, another: float, n: int, m: int) -> float:
    """Return the difference of two shares in its standard errors (pooled)."""
    both = (one * n + another * m) / (n + m)
    return (one - another) / (np.sqrt(both * (1 - both) * (1 / n + 1 / m)) or 1.0)


def _table(found: dict[tuple[str, int], Any], sizes: list[int], clock: str, said: str) -> None:
    """Print million steps of a person, and how many times as slow as ours each is."""
    names = list(dict.fromkeys(name for name, _ in found))
    print(f"\n{f'million steps {said}':30}" + "".join(f"{n:>24,}" for n in sizes))
    for name in names:
        cells = []
        for people in sizes:
            one, ours = found.get((name, people)), found.get((OURS, people))
            if not isinstance(one, dict):
                cells.append("-")
                continue
            speed = _speed(one, people, clock)
            times = _speed(ours, people, clock) / speed if isinstance(ours, dict) else 1.0
            cells.append(f"{speed:.3g}" + (f" (1 to {times:.3g})" if times != 1 else ""))
        print(f"{name:30}" + "".join(f"{cell:>24}" for cell in cells))


if __name__ == "__main__":
    main()
