"""Ties: ten million acts to all ties, one act to one tie, and what people's ties say of them.

python benchmarks/bench_ties.py [--acts 10000000] [--smoke]
Each way to fold runs in a fresh process, from columns that lie in files; what it needs to be
compiled is compiled before, on a few acts. Peers, measured where they are installed: pandas and
polars (pip install pandas polars), for the closed form of the same rule; networkx for effective
size. A loop over a dictionary in plain Python and numpy alone need nothing.
"""

import argparse
import json
import subprocess
import sys
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground, tie_peers, town_acts
from kith.core.records import Act, ActLog
from kith.core.ties import (
    UNTIED,
    Tie,
    Ties,
    breadth,
    effective_size,
    learned,
    reciprocity,
    relearned,
)
from kith.core.ties.folding import fold

COLUMNS = ("day", "actor", "other", "mode", "minutes", "help")
# What is compared with the plain loop, which would take minutes for all.
FEW = 1_000_000
# networkx takes a tenth of a second for each person.
PEOPLE_FOR_NETWORKX = 300
KINDS = 12
CLOSE = 1e-9


def _side_by_side(log: ActLog) -> Ties:
    with ThreadPoolExecutor(2) as pool:
        return fold(log, shares=2, mapped=pool.map)


WAYS: dict[str, Callable[[ActLog], Ties]] = {
    "kith, 2 threads": _side_by_side,
    "kith, 1 thread": fold,
    **tie_peers.WAYS,
}


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--acts", type=int, default=10_000_000)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--one-way", nargs=2, metavar=("WAY", "FOLDER"), help=argparse.SUPPRESS)
    choice = parser.parse_args()
    if choice.one_way:
        print(json.dumps(_one_way(choice.one_way[0], Path(choice.one_way[1]))))
        return
    note = _Notes(is_kept=not choice.smoke)
    count, few = (20_000, 5_000) if choice.smoke else (choice.acts, FEW)
    _all_ties(note, count, [way for way in WAYS if way != tie_peers.LOOP])
    _all_ties(note, few, list(WAYS))
    log = town_acts.log(count)
    _streaming(note, log, people=20 if choice.smoke else 400)
    _people(note, _side_by_side(log))
    _networkx(note, 60 if choice.smoke else PEOPLE_FOR_NETWORKX)
    _one_act(note, 1_000 if choice.smoke else 100_000)
    _with_database(note, 50 if choice.smoke else 2_000)


class _Notes:
    """Notes results, or only prints them."""

    def __init__(self, *, is_kept: bool) -> None:
        self._is_kept = is_kept

    def __call__(self, what: str, value: float, unit: str) -> None:
        ground.note("ties", what, value, unit, is_kept=self._is_kept)


def _all_ties(note: _Notes, count: int, ways: list[str]) -> None:
    """Measure each way to fold `count` acts, each in a process of its own."""
    with TemporaryDirectory(prefix="kith-ties-") as folder:
        log = town_acts.log(count)
        for name in COLUMNS:
            np.save(Path(folder, f"{name}.npy"), getattr(log, name))
        Path(folder, "people").write_text(str(log.people))
        del log
        took: dict[str, float] = {}
        first = ways[0]
        for way in ways:
            found = _in_a_fresh_process(way, folder)
            if "missing" in found:
                print(f"not measured: {way}: {found['missing']} is missing")
                continue
            if found["difference"] > CLOSE:
                raise SystemExit(f"{way} differs by {found['difference']}")
            said = f"{count} acts, {found['ties']} ties, {way}"
            took[way] = found["s"]
            note(f"{said}: time", found["s"], "s")
            note(f"{said}: CPU", found["cpu_s"], "s")
            if way == first:
                note(f"{count} acts, checked at the border: time", found["checked_s"], "s")
            note(f"{said}: peak, all of the process", found["peak_mb"], "MB")
            note(f"{said}: peak above interpreter and log", found["above_mb"], "MB")
            note(f"{said}: difference to kith", found["difference"], "at most")
    print(f"\n{count} acts{'':16} s   times {first}")
    for way, seconds in took.items():
        print(f"  {way:20} {seconds:7.2f} {seconds / took[first]:8.1f}")
    print()


