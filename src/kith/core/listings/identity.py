"""Are two listings the same gathering? One that stands in two feeds should be shown once."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time

from rapidfuzz import fuzz

from kith.core.listings.listing import Listing
from kith.core.places import distance_km
from kith.core.places.names import fold

# Doors of one building, and what two geocoders make of one address.
NEAR_KM = 0.2
# rapidfuzz's token_set_ratio, 0 to 100: "Just for Today Group" and "Just For Today" are 100.
NAMES_ALIKE = 88
_CELL_DEGREES = 0.005
# Words that half of all names hold, so that sharing them says nothing.
_COMMON = frozenset(
    "the a of in at on and group groups meeting meetings mtg aa na ca al anon online zoom hybrid"
    " person virtual via open closed am pm noon est edt pst pdt cst eastern central pacific"
    " monday tuesday wednesday thursday friday saturday sunday morning evening night daily".split()
)
# Two of these side by side at one address are two meetings, whatever else they share.
_EXCLUSIVE = frozenset({"women", "men"})


@dataclass(frozen=True, slots=True)
class Likeness:
    """What of a gathering tells whether another listing is the same one."""

    name: str
    rule: str
    start: time | None
    timezone: str
    mode: str
    point: tuple[float, float] | None
    join_url: str
    program: str
    audience: frozenset[str]


def likeness(listing: Listing) -> Likeness:
    """Return what tells `listing` from others."""
    venue = listing.venue
    point = None
    if venue and not venue.is_approximate and None not in (venue.latitude, venue.longitude):
        point = (venue.latitude or 0.0, venue.longitude or 0.0)
    return Likeness(
        name=listing.name,
        rule=listing.schedule.rule,
        start=listing.schedule.start,
        timezone=listing.schedule.timezone,
        mode=listing.mode,
        point=point,
        join_url=listing.join_url,
        program=listing.program,
        audience=frozenset(listing.audience),
    )


def buckets(of: Likeness) -> list[tuple[str, ...]]:
    """Return the keys under which the same gathering would be filed, or none if nowhere.

    Two likenesses of one gathering share at least one key; a gathering that meets on single
    dates or by arrangement has none, for nothing certain could be said of it.
    """
    if not of.rule or of.start is None:
        return []
    when = f"{of.rule} {of.start:%H%M} {of.timezone}"
    keys: list[tuple[str, ...]] = []
    if of.point is not None:
        row, column = of.point[0] / _CELL_DEGREES, of.point[1] / _CELL_DEGREES
        # The cell and the neighbors that NEAR_KM reaches from here.
        rows = {int(row // 1), int((row - 0.5) // 1), int((row + 0.5) // 1)}
        columns = {int(column // 1), int((column - 0.5) // 1), int((column + 0.5) // 1)}
        keys += [(when, f"{r}", f"{c}") for r in sorted(rows) for c in sorted(columns)]
    if of.join_url:
        keys.append((when, _call(of.join_url)))
    return keys


def is_same(a: Likeness, b: Likeness) -> bool:
    """Return whether two likenesses are of one gathering: same time, same place or call, alike names."""
    if (a.rule, a.start, a.timezone) != (b.rule, b.start, b.timezone) or not a.rule:
        return False
    if a.program and b.program and a.program != b.program:
        return False
    if (a.audience & _EXCLUSIVE) != (b.audience & _EXCLUSIVE):
        return False
    return _is_same_place(a, b) and _are_names_alike(a.name, b.name)


class Register:
    """Gatherings filed so that the one a listing belongs to is found among many thousands."""

    def __init__(self, entries: Iterable[tuple[int, Likeness]] = ()) -> None:
        self._filed: dict[tuple[str, ...], list[tuple[int, Likeness]]] = {}
        for number, of in entries:
            self.add(number, of)

    def add(self, number: int, of: Likeness) -> None:
        """File gathering `number`."""
        for key in buckets(of):
            self._filed.setdefault(key, []).append((number, of))

    def find(self, of: Likeness) -> int | None:
        """Return the number of the gathering that `of` is another likeness of, or None."""
        for key in buckets(of):
            for number, other in self._filed.get(key, ()):
                if is_same(of, other):
                    return number
        return None


def _is_same_place(a: Likeness, b: Likeness) -> bool:
    if a.join_url and b.join_url and _call(a.join_url) == _call(b.join_url):
        return True
    if a.point is None or b.point is None:
        return False
    return distance_km(*a.point, *b.point) <= NEAR_KM


def _are_names_alike(a: str, b: str) -> bool:
    if _words(a) == _words(b):
        return True
    plain_a, plain_b = _telling(a), _telling(b)
    if not plain_a or not plain_b:
        return False
    return fuzz.token_set_ratio(plain_a, plain_b) >= NAMES_ALIKE


def _telling(name: str) -> str:
    return " ".join(word for word in _words(name) if word not in _COMMON)


def _words(name: str) -> list[str]:
    return fold(name).split() or name.casefold().split()


def _call(url: str) -> str:
    """Return what makes two call links the same call: the meeting number, else the address."""
    number = re.search(r"/j/(\d{9,11})", url)
    return number[1] if number else url.split("?", maxsplit=1)[0].rstrip("/").lower()
