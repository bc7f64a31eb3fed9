"""Weekly gatherings as BMLT's rows, encoded once and kept, and the questions BMLT's clients ask."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from threading import Lock

import orjson

from kith.core.finding import Wanted, nearest
from kith.core.finding.answer import within
from kith.core.finding.index import IN_PERSON, ONLINE
from kith.web.gatherings import access
from kith.web.gatherings.bridge import exports, shelf
from kith.web.gatherings.choices import Status

KM_PER_MILE = 1.609344
_BATCH = 900
_DISTANCE = b'"distance_in_km":"","distance_in_miles":""'
_ANY_MODE = IN_PERSON | ONLINE


@dataclass(frozen=True, slots=True)
class Row:
    """One weekly meeting on one weekday.

    Args:
        id, weekday, venue_type: As BMLT counts them; Sunday is 1.
        starts, minutes: Minutes after midnight, and how long.
        formats: Ids of its formats.
        head, tail: Its JSON, around the distance.
    """

    id: int
    gathering: int
    weekday: int
    venue_type: int
    starts: int
    minutes: int
    formats: frozenset[int]
    town: str
    region: str
    head: bytes
    tail: bytes

    def json(self, km: float | None) -> bytes:
        """Return the row as JSON, with how far it is."""
        if km is None:
            return self.head + _DISTANCE + self.tail
        said = f'"distance_in_km":"{km:.6f}","distance_in_miles":"{km / KM_PER_MILE:.6f}"'
        return self.head + said.encode() + self.tail

    def values(self, km: float | None) -> dict[str, str]:
        """Return the row as fields, all of them texts."""
        found: dict[str, str] = orjson.loads(self.json(km))
        return found


@dataclass(frozen=True, slots=True)
class Near:
    """Where to look: within `km`, or for the nearest `count` if that is not 0."""

    latitude: float
    longitude: float
    km: float
    count: int = 0


Found = list[tuple[Row, float | None]]
Test = Callable[[Row], bool]

_kept: dict[int, tuple[int, tuple[Row, ...]]] = {}
_lock = Lock()


def meetings(near: Near | None, tests: Sequence[Test]) -> Found:
    """Return the weekly meetings near somewhere, or everywhere, that pass all `tests`."""
    here = shelf.current()
    if near is None:
        rows = _rows(here, here.entries)
        return [(row, None) for n in here.entries for row in rows[n] if _passes(row, tests)]
    if not near.count:
        return _pass(here, *_within(here, near), tests)
    # BMLT widens its circle until enough are in it; what is filtered away does not count.
    count = near.count
    while True:
        numbers, distances = _nearest(here, near, count)
        found = _pass(here, numbers, distances, tests)
        if len(found) >= near.count or len(numbers) < count:
            return found[: near.count]
        count *= 4


def forget() -> None:
    """Drop every row."""
    with _lock:
        _kept.clear()


def _within(here: shelf.Shelf, near: Near) -> tuple[list[int], list[float]]:
    numbers, km = within(here.index, _wanted(near))
    return numbers.tolist(), km.tolist()


def _nearest(here: shelf.Shelf, near: Near, count: int) -> tuple[list[int], list[float]]:
    numbers, km = nearest(here.index, _wanted(near), count)
    return numbers.tolist(), km.tolist()


def _wanted(near: Near) -> Wanted:
    return Wanted(
        spans=(), near=(near.latitude, near.longitude), radius_km=near.km, modes=_ANY_MODE
    )


def _pass(
    here: shelf.Shelf, numbers: list[int], distances: list[float], tests: Sequence[Test]
) -> Found:
    rows = _rows(here, numbers)
    return [
        (row, km)
        for number, km in zip(numbers, distances, strict=True)
        for row in rows[number]
        if _passes(row, tests)
    ]


def _passes(row: Row, tests: Sequence[Test]) -> bool:
    return all(test(row) for test in tests)


def _rows(here: shelf.Shelf, numbers: Iterable[int]) -> Mapping[int, tuple[Row, ...]]:
    """Return the rows of gatherings, those that changed read anew."""
    found: dict[int, tuple[Row, ...]] = {}
    missing: list[int] = []
    for number in numbers:
        kept = _kept.get(number)
        if kept is not None and kept[0] == here.editions.get(number):
            found[number] = kept[1]
        else:
            missing.append(number)
    for begin in range(0, len(missing), _BATCH):
        found |= _read(missing[begin : begin + _BATCH])
    return found


def _read(numbers: Sequence[int]) -> dict[int, tuple[Row, ...]]:
    found: dict[int, tuple[Row, ...]] = dict.fromkeys(numbers, ())
    weekly = access.shown_to_all().filter(pk__in=numbers, occasions=None).select_related("place")
    for gathering in weekly:
        rows: tuple[Row, ...] = ()
        if gathering.status == Status.OPEN and gathering.start is not None:
            rows = tuple(_row(gathering.pk, values) for values in exports.bmlt_rows(gathering))
        found[gathering.pk] = rows
        with _lock:
            _kept[gathering.pk] = (gathering.edition, rows)
    return found


def _row(gathering: int, values: dict[str, str]) -> Row:
    head, tail = orjson.dumps(values).split(_DISTANCE)
    hours, minutes, _seconds = map(int, values["start_time"].split(":"))
    lasting_hours, lasting_minutes, _ = map(int, values["duration_time"].split(":"))
    return Row(
        id=int(values["id_bigint"]),
        gathering=gathering,
        weekday=int(values["weekday_tinyint"]),
        venue_type=int(values["venue_type"]),
        starts=hours * 60 + minutes,
        minutes=lasting_hours * 60 + lasting_minutes,
        formats=frozenset(int(i) for i in values["format_shared_id_list"].split(",") if i),
        town=values["location_municipality"],
        region=values["location_province"],
        head=head,
        tail=tail,
    )
