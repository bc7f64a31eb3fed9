"""Importing a feed from nothing, and again: seconds and memory of the whole command.

python benchmarks/bench_import.py [--records 18000] [--smoke]
"""

import argparse
import os
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground, town


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=18_000)
    parser.add_argument("--feed", type=Path, nargs="*", help="Measure these files instead.")
    parser.add_argument("--smoke", action="store_true")
    choice = parser.parse_args()
    count = 300 if choice.smoke else choice.records
    feeds = choice.feed or [ground.feed(f"town-{count}.json", town.records(count))]
    said = f"{count} records" if not choice.feed else " + ".join(path.name for path in choice.feed)
    with tempfile.TemporaryDirectory() as folder:
        for name in ("first time", "again, nothing changed"):
            seconds, cpu_s, megabytes = _timed(Path(folder), feeds)
            ground.note("import", f"{said}, {name}: time", seconds, "s")
            ground.note("import", f"{said}, {name}: CPU time", cpu_s, "s")
            ground.note("import", f"{said}, {name}: peak memory", megabytes, "MB")


def _timed(folder: Path, feeds: list[Path]) -> tuple[float, float, float]:
    began = time.monotonic()
    pid = os.posix_spawn(
        sys.executable,
        [*ground.KITH, "import", *map(str, feeds), "--json"],
        ground.environment(folder),
        file_actions=[(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)],
    )
    _, status, usage = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"kith import ended with {status}")
    # Linux counts ru_maxrss in kilobytes.
    cpu_s = usage.ru_utime + usage.ru_stime
    return time.monotonic() - began, cpu_s, usage.ru_maxrss / 1000


if __name__ == "__main__":
    main()
