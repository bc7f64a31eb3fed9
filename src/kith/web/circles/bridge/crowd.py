"""Those who wish for a circle or a pair, and those who sit in one, as the engine knows people."""

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import reduce
from operator import and_, or_
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.conf import settings

from kith.core.matching import ONLINE, Circles, People
from kith.core.matching.people import DTYPES
from kith.web.circles import access
from kith.web.circles.bridge import clocks
from kith.web.circles.bridge.facts import Facts, Pairs, facts_of
from kith.web.circles.choices import Role
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.kit import features
from kith.web.kit.practices import PRACTICES
from kith.web.people.choices import LANGUAGES, Gift, Steadiness, Topic
from kith.web.people.choices.week import PER_WEEK, in_words_of_64, unpacked
from kith.web.people.models import Cell

# Half the way across a square of the map: homes are known no better.
_CELL_KM: Final = 4
# Who sits in a circle has found their way there: only the others' ways count.
_ANYWHERE_KM: Final = 1_000
# The engine's bands: a hard time, even, steady.
_BANDS: Final = {
    Steadiness.FIRST_MONTH: 0,
    Steadiness.MONTHS: 1,
    Steadiness.YEAR: 2,
    Steadiness.YEARS: 2,
    Steadiness.UNSAID: 1,
}
_SPACES_MOST: Final = 8
# An id of the engine has 63 bits; a key has 128.
_ID_BITS: Final = 62

Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Crowd:
    """Everybody whom a run looks at.

    Args:
        people: As the engine takes them; `keys[row]` is whose row it is.
        zones: By whose clock each lives.
        seekers: Rows of those who may be given a chair.
        circles: Those that stand; `last` is they, in the same order, as rows of people.
        monday: Of the week that the hours are of.
    """

    people: People
    keys: tuple[UUID, ...]
    zones: tuple[str, ...]
    seekers: frozenset[int]
    circles: tuple[Circle, ...]
    last: Circles
    monday: date


def crowd_for_circles(*, at: datetime) -> Crowd:
    """Return who wishes for a circle now, and who sits in one or is asked to."""
    circles = list(access.open_circles())
    # Whoever looks for another circle is looked at as one who has none.
    chairs = [chair for chair in access.chairs_held(circles) if not chair.looks_on]
    wishes = access.wishes_waiting(at=at).filter(circle=True)
    # Whoever let a study toss a coin for them may have to wait; a chair they have is theirs.
    wishes = wishes.exclude(person__in=features.waits_for("circle"))
    return _crowd(wishes, chairs, circles, at=at)


def crowd_for_pairs(*, at: datetime) -> Crowd:
    """Return who wishes for a listening pair in the week that begins after `at`."""
    wishes = access.wishes_for_a_pair(at=at, week_of=clocks.monday_after(at))
    wishes = wishes.exclude(person__in=features.waits_for("pair"))
    return _crowd(wishes, [], [], at=at)


def crowd_of(circle: Circle, chairs: Collection[Chair], *, at: datetime) -> Crowd:
    """Return those in `chairs` of one circle, as people who would meet at its hour."""
    return _crowd([], chairs, [circle], at=at)


def _crowd(
    wishes: Iterable[Wish], chairs: Collection[Chair], circles: list[Circle], *, at: datetime
) -> Crowd:
    monday = clocks.monday_after(at)
    seated = {chair.person_id: chair.circle_id for chair in chairs}
    asking = {wish.person_id: wish for wish in wishes if wish.person_id not in seated}
    facts = facts_of([*seated, *asking], at=at)
    spaces = _spaces([*asking.values(), *circles])
    rows = {
        key: _seeking(wish, facts, spaces, monday)
        for key, wish in asking.items()
        if set(wish.only_among) <= set(spaces)
    }
    # Who has said no hour, or would meet in person and not near where, waits till they have.
    rows = {key: row for key, row in rows.items() if row["mode"] and any(row["week"])}
    seekers = frozenset(rows)
    groups = _groups(chairs, circles)
    for circle, keys in zip(circles, groups, strict=True):
        rows |= _sitting(circle, keys, facts, spaces, monday)
    order = sorted(rows, key=lambda key: key.int)
    place = {key: number for number, key in enumerate(order)}
    apart = facts.apart | _declined(circles, groups, seekers)
    return Crowd(
        people=_people(order, rows, place, facts.tied, apart),
        keys=tuple(order),
        zones=tuple(_zone(facts, key) for key in order),
        seekers=frozenset(place[key] for key in seekers),
        circles=tuple(circles),
        last=Circles.of(
            [[place[key] for key in keys] for keys in groups],
            [_half(circle, monday) for circle in circles],
            [circle.way for circle in circles],
        ),
        monday=monday,
    )


def _groups(chairs: Iterable[Chair], circles: Iterable[Circle]) -> list[list[UUID]]:
    """Return who sits in each of `circles`."""
    found: dict[int, list[UUID]] = defaultdict(list)
    for chair in chairs:
        found[chair.circle_id].append(chair.person_id)
    return [found[circle.pk] for circle in circles]


def _spaces(asking: Iterable[Wish | Circle]) -> list[str]:
    """Return the spaces that somebody requires, as many as the engine knows, most wanted first.

    Who requires one beyond these waits: nobody is seated where they would not be.
    """
    wanted = Counter(code for one in asking for code in one.only_among)
    return sorted(wanted, key=lambda code: (-wanted[code], code))[:_SPACES_MOST]


