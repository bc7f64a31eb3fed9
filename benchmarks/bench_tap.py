"""What a tap costs the server: processor time and questions to the database, without a network.

python benchmarks/bench_tap.py [--members 10000] [--taps 400] [--smoke] [--profile]
Everybody who taps is another one, in one process and one thread. Processor time is what counts on
a machine that others use too: `1000 / ms` taps a second is what one core can do at most, when
nothing else is asked of it.
"""

import argparse
import cProfile
import io
import json
import pstats
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path
from statistics import median
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import bench_reach, ground

_WARM = 50


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--taps", type=int, default=400)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--again", action="store_true", help="the people of the last run")
    parser.add_argument("--profile", action="store_true", help="also show where the time goes")
    parser.add_argument("--tap", type=Path, help=argparse.SUPPRESS)
    choice = parser.parse_args()
    if choice.tap:
        _tap_all(choice)
        return
    if choice.smoke:
        choice.members, choice.taps = 300, 30
    choice.rate, choice.seconds = choice.taps + _WARM, 1
    folder = bench_reach.instance(choice, ground.free_port())
    again = [flag for flag in ("--profile",) if choice.profile]
    taps = ["--taps", str(choice.taps), "--tap", str(folder / "doors.json")]
    done = subprocess.run(
        [sys.executable, __file__, *taps, *again],
        env=bench_reach.environment(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    said = f"{choice.members} members, a tap"
    for what, unit in (("processor time", "ms"), ("questions", "questions")):
        ground.note("tap", f"{said}: {what}", found[what], unit, is_kept=not choice.smoke)


def _tap_all(choice: argparse.Namespace) -> None:
    """Tap in this process, and print what it took."""
    import django

    django.setup()
    from kith.project.wsgi import application

    doors = json.loads(choice.tap.read_text())["askers"][: _WARM + choice.taps]
    for door in doors[:_WARM]:
        _tap(application, door)
    profile = cProfile.Profile(time.process_time) if choice.profile else None
    asked: Counter[str] = Counter()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked[sql] += 1
        return execute(sql, *rest)

    took = []
    for place in range(_WARM, len(doors), 20):
        began, some = time.process_time(), doors[place : place + 20]
        if profile:
            profile.enable()
        for door in some:
            _tap(application, door)
        if profile:
            profile.disable()
        took.append((time.process_time() - began) * 1000 / len(some))
    many = _questions(application, doors, count, asked)
    print(json.dumps({"processor time": median(took), "questions": many}))
    if profile:
        _show(profile, asked)


def _questions(application: Any, doors: list[str], count: Any, asked: "Counter[str]") -> float:
    """Return how many questions a tap asks, by ten more taps of those who have not been answered."""
    from django.db import connections

    from kith.web.reach.models import Reach

    Reach.objects.all().delete()
    with connections["default"].execute_wrapper(count):
        for door in doors[:10]:
            _tap(application, door)
    return asked.total() / 10


def _show(profile: cProfile.Profile, asked: "Counter[str]") -> None:
    said = io.StringIO()
    pstats.Stats(profile, stream=said).sort_stats("tottime").print_stats(45)
    pstats.Stats(profile, stream=said).sort_stats("cumtime").print_stats(90)
    print(said.getvalue(), file=sys.stderr)
    for sql, many in asked.items():
        print(many / 10, sql[:230], file=sys.stderr)


def _tap(application: Any, door: str) -> None:
    body = f"csrfmiddlewaretoken={bench_reach.TOKEN}&way=voice".encode()
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": "/now/ring/", "SCRIPT_NAME": "", "QUERY_STRING": "",
        "SERVER_NAME": "127.0.0.1", "SERVER_PORT": "80", "SERVER_PROTOCOL": "HTTP/1.1",
        "HTTP_HOST": "127.0.0.1", "HTTP_COOKIE": f"door={door}; csrftoken={bench_reach.TOKEN}",
        "CONTENT_TYPE": "application/x-www-form-urlencoded", "CONTENT_LENGTH": str(len(body)),
        "wsgi.input": io.BytesIO(body), "wsgi.url_scheme": "http", "wsgi.errors": sys.stderr,
        "wsgi.version": (1, 0), "wsgi.multithread": True, "wsgi.multiprocess": False,
        "wsgi.run_once": False,
    }  # fmt: skip
    status: list[str] = []
    answer = application(environ, lambda code, *_rest: status.append(code))
    answer.close()
    assert status == ["302 Found"], status


if __name__ == "__main__":
    main()