def _in_a_fresh_process(way: str, folder: str) -> dict[str, Any]:
    ended = subprocess.run(
        [sys.executable, __file__, "--one-way", way, folder],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise SystemExit(ended.stderr)
    found: dict[str, Any] = json.loads(ended.stdout)
    return found


def _one_way(way: str, folder: Path) -> dict[str, Any]:
    """Return what folding the log in `folder` took, that way, in this process."""
    people = int((folder / "people").read_text())
    columns = [np.load(folder / f"{name}.npy") for name in COLUMNS]
    began = time.perf_counter()
    log = ActLog(people, *columns)
    checked_s = time.perf_counter() - began
    try:
        WAYS[way](town_acts.log(1_000))
    except ModuleNotFoundError as error:
        return {"missing": error.name}
    before = _forget_peak()
    began, cpu = time.perf_counter(), time.process_time()
    ties = WAYS[way](log)
    found = {"s": time.perf_counter() - began, "cpu_s": time.process_time() - cpu}
    peak = _status_mb("VmHWM")
    difference = _difference(ties, fold(log))
    return {
        **found,
        "checked_s": checked_s,
        "peak_mb": peak,
        "above_mb": peak - before,
        "ties": len(ties.low),
        "difference": difference,
    }


def _forget_peak() -> float:
    """Let the kernel forget how much this process once held; return what it holds now, in MB."""
    Path("/proc/self/clear_refs").write_text("5")
    return _status_mb("VmRSS")


def _status_mb(name: str) -> float:
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1024


def _difference(ties: Ties, others: Ties) -> float:
    if not (np.array_equal(ties.low, others.low) and np.array_equal(ties.high, others.high)):
        raise SystemExit("not the same pairs")
    return max(
        float(np.abs(one - other).max(initial=0.0))
        for one, other in zip(ties.columns[2:], others.columns[2:], strict=True)
    )


def _streaming(note: _Notes, log: ActLog, people: int) -> None:
    """Tell the acts of some people one by one, as they came, and compare with the whole log."""
    folded = _side_by_side(log)
    mine = np.flatnonzero((log.actor < people) | (log.other < people))
    columns = [getattr(log, name)[mine].tolist() for name in COLUMNS]
    told: dict[tuple[int, int], list[Act]] = {}
    streamed: dict[tuple[int, int], Tie] = {}
    n_late = 0
    for act in (Act(*row) for row in zip(*columns, strict=True)):
        pair = (min(act.actor, act.other), max(act.actor, act.other))
        told.setdefault(pair, []).append(act)
        tie = streamed.get(pair, UNTIED)
        is_late = act.day < tie.day
        n_late += is_late
        streamed[pair] = relearned(told[pair]) if is_late else learned(tie, act)
    worst = max(
        abs(one - other)
        for pair, tie in streamed.items()
        for one, other in zip(tie, folded.between(*pair), strict=True)
    )
    if worst > CLOSE:
        raise SystemExit(f"streaming differs by {worst}")
    note(f"{len(mine)} acts one by one, {n_late} of them late: difference", worst, "at most")


def _people(note: _Notes, ties: Ties) -> None:
    """Measure what is said of all people."""
    kinds = np.random.default_rng(3).integers(0, KINDS, len(ties.low))
    effective_size.of_people(Ties.none(2))
    for name, measure in (
        ("reciprocity", lambda: reciprocity.of_people(ties)),
        ("breadth", lambda: breadth.of_people(ties, kinds)),
        ("effective size", lambda: effective_size.of_people(ties)),
    ):
        began = time.perf_counter()
        measure()
        said = f"{name} of {ties.people} people, {len(ties.low)} ties"
        note(said, time.perf_counter() - began, "s")


def _networkx(note: _Notes, people: int) -> None:
    """Compare effective size with networkx, on a town as dense as the large one."""
    log = town_acts.log(people * town_acts.ACTS_PER_PERSON)
    ties = fold(log)
    effective_size.of_people(ties)
    began = time.perf_counter()
    ours = effective_size.of_people(ties, weakest=0.0)
    ours_s = time.perf_counter() - began
    try:
        theirs, theirs_s = tie_peers.networkx_effective_size(ties)
    except ModuleNotFoundError:
        print("not measured: networkx is missing")
        return
    worst = float(np.abs(theirs - ours).max())
    if worst > CLOSE:
        raise SystemExit(f"networkx differs by {worst}")
    said = f"effective size of {log.people} people, {len(ties.low)} ties"
    note(f"{said}, kith", ours_s, "s")
    note(f"{said}, networkx", theirs_s, "s")
    note(f"{said}: times kith", theirs_s / ours_s, "ratio")
    note(f"{said}: difference", worst, "at most")


def _one_act(note: _Notes, count: int) -> None:
    """Measure one act on one tie, in process: learning alone, and with the act checked first."""
    log = town_acts.log(count)
    columns = [getattr(log, name).tolist() for name in COLUMNS]
    rows = sorted(zip(*columns, strict=True))
    acts = [Act(*row) for row in rows]
    ways: dict[str, Callable[[int, Tie], Tie]] = {
        "learned": lambda number, tie: learned(tie, acts[number]),
        "Act made and checked, then learned": lambda number, tie: learned(tie, Act(*rows[number])),
    }
    for said, run in ways.items():
        took, tie = [], UNTIED
        for number in range(count):
            began = time.perf_counter_ns()
            tie = run(number, tie)
            took.append((time.perf_counter_ns() - began) / 1_000)
        note(f"one act, {said}: p50", median(took), "us")
        note(f"one act, {said}: p99", quantiles(took, n=100)[98], "us")


def _with_database(note: _Notes, count: int) -> None:
    """Measure a whole `record` on SQLite, in an instance of its own."""
    with TemporaryDirectory(prefix="kith-ties-") as folder:
        _manage(folder, "migrate")
        recorded = _manage(folder, "shell", "-c", RECORDING.format(count=count))
    for said, took in json.loads(recorded).items():
        note(f"acts.record on SQLite, {said}: p50", median(took), "ms")
        note(f"acts.record on SQLite, {said}: p99", quantiles(took, n=100)[98], "ms")


def _manage(folder: str, *command: str) -> str:
    ended = subprocess.run(
        [*ground.KITH, "manage", *command, "-v0"],
        env=ground.environment(Path(folder)), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if ended.returncode:
        raise SystemExit(ended.stderr)
    return ended.stdout


RECORDING = """
import json, time
from datetime import date, timedelta
from kith.web.acts import actions
from kith.web.acts.models import Act
from kith.web.people.models import Person
people = [Person() for _ in range({count} + 1)]
Person.objects.bulk_create(people)
def timed(other, on):
    act = Act(kind="talked", actor=people[0], other=other, on=on, mode="in_person", minutes=30, setting="gathering")
    began = time.perf_counter()
    actions.record(act)
    return (time.perf_counter() - began) * 1000
day = date(2026, 1, 1)
print(json.dumps({{
    "act of one": [timed(None, day) for _ in people[1:]],
    "a new tie": [timed(other, day) for other in people[1:]],
    "a known tie": [timed(other, day + timedelta(1)) for other in people[1:]],
    "told late (3 acts learned anew)": [timed(other, day - timedelta(1)) for other in people[1:]],
}}))
"""

if __name__ == "__main__":
    main()
