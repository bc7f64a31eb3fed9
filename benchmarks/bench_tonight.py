"""Pages of somebody who is in, among 10,000 members with 100,000 acts, each asked by another one.

python benchmarks/bench_tonight.py [--members 10000] [--acts 100000] [--smoke]
Over HTTP (server on one core, client on the other; needs wrk) and in one process, where the
questions to the database are counted. The peer of each figure is an answer without any of it
(/healthz): what the server itself costs.
"""

import argparse
import cProfile
import json
import pstats
import shutil
import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import bench_search, ground, town, town_of_people

QUERIES_MOST, P50_MOST_MS = 8, 10
PAGES = {
    "tonight": "/tonight/",
    "gathering": "/gatherings/{slug}/",
    "you": "/you/",
    "no page": "/healthz",
}
SCRIPT = """
local asked = {{ {asked} }}
local n = 0
request = function()
  n = n + 1
  local one = asked[n % #asked + 1]
  return wrk.format("GET", one[1], {{ ["Cookie"] = "door=" .. one[2], ["Accept-Encoding"] = "gzip" }})
end
"""


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--acts", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument(
        "--profile", action="store_true", help="say what Tonight spends its time on"
    )
    parser.add_argument("--in-process", type=Path, help=argparse.SUPPRESS)
    choice = parser.parse_args()
    if choice.in_process:
        print(json.dumps(_in_process(choice.in_process, is_profiled=choice.profile)))
        return
    if choice.smoke:
        choice.members, choice.acts, choice.seconds = 200, 2_000, 1
    folder = _town(choice.members, choice.acts)
    said = f"{choice.members} members, {choice.acts} acts"
    note = _Notes(said, is_kept=not choice.smoke)
    _note_in_process(note, folder, is_profiled=choice.profile)
    if shutil.which("wrk") is None:
        print("not measured over HTTP: wrk is missing (apt install wrk)")
        return
    with ground.server(folder) as server:
        _see_that_doors_are_open(server, folder)
        for page in PAGES:
            _over_http(note, server, folder, page=page, seconds=choice.seconds)


class _Notes:
    """Notes results of one town, or only prints them."""

    def __init__(self, said: str, *, is_kept: bool) -> None:
        self._said = said
        self._is_kept = is_kept

    def __call__(self, what: str, value: float, unit: str) -> None:
        ground.note("tonight", f"{self._said}, {what}", value, unit, is_kept=self._is_kept)


def _town(members: int, acts: int) -> Path:
    """Return the folder of an instance with gatherings and people, made anew."""
    gatherings = max(50, members // 5)
    feed = ground.feed(f"town-{gatherings}.json", town.records(gatherings))
    folder = ground.instance(f"people-{members}", [feed], fresh=True)
    began = time.perf_counter()
    seeding = subprocess.run(
        [sys.executable, town_of_people.__file__, "--members", str(members), "--acts", str(acts)],
        env=ground.environment(folder), capture_output=True, text=True, check=False,
    )  # fmt: skip
    if seeding.returncode:
        raise SystemExit(seeding.stderr)
    print(f"seeded in {time.perf_counter() - began:.1f} s")
    (folder / "doors.json").write_text(seeding.stdout)
    return folder


def _note_in_process(note: _Notes, folder: Path, *, is_profiled: bool) -> None:
    ended = subprocess.run(
        ["taskset", "-c", "0", sys.executable, __file__, "--in-process", str(folder), *(["--profile"] if is_profiled else [])],
        env=ground.environment(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    *profile, found = ended.stdout.splitlines()
    print("\n".join(profile))
    for page, measured in json.loads(found).items():
        took = measured["ms"]
        note(f"{page}, in process: questions, at most", max(measured["queries"]), "queries")
        note(f"{page}, in process: p50", median(took), "ms")
        note(f"{page}, in process: p99", quantiles(took, n=100)[98], "ms")
        note(f"{page}, in process: CPU, p50", median(measured["cpu_ms"]), "ms")
        if page == "tonight" and max(measured["queries"]) > QUERIES_MOST:
            print(f"MISSED: at most {QUERIES_MOST} questions")


def _in_process(folder: Path, *, is_profiled: bool) -> dict[str, Any]:
    """Return how long each page took for everybody, and how often it asked the database."""
    import django

    django.setup()
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    found: dict[str, Any] = {}
    browser = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    for page, path in PAGES.items():
        asked = _asked(folder, path)
        queries, took, cpu = [], [], []
        for address, door in asked:
            browser.cookies["door"] = door
            # The first one of a day writes down that it was used.
            assert browser.get(address).status_code == 200, address
            with CaptureQueriesContext(connection) as questions:
                browser.get(address)
            queries.append(len(questions))
            began, busy = time.perf_counter(), time.process_time()
            browser.get(address)
            took.append((time.perf_counter() - began) * 1000)
            cpu.append((time.process_time() - busy) * 1000)
        found[page] = {"queries": queries, "ms": took, "cpu_ms": cpu}
    if is_profiled:
        _profile(browser, _asked(folder, PAGES["tonight"]))
    return found


def _profile(browser: Any, asked: list[tuple[str, str]]) -> None:
    with cProfile.Profile() as profile:
        for address, door in asked:
            browser.cookies["door"] = door
            browser.get(address)
    pstats.Stats(profile).sort_stats("cumulative").print_stats(60)


def _asked(folder: Path, path: str) -> list[tuple[str, str]]:
    """Return which address each open door asks for."""
    doors = json.loads((folder / "doors.json").read_text())
    return [(path.format(slug=slug), door) for door, slug in doors]


def _see_that_doors_are_open(server: ground.Server, folder: Path) -> None:
    address, door = _asked(folder, PAGES["tonight"])[0]
    asked = urllib.request.Request(server.url + address, headers={"Cookie": f"door={door}"})  # noqa: S310 - ours
    with urllib.request.urlopen(asked) as answer:  # noqa: S310 - ours
        if not answer.url.endswith(address):
            raise SystemExit(f"led away to {answer.url}")


def _over_http(
    note: _Notes, server: ground.Server, folder: Path, *, page: str, seconds: int
) -> None:
    asked = ",".join(f'{{"{address}","{door}"}}' for address, door in _asked(folder, PAGES[page]))
    script = folder / "wrk.lua"
    script.write_text(SCRIPT.format(asked=asked) + bench_search.DONE)
    wrk = shutil.which("wrk") or ""
    bench_search.run(wrk, server.url, script, seconds=max(1, seconds // 3), connections=4)
    for connections in (1, 8):
        before = server.cpu_s()
        rate, p50, p99, errors = bench_search.run(
            wrk, server.url, script, seconds=seconds, connections=connections
        )
        cpu_ms = (server.cpu_s() - before) / (rate * seconds) * 1000
        said = f"{page}, {connections} connections"
        if errors:
            raise SystemExit(f"{said}: {errors} errors")
        note(f"{said}: rate", rate, "requests/s")
        note(f"{said}: server's CPU", cpu_ms, "ms a request")
        note(f"{said}: p50", p50, "ms")
        note(f"{said}: p99", p99, "ms")
        if page == "tonight" and connections == 1 and p50 > P50_MOST_MS:
            print(f"MISSED: p50 at most {P50_MOST_MS} ms")


if __name__ == "__main__":
    main()
