"""The events in a calendar's text (RFC 5545), one by one, however broken some of them are."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, cast

from icalendar import Event, vBroken

from kith.core.listings.calendar_zones import with_known_zones, zone_named, zones_described
from kith.core.listings.feed_text import shown

_HEADER_ZONE = re.compile(r"^X-WR-TIMEZONE(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A calendar's text, taken apart.

    Args:
        events: Every VEVENT's own lines, unfolded, in order.
        zone: The zone its header names, or "".
        remarks: What was true of the whole and had to be worked around.
    """

    events: tuple["Block", ...]
    zone: str
    remarks: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of one VEVENT. `is_cut`: the text ends before the event does."""

    number: int
    lines: tuple[str, ...]
    is_cut: bool = False


def calendar_of(text: str) -> Calendar:
    """Return the calendar that `text` is, with every zone it uses by its IANA name."""
    unfolded = re.sub(r"\n[ \t]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    named = _HEADER_ZONE.search(unfolded)
    header = named[1].strip() if named else ""
    described = zones_described(unfolded, header)
    if not header and len(described) == 1:
        header = next(iter(described.values()))
    zoned = with_known_zones(unfolded, described)
    remarks = [
        f"its time zone {shown(stated)!r} is read as {zone}, which has the same clocks"
        for stated, zone in described.items()
        if not zone_named(stated)
    ]
    if not re.search(r"^END:VCALENDAR\s*\Z", unfolded, re.MULTILINE | re.IGNORECASE):
        remarks.append("it has no END:VCALENDAR: it may not have come whole")
    return Calendar(tuple(_blocks(zoned)), header, tuple(remarks))


def event_of(block: Block) -> Event:
    """Return the event of `block`; properties that cannot be read are left out and listed in it.

    Raises:
        ValueError: If it is no event at all.
    """
    text = "\r\n".join(("BEGIN:VEVENT", *block.lines, "END:VEVENT", ""))
    event = cast("Event", Event.from_ical(text))
    for name in [n for n, value in event.items() if _has_broken(value)]:
        values = event.pop(name)
        kept = [v for v in values if not isinstance(v, vBroken)] if isinstance(values, list) else []
        if kept:
            event[name] = kept
    return event


def first_in(event: Event, name: str) -> Any:
    """Return a property's value, of several the first, or None."""
    value = event.get(name)
    return value[0] if isinstance(value, list) else value


def text_in(event: Event, name: str) -> str:
    """Return a property as text, "" if there is none; of several, the first."""
    value = first_in(event, name)
    return str(value) if isinstance(value, str) else ""


def when_in(event: Event, name: str) -> date | datetime | None:
    """Return a property's date or moment, or None if it has none that can be read."""
    found = getattr(first_in(event, name), "dt", None)
    return found if isinstance(found, date) else None


def dates_in(event: Event, name: str) -> list[date | datetime]:
    """Return all dates and moments of EXDATE or RDATE; of a period, its start."""
    values = event.get(name, [])
    lists = values if isinstance(values, list) else [values]
    items = [item.dt for value in lists for item in value.dts]
    return [item[0] if isinstance(item, tuple) else item for item in items]


def zone_stated(event: Event) -> str:
    """Return the zone that DTSTART names, known to us or not, or ""."""
    parameters = first_in(event, "DTSTART").params
    return str(parameters.get("TZID") or parameters.get("X-ZONE") or "")


def is_utc(when: date | datetime) -> bool:
    """Return whether a moment was written in UTC ("...Z")."""
    return isinstance(when, datetime) and str(when.tzinfo) == "UTC"


def is_in_reach(when: date) -> bool:
    """Return whether a date is one that people could meet on, and that arithmetic can bear."""
    return 1900 <= when.year <= 2200


def _has_broken(value: object) -> bool:
    return any(isinstance(v, vBroken) for v in (value if isinstance(value, list) else [value]))


def _blocks(unfolded: str) -> Iterator[Block]:
    """Yield every VEVENT; one that does not end is over where the next begins.

    What is nested in an event (alarms) says nothing of when people meet, and is left out.
    """
    lines: list[str] = []
    number, inside, nested = 0, False, ""
    for line in unfolded.split("\n"):
        begins = line[:6].upper() == "BEGIN:"
        ends = line[:4].upper() == "END:"
        name = line.partition(":")[2].strip().upper() if begins or ends else ""
        if name == "VEVENT" or (inside and name == "VCALENDAR"):
            if inside:
                yield Block(number, tuple(lines), is_cut=False)
            inside, nested, lines = begins and name == "VEVENT", "", []
            number += inside
        elif begins and not nested:
            nested = name
        elif ends:
            # An end that nothing began says nothing.
            nested = "" if name == nested else nested
        elif inside and not nested and line.strip():
            lines.append(line)
    if inside:
        yield Block(number, tuple(lines), is_cut=True)
