"""Finding: what somebody asked for, put to the index, and what it answered."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any

import numpy as np

from kith.core.finding import Entry, Wanted, search
from kith.core.finding.index import IN_PERSON, ONLINE
from kith.core.places import distance_km, zone_at
from kith.web.gatherings.bridge import hours, shelf
from kith.web.gatherings.choices import Mode

# In one sitting nobody reads more.
MOST = 40
ONLINE_MOST = 8
UNTIMED_MOST = 5
ALTERNATIVES_MOST = 4
WIDER_KM = (10.0, 25.0, 50.0, 100.0)
# Fewer than this in reach, and people who named no distance are shown what is further off.
FEW = 3
ANY_DISTANCE_KM = 30_000.0


@dataclass(frozen=True, slots=True)
class Spot:
    """Somewhere on earth: degrees, and what it is called."""

    latitude: float
    longitude: float
    name: str = ""

    @property
    def zone(self) -> str:
        """The time zone there, or ""."""
        return zone_at(self.latitude, self.longitude) or ""


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody looks for.

    Args:
        zone: The clock they live by.
        whens, parts: Codes of `hours`; ISO dates are whens too.
        modes: Codes of Mode, HYBRID apart; both if empty.
        access: All of them are needed; of the others, one is enough.
    """

    zone: str
    near: Spot | None = None
    km: float = 5.0
    whens: tuple[str, ...] = (hours.TONIGHT,)
    parts: tuple[str, ...] = ()
    modes: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    is_untouched: bool = False
    most: int = MOST

    def local(self, now: datetime) -> datetime:
        """Return `now` by their clock."""
        return now.astimezone(hours.zone(self.zone))


@dataclass(frozen=True, slots=True)
class Hit:
    """One meeting of one gathering; times are minutes since 1970 UTC."""

    number: int
    starts: int
    ends: int
    km: float | None

    @property
    def at(self) -> datetime:
        """When it starts, in UTC."""
        return datetime.fromtimestamp(self.starts * 60, UTC)


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found, by start.

    Args:
        hits: At most `Asked.most`.
        n_in_all: How many there were.
    """

    hits: tuple[Hit, ...]
    n_in_all: int


def find(asked: Asked, now: datetime) -> Answer:
    """Return what fits `asked` at the aware time `now`."""
    here = shelf.current()
    spans = hours.stretches(asked.whens, asked.parts, asked.local(now))
    if not spans:
        return Answer((), 0)
    found = search(here.index, _wanted(here, asked, spans))
    columns = (found.number, found.starts, found.ends, found.distance_km)
    hits = tuple(
        Hit(number, starts, ends, None if km != km else km)  # noqa: PLR0124 - NaN
        for number, starts, ends, km in zip(*(c.tolist() for c in columns), strict=True)
    )
    return Answer(hits, found.n_in_all)


def find_widening(asked: Asked, now: datetime) -> tuple[Asked, Answer]:
    """Return the answer in the smallest reach that holds a few, and `asked` with that reach."""
    answer = find(asked, now)
    for km in WIDER_KM:
        if asked.near is None or sum(hit.km is not None for hit in answer.hits) >= FEW:
            break
        if km > asked.km:
            asked = replace(asked, km=km)
            answer = find(asked, now)
    return asked, answer


def untimed_near(asked: Asked) -> tuple[tuple[int, float], ...]:
    """Return (number, km) of the nearest gatherings in reach that meet at no stated time."""
    if asked.near is None or asked.modes == (Mode.ONLINE,):
        return ()
    here = shelf.current()
    numbers, points = here.untimed
    if not len(numbers):
        return ()
    near = (asked.near.latitude, asked.near.longitude)
    # A degree is 111 km: what is further off in latitude alone is never in reach.
    close = np.flatnonzero(np.abs(points[:, 0] - near[0]) * 111 <= asked.km)
    found = [(int(numbers[i]), distance_km(*near, *map(float, points[i]))) for i in close]
    wanted = _wanted(here, asked, ())
    inside = sorted((pair for pair in found if pair[1] <= asked.km), key=lambda pair: pair[1])
    return tuple(pair for pair in inside if _suits(here.entries[pair[0]], wanted))[:UNTIMED_MOST]


def _suits(entry: Entry, wanted: Wanted) -> bool:
    """Return whether a gathering is what is wanted, time and place aside."""
    return (
        (not wanted.languages or bool(entry.languages & wanted.languages))
        and (not wanted.audience or bool(entry.audience & wanted.audience))
        and entry.access & wanted.access == wanted.access
        and (not wanted.practices or entry.practice in wanted.practices)
        and (not wanted.touches or entry.touch in wanted.touches)
    )


def alternatives(asked: Asked, now: datetime) -> list[tuple[str, str, Asked, Hit]]:
    """Return what is closest when nothing fits: (kind, value left out, what to ask, the first hit).

    Kinds are the names of `Asked`'s fields, "wider", "tomorrow", "online", "week" and, where
    nothing else helps, "anything".
    """
    found: list[tuple[str, str, Asked, Hit]] = []
    for kind, value, changed in _changes(asked):
        is_enough = len(found) == ALTERNATIVES_MOST or (kind == "anything" and found)
        if is_enough or (kind == "wider" and found and found[-1][0] == kind):
            continue
        answer = find(replace(changed, most=1), now)
        if answer.hits:
            found.append((kind, value, changed, answer.hits[0]))
    return found


def _changes(asked: Asked) -> list[tuple[str, str, Asked]]:
    changes: list[tuple[str, str, Asked]] = []
    for name in ("practices", "languages", "audience", "access", "parts"):
        given: Sequence[str] = getattr(asked, name)
        for value in given:
            rest: dict[str, Any] = {name: tuple(v for v in given if v != value)}
            changes.append((name, value, replace(asked, **rest)))
    if asked.is_untouched:
        changes.append(("is_untouched", "", replace(asked, is_untouched=False)))
    if hours.TOMORROW not in asked.whens:
        changes.append(("tomorrow", "", replace(asked, whens=(hours.TOMORROW,))))
    if asked.near is not None and asked.modes != (Mode.ONLINE.value,):
        wider = (km for km in WIDER_KM if km > asked.km)
        changes += [("wider", f"{km:g}", replace(asked, km=km)) for km in wider]
    if asked.modes == (Mode.IN_PERSON.value,):
        changes.append(("online", "", replace(asked, modes=(Mode.ONLINE.value,))))
    changes.append(("week", "", replace(asked, whens=tuple(hours.WEEKDAYS))))
    week = Asked(zone=asked.zone, near=asked.near, km=asked.km, whens=tuple(hours.WEEKDAYS))
    changes.append(("anything", "", week))
    return changes


def _wanted(here: shelf.Shelf, asked: Asked, spans: Sequence[hours.Stretch]) -> Wanted:
    modes = 0
    for mode in asked.modes:
        modes |= shelf.MODES[Mode(mode)]
    near = asked.near
    return Wanted(
        spans=tuple((int(a.timestamp()) // 60, int(b.timestamp()) // 60) for a, b in spans),
        near=(near.latitude, near.longitude) if near else None,
        radius_km=asked.km,
        modes=modes or IN_PERSON | ONLINE,
        languages=here.languages.known(asked.languages),
        audience=here.audience.known(asked.audience),
        access=here.access.known(asked.access),
        practices=frozenset(shelf.PRACTICE_NUMBERS[code] for code in asked.practices),
        touches=frozenset({shelf.TOUCH_NUMBERS["none"]} if asked.is_untouched else ()),
        online_most=ONLINE_MOST,
        most=asked.most,
    )
