"""The page of asks and offers, of somebody among 10,000 members of one town, 5,000 of whom ask.

python benchmarks/bench_service.py [--members 10000] [--asks 5000] [--smoke]
In one process on one core, where the questions to the database are counted. All live within reach
of each other, which is the hardest case: every ask is a candidate. The peer is an answer without
any of it (/healthz); Tonight's share is one question, asked as Tonight would.
"""

import argparse
import json
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from itertools import combinations
from pathlib import Path
from statistics import median, quantiles
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks import ground, town, town_of_people

QUERIES_MOST, P50_MOST_MS = 10, 15
DOORS, CIRCLE = 100, 5
PAGES = {"page": "/service/", "form": "/service/ask/", "one": "{one}", "no page": "/healthz"}


def main() -> None:
    """Measure and note."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--members", type=int, default=10_000)
    parser.add_argument("--asks", type=int, default=5_000)
    parser.add_argument("--smoke", action="store_true")
    parser.add_argument("--in-process", action="store_true", help=argparse.SUPPRESS)
    choice = parser.parse_args()
    if choice.in_process:
        print(json.dumps(_measured(choice.members, choice.asks)))
        return
    if choice.smoke:
        choice.members, choice.asks = 100, 50
    feed = ground.feed("town-50.json", town.records(50))
    folder = ground.instance(f"service-{choice.members}", [feed], fresh=True)
    command = [sys.executable, __file__, "--in-process", "--members", str(choice.members), "--asks", str(choice.asks)]  # fmt: skip
    ended = subprocess.run(
        ["taskset", "-c", "0", *command],
        env=ground.environment(folder), stdout=subprocess.PIPE, text=True, check=True,
    )  # fmt: skip
    said = f"{choice.members} members, {choice.asks} asks"
    for page, found in json.loads(ended.stdout.splitlines()[-1]).items():
        _note(f"{said}, {page}", found, is_kept=not choice.smoke)


def _note(said: str, found: dict[str, list[float]], *, is_kept: bool) -> None:
    took, queries = found["ms"], max(found["queries"])
    ground.note("service", f"{said}: questions, at most", queries, "queries", is_kept=is_kept)
    ground.note("service", f"{said}: p50", median(took), "ms", is_kept=is_kept)
    ground.note("service", f"{said}: CPU, p50", median(found["cpu_ms"]), "ms", is_kept=is_kept)
    ground.note("service", f"{said}: p99", quantiles(took, n=100)[98], "ms", is_kept=is_kept)
    if said.endswith("page") and queries > QUERIES_MOST:
        print(f"MISSED: at most {QUERIES_MOST} questions")
    if said.endswith("page") and median(took) > P50_MOST_MS:
        print(f"MISSED: p50 at most {P50_MOST_MS} ms")


def _measured(members: int, asks: int) -> dict[str, Any]:
    """Return how long each page took for everybody, and how often it asked the database."""
    import django

    django.setup()
    from django.test import Client

    people, errands = _seeded(members, asks)
    browser = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    doors = [town_of_people.open_door(person) for person in people[:DOORS]]
    found: dict[str, Any] = {}
    for name, path in PAGES.items():
        found[name] = {"ms": [], "cpu_ms": [], "queries": []}
        for door in doors:
            browser.cookies["door"] = door
            address = path.format(one=errands[-1].get_absolute_url())
            # Whoever blocked its author finds nothing there.
            assert browser.get(address).status_code in {200, 404}, address
            _time(lambda address=address: browser.get(address), found[name])
    found["Tonight's share"] = _tonight(people[:DOORS])
    return found


def _time(do: Any, found: dict[str, list[float]]) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as questions:
        do()
    found["queries"].append(len(questions))
    began, busy = time.perf_counter(), time.process_time()
    do()
    found["ms"].append((time.perf_counter() - began) * 1000)
    found["cpu_ms"].append((time.process_time() - busy) * 1000)


def _tonight(people: Any) -> dict[str, list[float]]:
    from kith.web.people import queries as said
    from kith.web.service import bridge, queries

    found: dict[str, list[float]] = {"ms": [], "cpu_ms": [], "queries": []}
    now = datetime.now(UTC)
    for person in people:
        squares = bridge.rings_around(said.home_cell_of(person))
        _time(lambda p=person, s=squares: queries.tonight_of(p, squares=s, at=now), found)
    return found


def _seeded(members: int, asks: int) -> tuple[Any, Any]:
    """Return people who live within reach of each other, half of them asking, and what they ask."""
    from kith.web.messages.models import Ground
    from kith.web.people.choices.week import packed, part_of_day
    from kith.web.people.models import Cell, Person, Said
    from kith.web.safety.models import Distance
    from kith.web.service import access
    from kith.web.service.choices import Place, SeenBy, Side, What
    from kith.web.service.models import Errand, Take

    dice, now, home = random.Random(1), datetime.now(UTC), Cell.at(51.5, -0.1)
    names = town_of_people.NAMES
    people = [Person(called=names[n % len(names)]) for n in range(members)]
    Person.objects.bulk_create(people)
    Person.objects.update(joined_on=now.date() - timedelta(days=400))
    cells = [home.beside(north=dice.randrange(-1, 2), east=dice.randrange(-2, 3)) for _ in people]
    evenings = frozenset().union(*(part_of_day(day, "evening") for day in range(5)))
    hours = {"week": packed(evenings), "zone": "Europe/London"}
    Said.objects.bulk_create(
        Said(person=person, topic=topic, value=value)
        for person, cell in zip(people, cells, strict=True)
        for topic, value in (("home", [cell.row, cell.column]), ("hours", hours))
    )
    tables = [people[begin : begin + CIRCLE] for begin in range(0, members, 2 * CIRCLE)]
    pairs = (sorted(pair, key=lambda p: p.pk.int) for t in tables for pair in combinations(t, 2))
    Ground.objects.bulk_create(
        Ground(low=low, high=high, reason="circle", number=1) for low, high in pairs
    )
    blocks = {tuple(dice.sample(range(members), 2)) for _ in range(members // 10)}
    Distance.objects.bulk_create(
        Distance(by=people[one], whom=people[other], kind="block", since=now.date())
        for one, other in blocks
    )
    errands = Errand.objects.bulk_create(
        Errand(
            by=people[-1 - n % members],
            side=dice.choice(Side.values),
            what=dice.choice(What.values),
            words="To the Thursday meeting and back? I can be at the station.",
            parts=dice.choice((0, 1 << dice.randrange(42))),
            zone="Europe/London",
            place=Place.NEAR,
            square=access.square_of(cells[-1 - n % members]),
            seen_by=SeenBy.OTHERS,
            made_at=now,
            ends_at=now + timedelta(hours=dice.randrange(2, 336)),
        )
        for n in range(asks)
    )
    # One in ten is taken up.
    Take.objects.bulk_create(
        Take(errand=errand, person=dice.choice(people), meets="public", at=now)
        for errand in errands[: asks // 10]
    )
    return people, errands


if __name__ == "__main__":
    main()