def _declined(circles: list[Circle], groups: list[list[UUID]], seekers: frozenset[UUID]) -> Pairs:
    """Return who would not sit with whom again: those who said no to a circle, or left it."""
    groups_by = {circle.pk: keys for circle, keys in zip(circles, groups, strict=True)}
    gone = ((chair.person_id, chair.circle_id) for chair in access.chairs_given_up(circles))
    return frozenset(
        (key, other) for key, circle in gone if key in seekers for other in groups_by[circle]
    )


# ---- one row --------------------------------------------------------------------------------
def _seeking(wish: Wish, facts: Facts, spaces: list[str], monday: date) -> Row:
    """Return somebody who wishes for something as a row of the engine."""
    key = wish.person_id
    among = _bits(wish.only_among, spaces)
    return {
        **_about(key, facts),
        "mode": wish.way if facts.of(key).get(Topic.HOME) else wish.way & ONLINE,
        "reach_km": wish.reach + _CELL_KM,
        "week": _week(facts, key, monday),
        "weeks_waiting": max((monday - wish.since).days // 7, 0),
        "roles": _bits(wish.roles, Role.values),
        "requires": among,
        "offers": _offers(key, among, facts, spaces),
    }


def _sitting(
    circle: Circle, keys: list[UUID], facts: Facts, spaces: list[str], monday: date
) -> dict[UUID, Row]:
    """Return those who sit in one circle as rows: they go on as they are, at their hour.

    What they said before of hours, ways and languages asks nothing of those who sit there already;
    whoever joins them has that hour, that way, and a language of all.
    """
    among = _bits(circle.only_among, spaces)
    rows = {
        key: {**_about(key, facts), "offers": _offers(key, among, facts, spaces)} for key in keys
    }
    spoken = [row["languages"] for row in rows.values()]
    half = _half(circle, monday)
    shared = {
        "mode": circle.way,
        "reach_km": _ANYWHERE_KM,
        "week": in_words_of_64({half, (half + 1) % PER_WEEK}),
        "weeks_waiting": 0,
        "roles": 0,
        "requires": among,
        "languages": reduce(and_, spoken, -1) or reduce(or_, spoken, 0),
    }
    return {key: {**row, **shared, **_place_of(row, rows.values())} for key, row in rows.items()}


def _place_of(row: Row, of_circle: Iterable[Row]) -> Row:
    """Return where one of a circle is; who has taken back their home comes to where others live.

    If nobody has said where they live, the circle is nowhere, and nobody is near enough to join.
    """
    known = [one for one in (row, *of_circle) if np.isfinite(one["latitude"])]
    return {name: known[0][name] if known else 0.0 for name in ("latitude", "longitude")}


def _about(key: UUID, facts: Facts) -> Row:
    """Return what a row says whether somebody seeks or sits."""
    said = facts.of(key)
    home = said.get(Topic.HOME)
    latitude, longitude = Cell(*home).middle if home else (np.nan, np.nan)
    return {
        "id": key.int >> 128 - _ID_BITS,
        "latitude": latitude,
        "longitude": longitude,
        "languages": _bits(said.get(Topic.LANGUAGES) or (_first_language(),), LANGUAGES),
        "practices": _bits(said.get(Topic.PRACTICES) or (), list(PRACTICES)),
        "gives": _gifts(said, Topic.GIVES),
        "receives": _gifts(said, Topic.RECEIVES),
        "days": facts.days[key],
        "steadiness": 0 if key in facts.hard else _BANDS[facts.steadiness(key)],
        "cluster": facts.knots.get(key, 0),
    }


def _offers(key: UUID, among: int, facts: Facts, spaces: list[str]) -> int:
    """Return to which spaces somebody belongs: where they sit or wish to, and what they said."""
    return among | _bits(facts.of(key).get(Topic.SPACES) or (), spaces)


def _week(facts: Facts, key: UUID, monday: date) -> tuple[int, ...]:
    said = facts.of(key).get(Topic.HOURS)
    if not said:
        return (0,) * 6
    return in_words_of_64(clocks.in_utc(unpacked(said["week"]), said["zone"], monday))


def _zone(facts: Facts, key: UUID) -> str:
    said = facts.of(key).get(Topic.HOURS)
    return str(said["zone"]) if said else settings.TIME_ZONE


def _half(circle: Circle, monday: date) -> int:
    return clocks.half_of(circle.weekday, circle.starts, circle.zone, monday)


def _gifts(said: Mapping[Topic, Any], topic: Topic) -> int:
    told = said.get(topic)
    return _bits(told["codes"], Gift.values) if told else 0


def _bits(codes: Iterable[str], known: Collection[str]) -> int:
    """Return a bit for each of `codes` by its place among those known; a list may lose one."""
    place = {code: number for number, code in enumerate(known)}
    return sum(1 << place[code] for code in set(codes) if code in place)


def _first_language() -> str:
    base = settings.LANGUAGE_CODE.partition("-")[0]
    return base if base in LANGUAGES else LANGUAGES[0]


# ---- all rows -------------------------------------------------------------------------------
def _people(
    order: list[UUID],
    rows: Mapping[UUID, Row],
    place: Mapping[UUID, int],
    tied: Pairs,
    apart: Pairs,
) -> People:
    def numbered(pairs: Pairs) -> np.ndarray:
        known = [(place[a], place[b]) for a, b in pairs if a in place and b in place]
        return np.array(sorted(known), np.int32).reshape(-1, 2)

    columns = {
        name: np.array([rows[key][name] for key in order], dtype).reshape(len(order), *shape)
        for name, dtype, shape in _COLUMNS
    }
    return People.of({**columns, "ties": numbered(tied), "exclusions": numbered(apart)})


_COLUMNS: Final = tuple(
    (name, dtype, (6,) if name == "week" else ()) for name, dtype in DTYPES.items()
)
