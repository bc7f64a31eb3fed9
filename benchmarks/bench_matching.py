"""Circles and pairs: quality, time and memory, beside other solvers on the same made-up people.

    python benchmarks/bench_matching.py             # the table; some minutes
    python benchmarks/bench_matching.py --million   # with a million people too
    python benchmarks/bench_matching.py --repair    # only the repair, of four crowds
    python benchmarks/bench_matching.py --long 60   # first a run of 60 times the usual effort

The peers (CP-SAT, k-means-constrained, networkx) live in an environment that is made at
var/bench/peers when it is first needed; rustworkx is among the packages for development.
Time is wall time and, because the machine may be shared, the CPU time of all threads too.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import combinations
from pathlib import Path
from typing import Any

os.environ.setdefault("OMP_WAIT_POLICY", "passive")
sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import numpy as np

from benchmarks.crowd import crowd, next_week
from benchmarks.ground import KEPT, ROOT, note
from kith.core.matching import NOBODY, POINTS, Circles, People
from kith.core.matching.check import violations, worth
from kith.core.matching.circles import Circles as _Circles
from kith.core.matching.circles import circle_of
from kith.core.matching.packed import packed
from kith.core.matching.pairs import PAIR, bound, edges, pair_up
from kith.core.matching.proof import every_circle, prove
from kith.core.matching.search import Effort, form
from kith.lab.forming import make_ready

SEED = 1
# What a run of 60 times the usual effort reached on crowd(10_000), units per person (--long 60).
LONG_RUN = 12_022.9
PEERS = KEPT / "peers"
PEER_PACKAGES = ("ortools", "k-means-constrained", "networkx")


def main() -> None:
    """Measure, print and append."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--smoke", action="store_true", help="briefly, to see that it works")
    asked.add_argument("--repair", action="store_true")
    asked.add_argument("--million", action="store_true")
    asked.add_argument("--long", type=float, default=0.0, metavar="TIMES")
    asked.add_argument("--one", type=int, default=0, help=argparse.SUPPRESS)
    given = asked.parse_args()
    for is_pairs in (False, True):
        make_ready(is_pairs=is_pairs)
    if given.one:
        print(json.dumps(measured(given.one)))
        return
    say = (
        (lambda what, value, unit: print(f"{what:52} {value:12.3f} {unit}"))
        if given.smoke
        else (lambda what, value, unit: note("matching", what, value, unit))
    )
    print(f"load before: {os.getloadavg()}, cores: {os.cpu_count()}")
    if given.smoke:
        small(say, [30, 60])
        pairs(say, 300)
        repair(say, 300)
        return
    if given.repair:
        repair(say, 10_000, crowds=4)
        return
    small(say, [60, 120, 300])
    large(say, [10_000, 100_000, *([1_000_000] if given.million else [])], given.long)
    for n in (1_000, 3_000, 100_000):
        pairs(say, n)
    repair(say, 10_000, crowds=4)
    peers(say)


def timed(work: Any) -> tuple[Any, float, float]:
    """Return what `work` returns, its wall and its CPU seconds; the quickest of three."""
    best: tuple[Any, float, float] | None = None
    for _ in range(3):
        wall, cpu = time.monotonic(), time.process_time()
        value = work()
        spent = time.monotonic() - wall, time.process_time() - cpu
        if best is None or spent[0] < best[1]:
            best = value, *spent
        if spent[0] > 20:
            break
    assert best is not None
    return best


def formed(people: People, *, seed: int = SEED, **how: Any) -> Circles:
    """Return circles on two threads."""
    with ThreadPoolExecutor(2) as pool:
        return form(people, seed=seed, across=pool.map, **how)


def small(say: Any, sizes: list[int]) -> None:
    """Against the optimum, or a bound."""
    for n in sizes:
        people = crowd(n)
        circles, wall, cpu = timed(lambda p=people: formed(p))
        assert violations(people, circles, seed=SEED) == []
        began = time.monotonic()
        proof = prove(people, circles, seed=SEED)
        what = "optimum" if proof.is_optimum else "bound"
        say(f"{n} people: share of the {what}", circles.value.sum() / proof.bound, "")
        say(f"{n} people: to form", wall, "s wall")
        say(f"{n} people: to form", cpu, "s CPU")
        say(f"{n} people: to prove", time.monotonic() - began, "s wall")


