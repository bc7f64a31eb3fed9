"""What a tap, and an answer to it, cost the server: processor time and questions, without a network.

python benchmarks/bench_tap.py [--members 10000] [--taps 400] [--answers 100] [--smoke] [--profile]
Everybody who taps is another one, in one process and one thread; then some who are rung answer. Processor time is what counts on
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

# So many posts come before those that count; so many are measured together; so many are counted.
_WARM, _IN_ONE, _QUESTIONS = 50, 20, 10


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--taps", type=int, default=400)
    parser.add_argument("--answers", type=int, default=100)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--again", action="store_true", help="the people of the last run")
    parser.add_argument("--profile", action="store_true", help="also show where the time goes")
    parser.add_argument("--tap", type=Path, help=argparse.SUPPRESS)
    choice = parser.parse_args()
    if choice.tap:
        _tap_all(choice)
        return
    if choice.smoke:
        choice.members, choice.taps, choice.answers = 300, 30, 10
    choice.rate, choice.seconds = choice.taps + _WARM + _QUESTIONS, 1
    folder = bench_reach.instance(choice, ground.free_port())
    again = [flag for flag in ("--profile",) if choice.profile]
    many = ["--taps", str(choice.taps), "--answers", str(choice.answers)]
    taps = [*many, "--tap", str(folder / "doors.json")]
    done = subprocess.run(
        [sys.executable, __file__, *taps, *again],
        env=bench_reach.environment(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    found = json.loads(done.stdout)
    for of in ("a tap", "an answer"):
        for what, unit in (("processor time", "ms"), ("questions", "questions")):
            said = f"{choice.members} members, {of}: {what}"
            ground.note("tap", said, found[of][what], unit, is_kept=not choice.smoke)


def _tap_all(choice: argparse.Namespace) -> None:
    """Tap and answer in this process, and print what it took."""
    import django

    django.setup()
    from kith.project.wsgi import application

    known = json.loads(choice.tap.read_text())
    taps = [(door, "/now/ring/") for door in known["askers"][: _WARM + choice.taps + _QUESTIONS]]
    profile = cProfile.Profile(time.process_time) if choice.profile else None
    found = {"a tap": _measured(application, taps, profile)}
    if profile:
        _show(profile)
        profile = cProfile.Profile(time.process_time)
    found["an answer"] = _measured(application, _answers(known["members"], choice.answers), profile)
    if profile:
        _show(profile)
    print(json.dumps(found))


def _answers(doors: dict[str, str], many: int) -> list[tuple[str, str]]:
    """Return one who is rung for each of so many reaches, by their door, and where they answer."""
    from kith.web.reach.models import Ring

    first = {ring.reach_id: ring for ring in Ring.objects.order_by("-pk")}
    rings = list(first.values())[: many + _QUESTIONS]
    return [(doors[one.person_id.hex], f"{one.get_absolute_url()}answer/") for one in rings]


def _measured(
    application: Any, posts: list[tuple[str, str]], profile: cProfile.Profile | None
) -> dict[str, float]:
    """Return the processor time of a post, the first ones left out, and how much the last ones ask."""
    warm = min(_WARM, len(posts) // 4)
    for door, path in posts[:warm]:
        _post(application, door, path)
    took = []
    for place in range(warm, len(posts) - _QUESTIONS, _IN_ONE):
        some = posts[place : min(place + _IN_ONE, len(posts) - _QUESTIONS)]
        began = time.process_time()
        if profile:
            profile.enable()
        for door, path in some:
            _post(application, door, path)
        if profile:
            profile.disable()
        took.append((time.process_time() - began) * 1000 / len(some))
    asked = _questions(application, posts[-_QUESTIONS:])
    if profile:
        for sql, many in asked.items():
            print(many / _QUESTIONS, sql[:230], file=sys.stderr)
    return {"processor time": median(took), "questions": asked.total() / _QUESTIONS}


def _questions(application: Any, posts: list[tuple[str, str]]) -> "Counter[str]":
    """Return how often each question is asked by these posts."""
    from django.db import connections

    asked: Counter[str] = Counter()

    def count(execute: Any, sql: str, *rest: Any) -> Any:
        asked[sql] += 1
        return execute(sql, *rest)

    with connections["default"].execute_wrapper(count):
        for door, path in posts:
            _post(application, door, path)
    return asked


def _show(profile: cProfile.Profile) -> None:
    said = io.StringIO()
    pstats.Stats(profile, stream=said).sort_stats("tottime").print_stats(45)
    pstats.Stats(profile, stream=said).sort_stats("cumtime").print_stats(90)
    print(said.getvalue(), file=sys.stderr)


def _post(application: Any, door: str, path: str) -> None:
    body = f"csrfmiddlewaretoken={bench_reach.TOKEN}&way=voice".encode()
    environ = {
        "REQUEST_METHOD": "POST", "PATH_INFO": path, "SCRIPT_NAME": "", "QUERY_STRING": "",
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
