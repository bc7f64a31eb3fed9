"""What the rows say after taps under load, read by plain code that shares nothing with what rang."""

import itertools
import json
from bisect import bisect_left
from collections import defaultdict
from datetime import timedelta
from pathlib import Path
from typing import Any


def check(path: Path) -> None:
    """Print what the rows say, and every rule that they break."""
    import django

    django.setup()
    from django.utils import timezone

    from kith.web.people.models import Session
    from kith.web.people.models.session import kept_as
    from kith.web.reach import actions
    from kith.web.reach.models import Reach, Ring

    said = json.loads(path.read_text())
    whose = dict(Session.objects.values_list("session_key", "person_id"))
    tapped = {whose[kept_as(door)]: at for door, at in said["taps"].items()}
    came: dict[str, list[float]] = defaultdict(list)
    for who, at in said["pushes"]:
        came[who].append(at)
    reaches = {one.pk: one for one in Reach.objects.all()}
    rings = list(Ring.objects.order_by("rung_at"))
    faults = _faults(reaches, rings, tapped)
    first: dict[int, float] = {}
    lost = 0
    for ring in rings:
        times = sorted(came.get(ring.person_id.hex, []))
        place = bisect_left(times, ring.rung_at.timestamp() - 0.001)
        if place == len(times):
            lost += ring.state == "rings"
        else:
            first[ring.reach_id] = min(first.get(ring.reach_id, 9e99), times[place])
    if lost:
        faults.append(f"{lost} rings were handed to no push service")
    ms = [(at - tapped[reaches[pk].person_id]) * 1000 for pk, at in first.items()]
    # What nobody answered ends by itself; then each has ended in one of three ways.
    actions.settle_all(at=timezone.now() + timedelta(seconds=120))
    ends = list(Reach.objects.values_list("state", flat=True))
    if odd := {end for end in ends if end not in ("answered", "open", "lines")}:
        faults.append(f"reaches end otherwise: {odd}")
    print(json.dumps({"ms": ms, "faults": faults, "answered": ends.count("answered")}))


def _faults(reaches: dict[int, Any], rings: list[Any], tapped: dict[Any, float]) -> list[str]:
    faults = []
    if missing := set(tapped) - {one.person_id for one in reaches.values()}:
        faults.append(f"{len(missing)} taps left no reach")
    by_person: dict[Any, list[Any]] = defaultdict(list)
    by_reach: dict[int, int] = defaultdict(int)
    for ring in rings:
        by_person[ring.person_id].append(ring)
        by_reach[ring.reach_id] += 1
    if max(by_reach.values(), default=0) > 3:
        faults.append("more than three were rung at once")
    for mine in by_person.values():
        if len(mine) > 3:
            faults.append("somebody was rung more often than they let")
        faults += [
            "somebody was rung twice at once"
            for one, other in itertools.pairwise(mine)
            if other.rung_at < one.until
        ]
    return faults