def large(say: Any, sizes: list[int], long: float) -> None:
    """In a process each, for its memory."""
    densities = {}
    reference = LONG_RUN
    if long:
        people = crowd(sizes[0])
        run = formed(people, effort=Effort.usual(len(people), long))
        reference = float(run.value.sum()) / len(people)
        say(f"{len(people)} people: {long:g} times the effort", reference, "units per person")
    for n in sizes:
        said = subprocess.run(
            [sys.executable, __file__, "--one", str(n)], capture_output=True, text=True, check=True
        )
        one = json.loads(said.stdout.splitlines()[-1])
        densities[n] = one["density"]
        for what, unit in (("wall", "s wall"), ("cpu", "s CPU"), ("placed", "placed"), ("memory", "MB above people"), ("check", "s to check"), ("violations", "violations"), ("density", "units per person")):  # fmt: skip
            say(f"{n} people", one[what], unit)
        if n == sizes[0] and reference:
            say(f"{n} people: share of the long run", one["density"] / reference, "")
        say(f"{n} people: density against {sizes[0]}", one["density"] / densities[sizes[0]], "")


def measured(n: int) -> dict[str, float]:
    """Form circles of `n` people, in a process that does nothing else."""
    people = crowd(n)
    form(crowd(60), seed=SEED)
    before = _status("VmRSS")
    Path("/proc/self/clear_refs").write_text("5")
    wall, cpu = time.monotonic(), time.process_time()
    circles = formed(people)
    wall, cpu = time.monotonic() - wall, time.process_time() - cpu
    memory = _status("VmHWM") - before
    began = time.monotonic()
    broken = len(violations(people, circles, seed=SEED))
    return {
        "wall": wall, "cpu": cpu, "memory": memory, "check": time.monotonic() - began,
        "violations": broken, "placed": circles.placed / n, "density": float(circles.value.sum()) / n,
    }  # fmt: skip


