"""A record on its way to being a listing: what a format's reader could take from it as it stands."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from kith.core.listings.listing import Repair
from kith.core.schedule import Dated


class RecordRefused(Exception):  # noqa: N818 - it is an answer to one record, not an error of ours
    """This record cannot be a gathering; the text says why, for the feed's keeper."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What is known about a feed as a whole before it is read.

    Args:
        source: Its address or file name; fellowships show in it.
        timezone, country, practice, program: For records that do not say; "" if unknown.
        languages: BCP 47, for records that do not say.
    """

    source: str = ""
    timezone: str = ""
    country: str = ""
    practice: str = ""
    program: str = ""
    languages: tuple[str, ...] = ()


@dataclass(slots=True)
class Slot:
    """One time of the week that a record names, or, for calendars, one series of dates.

    Clock times and lengths are still as the feed wrote them.
    """

    days: tuple[int, ...] = ()
    rule: str = ""
    first_on: date | None = None
    start: object = None
    end: object = None
    length: object = None
    except_on: tuple[date, ...] = ()
    dated: tuple[Dated, ...] = ()


@dataclass(slots=True)
class Place:
    """A venue as the feed wrote it. `key` is "" for the series' own."""

    key: str = ""
    name: str = ""
    street: str = ""
    neighborhood: str = ""
    borough: str = ""
    city: str = ""
    county: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    address: str = ""
    latitude: object = None
    longitude: object = None
    is_approximate: bool = False
    find_the_door: str = ""
    from_the_stop: str = ""


@dataclass(slots=True)
class Draft:
    """Fields by their meaning, values as found. Readers fill it; `finish` judges it.

    Args:
        record: What the report calls it.
        meanings: As of `kith.core.listings.meanings`, gathered by the reader.
        zone_is_exact: `zone` belongs to the times as a calendar's TZID does: a place elsewhere
            does not contradict it.
        is_utc: The times are UTC and only to be shown in another zone.
        attendance: One of MODES or "" where the feed does not say.
        aside: Words that help to understand the record and are not for people to read.
    """

    record: str
    key: str = ""
    name: str = ""
    slots: list[Slot] = field(default_factory=list)
    zone: str = ""
    zone_is_exact: bool = False
    is_utc: bool = False
    attendance: str = ""
    is_paused: bool = False
    place: Place = field(default_factory=Place)
    more_places: list[Place] = field(default_factory=list)
    join_url: str = ""
    join_phone: str = ""
    join_note: str = ""
    when_note: str = ""
    about: str = ""
    aside: str = ""
    meanings: list[str] = field(default_factory=list)
    touch: str = ""
    practice: str = ""
    program: str = ""
    codes: list[str] = field(default_factory=list)
    url: str = ""
    updated: object = None
    repairs: list[Repair] = field(default_factory=list)

    def repair(self, about: str, why: str) -> None:
        """Note that `about` was not taken as it stood, and why."""
        self.repairs.append(Repair(about, why))


def text_of(value: object) -> str:
    """Return a JSON or CSV value as text; lists joined by commas, None and true/false as "".

    What is in a list within a list is nobody's name or time, and may be nested without end.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, Sequence):
        return ", ".join(filter(None, map(_text_of_one, value)))
    return _text_of_one(value)


def _text_of_one(value: object) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return str(int(value)) if isinstance(value, float) and value.is_integer() else str(value)


def texts_of(value: object) -> list[str]:
    """Return a value that should be a list of texts as one: lists, {"0": "O"}, "O, D" or "O"."""
    if isinstance(value, dict):
        value = list(value.values())
    if isinstance(value, str):
        value = value.replace(";", ",").split(",")
    if not isinstance(value, Sequence):
        return []
    return [t for t in (text_of(v).strip() for v in value) if t]


def is_yes(value: object) -> bool:
    """Return whether a value says yes, in the ways feeds do."""
    if isinstance(value, str):
        return value.strip().lower() in ("yes", "y", "true", "t", "1", "on", "x", "sí", "si")
    return value is True or value == 1
