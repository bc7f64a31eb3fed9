"""Near-me search over the whole line: HTTP, pages, index. Server on one core, client on the other.

python benchmarks/bench_search.py [--gatherings 100000] [--smoke]
Needs wrk (apt install wrk). The peer of each figure is an answer without any search in it
(/healthz): what the server itself costs.
"""

import argparse
import re
import shutil
import subprocess
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground, town

SCRIPT = """
local paths = {{ {paths} }}
local n = 0
request = function()
  n = n + 1
  return wrk.format("GET", paths[n % #paths + 1])
end
"""
DONE = """
done = function(summary, latency)
  io.write(string.format("RESULT %f %f %f %d\\n", summary.requests / (summary.duration / 1e6),
    latency:percentile(50) / 1000, latency:percentile(99) / 1000,
    summary.errors.status + summary.errors.read + summary.errors.timeout + summary.errors.connect))
end
"""
QUERIES = {
    "json": "/api/gatherings?lat={lat}&lon={lon}&km=5",
    "html": "/gatherings/?lat={lat}&lon={lon}&km=5",
    "html, filters": "/gatherings/?lat={lat}&lon={lon}&km=10&when=tonight&when=tomorrow&access=step_free&language=es",
    "no search": "/healthz?lat={lat}&lon={lon}",
}


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gatherings", type=int, default=100_000)
    parser.add_argument("--seconds", type=int, default=15)
    parser.add_argument("--smoke", action="store_true")
    choice = parser.parse_args()
    count, seconds = (500, 1) if choice.smoke else (choice.gatherings, choice.seconds)
    wrk = shutil.which("wrk")
    if wrk is None:
        print("not measured: wrk is missing (apt install wrk)")
        return
    path = ground.feed(f"town-{count}.json", town.records(count))
    folder = ground.instance(f"town-{count}", [path])
    with ground.server(folder) as server:
        for name, pattern in QUERIES.items():
            paths = [pattern.format(lat=lat, lon=lon) for lat, lon in town.points(2_000)]
            script = folder / "wrk.lua"
            script.write_text(SCRIPT.format(paths=",".join(f'"{p}"' for p in paths)) + DONE)
            run(wrk, server.url, script, seconds=max(1, seconds // 3), connections=4)  # warm
            for connections in (1, 8):
                before = server.cpu_s()
                rate, p50, p99, errors = run(
                    wrk, server.url, script, seconds=seconds, connections=connections
                )
                cpu_ms = (server.cpu_s() - before) / (rate * seconds) * 1000
                said = f"{name}, {count} gatherings, {connections} connections"
                if errors:
                    raise SystemExit(f"{said}: {errors} errors")
                ground.note("search", f"{said}: rate", rate, "requests/s")
                ground.note("search", f"{said}: server's CPU", cpu_ms, "ms a request")
                ground.note("search", f"{said}: p50", p50, "ms")
                ground.note("search", f"{said}: p99", p99, "ms")


def run(
    wrk: str, url: str, script: Path, *, seconds: int, connections: int
) -> tuple[float, float, float, int]:
    """Return requests a second, p50 and p99 in ms, and how many went wrong."""
    ended = subprocess.run(
        ["taskset", "-c", "1", wrk, "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(script), url],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    found = re.search(r"RESULT ([\d.]+) ([\d.]+) ([\d.]+) (\d+)", ended.stdout)
    if found is None:
        raise SystemExit(ended.stdout + ended.stderr)
    return float(found[1]), float(found[2]), float(found[3]), int(found[4])


if __name__ == "__main__":
    main()