def _status(name: str) -> float:
    """Return a figure of this process in MB."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith(name + ":"):
            return int(line.split()[1]) / 1024
    raise KeyError(name)


def pairs(say: Any, n: int) -> None:
    """Against half of the best assignment, and the exact ones."""
    people = crowd(n)

    def work() -> Circles:
        with ThreadPoolExecutor(2) as pool:
            return pair_up(people, seed=SEED, across=pool.map)

    found, wall, cpu = timed(work)
    some = edges(people, seed=SEED)
    value = int(found.value.sum())
    assert violations(people, found, seed=SEED, sizes=PAIR) == []
    say(f"{n} in pairs: share of the bound", value / bound(some), "")
    say(f"{n} in pairs", wall, "s wall")
    say(f"{n} in pairs", cpu, "s CPU")
    if n > 3_000:
        return
    import rustworkx as rx

    graph = rx.PyGraph(multigraph=False)
    graph.add_nodes_from(range(n))
    triples = list(zip(some.one.tolist(), some.other.tolist(), some.value.tolist(), strict=True))
    graph.add_edges_from(triples)
    began = time.monotonic()
    best = rx.max_weight_matching(graph, weight_fn=lambda edge: edge)
    took = time.monotonic() - began
    say(
        f"{n} in pairs: share of the exact (rustworkx)",
        value / sum(graph.get_edge_data(*pair) for pair in best),
        "",
    )
    say(f"{n} in pairs: rustworkx", took, "s wall")
    if n == 1_000:
        data = _saved("pairs", one=some.one, other=some.other, value=some.value)
        say(f"{n} in pairs: networkx", _peer("networkx", data)["seconds"], "s wall")


def repair(say: Any, n: int, crowds: int = 1) -> None:
    """A week later: 3 % replaced, 5 % with other hours. Means of a few crowds."""
    both = [_repairs(n, seed) for seed in range(SEED, SEED + crowds)]
    for place, how in enumerate(("one may move", "nobody moves")):
        for what, unit in (("pairs of untouched circles kept", ""), ("untouched circles ended", "circles"), ("value lost against forming anew", ""), ("wall", "s wall"), ("cpu", "s CPU")):  # fmt: skip
            mean = float(np.mean([two[place][what] for two in both]))
            name = f"repair of {n}, {how}" + ("" if unit.startswith("s ") else f": {what}")
            say(name, mean, unit)


def _repairs(n: int, seed: int) -> list[dict[str, float]]:
    """Return what came of both kinds of repair of one crowd."""
    people = crowd(n, seed)
    before = formed(people, seed=seed)
    later, same, untouched = next_week(people, before, seed)
    members = [[i for i in some if same[i]] for some in before.lists()]
    last = Circles.of(members, before.hour.tolist(), before.mode.tolist())
    anew = formed(later, seed=seed).value.sum()
    found = []
    for may_move in (True, False):
        after, wall, cpu = timed(lambda m=may_move: formed(later, seed=seed, last=last, may_move=m))
        assert violations(later, after, seed=seed, last=last) == []
        circle = circle_of(after, n)
        pairs = [two for some in untouched for two in combinations(some, 2)]
        sits = [np.bincount(circle[some] + 1)[1:].max(initial=0) for some in untouched]
        ended = sum(int(now) < len(some) - 1 for now, some in zip(sits, untouched, strict=True))
        found.append({
            "pairs of untouched circles kept": float(np.mean([circle[a] == circle[b] != NOBODY for a, b in pairs])),
            "untouched circles ended": ended, "value lost against forming anew": 1 - float(after.value.sum() / anew),
            "wall": wall, "cpu": cpu,
        })  # fmt: skip
    return found


# ---- peers ------------------------------------------------------------------


def peers(say: Any) -> None:
    """Other ways on the same people."""
    for n in (60, 120):
        people = crowd(n)
        member, value = every_circle(people, seed=SEED, most=500_000)
        ours = formed(people)
        said = _peer("cpsat", _saved("circles", member=member, value=value))
        proved = "proved" if said["is_proved"] else "not proved"
        say(f"{n} people: CP-SAT, {proved}, of {len(value)} circles", said["seconds"], "s wall")
        say(f"{n} people: ours against CP-SAT", ours.value.sum() / said["value"], "")
    people = crowd(300)
    ours = formed(people)
    _peer("kmeans", data := _saved("features", features=_features(people)))
    clusters = np.load(data.with_suffix(".out.npy"))
    _compare(
        say,
        people,
        ours,
        "k-means-constrained",
        [np.flatnonzero(clusters == c) for c in np.unique(clusters)],
    )
    order = np.random.default_rng(SEED).permutation(300)
    _compare(say, people, ours, "random fives", np.split(order, 60))
    greedy = formed(people, effort=Effort(0.0, few=64))
    say("300 people: greedy against ours", greedy.value.sum() / ours.value.sum(), "")


def _compare(say: Any, people: People, ours: Circles, name: str, groups: Any) -> None:
    """Say how many people sit in groups that break no rule, and what those are worth."""
    pack = packed(people, POINTS, SEED)
    found: dict[int, int] = {}
    for group in groups:
        for mode in (2, 1):
            week = np.bitwise_and.reduce(pack.rows.row[np.isin(pack.origin, group), :6])
            hours = [h for h in range(336) if int(week[h // 64]) >> h % 64 & 1]
            if not hours:
                continue
            one = _Circles.of([group.tolist()], hours[:1], [mode])
            if {v.rule for v in violations(people, one, seed=SEED)} <= {"value"}:
                found[int(group[0])] = int(worth(people, one, seed=SEED)[0])
    placed = sum(len(group) for group in groups if int(group[0]) in found)
    say(f"300 people: placed by {name}", placed, "people")
    say("300 people: placed by us", ours.placed, "people")
    say(f"300 people: {name} against ours", sum(found.values()) / ours.value.sum(), "")


def _features(people: People) -> np.ndarray:
    """Return what people have, as columns of 0 and 1, and where they are."""
    bits = [people.week, people.languages[:, None], people.practices.astype(np.uint64)[:, None]]
    columns = [np.unpackbits(np.ascontiguousarray(b).view(np.uint8), axis=1) for b in bits]
    return np.concatenate([*columns, np.nan_to_num(people.latitude)[:, None], np.nan_to_num(people.longitude)[:, None]], axis=1).astype(float)  # fmt: skip


def _saved(name: str, **arrays: np.ndarray) -> Path:
    path = KEPT / f"{name}.npz"
    path.parent.mkdir(parents=True, exist_ok=True)
    np.savez(path, **arrays)  # type: ignore[arg-type]  # one is a flag of its own
    return path


def _peer(which: str, data: Path) -> dict[str, Any]:
    """Run a peer in its environment, made if it is not there yet."""
    python = PEERS / "bin/python"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", PEERS], check=True)
        subprocess.run([python, "-m", "pip", "install", "--quiet", *PEER_PACKAGES], check=True)
    said = subprocess.run([python, ROOT / "benchmarks/peers/matching.py", which, data], capture_output=True, text=True, check=True)  # fmt: skip
    answer: dict[str, Any] = json.loads(said.stdout.splitlines()[-1])
    return answer


if __name__ == "__main__":
    main()
