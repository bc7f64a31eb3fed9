"""Reads Meeting Guide JSON (code4recovery/spec): days count from Sunday = 0."""

import re
from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any

from kith.core.listings.addresses import taken_apart
from kith.core.listings.clock import weekdays
from kith.core.listings.draft import (
    Draft,
    Place,
    RecordRefused,
    Slot,
    is_yes,
    text_of,
    texts_of,
)
from kith.core.listings.extension import read_extension
from kith.core.listings.feed_text import scalar_text
from kith.core.listings.meanings import meanings_of
from kith.core.listings.numbers import number
from kith.core.listings.programs import program_named

_ATTENDANCE = frozenset({"in_person", "online", "hybrid"})


def draft_of(record: Mapping[str, Any], label: str) -> Draft:
    """Return the draft of one Meeting Guide record.

    Raises:
        RecordRefused: If its day is none.
    """
    draft = Draft(record=label, key=text_of(record.get("slug")) or text_of(record.get("id")))
    draft.name = text_of(record.get("name"))
    if not draft.name.strip():
        # The specification wants a name; lists that have only the group's mean that one.
        draft.name = text_of(record.get("group"))
    draft.key = draft.key.strip() or draft.name.strip()
    draft.slots = _slots(record)
    draft.zone = text_of(record.get("timezone"))
    _read_attendance(draft, record)
    draft.place = _place(record)
    draft.join_url = text_of(record.get("conference_url"))
    draft.join_phone = text_of(record.get("conference_phone"))
    notes = ("conference_url_notes", "conference_phone_notes")
    draft.join_note = "\n".join(filter(None, (text_of(record.get(n)) for n in notes)))
    about = ("notes", "group_notes")
    draft.about = "\n".join(filter(None, (text_of(record.get(n)) for n in about)))
    _read_types(draft, record)
    draft.program = _fellowship(text_of(record.get("entity"))[:255])
    draft.url = text_of(record.get("url"))
    draft.updated = record.get("updated")
    read_extension(draft, record.get("kith"))
    return draft


def _slots(record: Mapping[str, Any]) -> list[Slot]:
    days = days_from_sunday(record.get("day"), first=0)
    start = record.get("time")
    if not days and text_of(start).strip():
        raise RecordRefused(f"gives a time, {text_of(start).strip()[:20]!r}, but no day")
    return [Slot(days=days, start=start, end=record.get("end_time"))] if days else []


@lru_cache(maxsize=1_000)
def _fellowship(entity: str) -> str:
    """Return the fellowship that an entity's name tells: "District 123" keeps lists and is none."""
    found = program_named(entity) if entity else None
    return found.name if found else ""


def days_from_sunday(value: object, *, first: int) -> tuple[int, ...]:
    """Return weekdays (Monday = 0) from numbers that count Sunday as `first`, or from names.

    Raises:
        RecordRefused: If one of them is no day.
    """
    found: set[int] = set()
    for item in _single_days(value):
        count = number(item)
        if count is not None and count.is_integer() and first <= count <= first + 6:
            found.add((int(count) - first + 6) % 7)
            continue
        named = weekdays(item) if isinstance(item, str) else None
        if named is None:
            raise RecordRefused(
                f"its day is {scalar_text(item)[:30]!r}, not {first} (Sunday) to "
                f"{first + 6} (Saturday)"
            )
        found.update(named)
    return tuple(sorted(found))


def _single_days(value: object) -> list[object]:
    """Return the days in 1, "1", "1,3", [1, "3"] or {"0": 1}; none in null, "" and []."""
    if isinstance(value, str):
        # "1,0" is two days here and no decimal number.
        return [part for part in re.split(r"[,;]", value) if part.strip()]
    if isinstance(value, dict):
        return list(value.values())
    if isinstance(value, list):
        return [day for item in value for day in _single_days(item)]
    return [] if value is None else [value]


def _read_attendance(draft: Draft, record: Mapping[str, Any]) -> None:
    stated = text_of(record.get("attendance_option")).strip().lower().replace("-", "_")
    if stated == "inactive":
        draft.is_paused = True
    elif stated in _ATTENDANCE:
        draft.attendance = stated
    elif stated:
        draft.repair("attendance_option", f"left out: {stated[:30]!r} is none of the four")


def _place(record: Mapping[str, Any]) -> Place:
    latitude, longitude = record.get("latitude"), record.get("longitude")
    both = text_of(record.get("coordinates")).split(",")
    if latitude in (None, "") and len(both) == 2:
        latitude, longitude = both
    place = Place(
        name=text_of(record.get("location")),
        street=text_of(record.get("address")),
        city=text_of(record.get("city")),
        region=text_of(record.get("state")),
        postal_code=text_of(record.get("postal_code")),
        country=text_of(record.get("country")),
        address=text_of(record.get("formatted_address")),
        latitude=latitude,
        longitude=longitude,
        is_approximate=is_yes(record.get("approximate")),
        find_the_door=text_of(record.get("location_notes")),
    )
    if not place.address and not place.city and place.street.count(",") > 1:
        # Some write the whole address where the specification has the street.
        place = replace(place, address=place.street, street="")
    place = taken_apart(place)
    if not place.street and not any(c.isdigit() for c in place.address):
        # A point for "Philadelphia, PA, USA" is the middle of a town, whatever the record says.
        place = replace(place, is_approximate=True)
    return place


def _read_types(draft: Draft, record: Mapping[str, Any]) -> None:
    for code in texts_of(record.get("types")):
        meant = meanings_of(code, "meeting_guide")
        if meant is None:
            meant = meanings_of(code, "words")
        if meant is None:
            draft.repair("types", f"{code[:30]!r} is no code that kith knows; kept, not shown")
        draft.codes.append(code[:30])
        draft.meanings += meant or ()
