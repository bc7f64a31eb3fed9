"""Reads Meeting Guide JSON (code4recovery/spec): days count from Sunday = 0."""

from collections.abc import Mapping
from dataclasses import replace
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
from kith.core.listings.meanings import meanings_of
from kith.core.listings.numbers import number

_ATTENDANCE = frozenset({"in_person", "online", "hybrid"})


def draft_of(record: Mapping[str, Any], label: str) -> Draft:
    """Return the draft of one Meeting Guide record.

    Raises:
        RecordRefused: If its day is none.
    """
    draft = Draft(record=label, key=text_of(record.get("slug")) or text_of(record.get("id")))
    draft.name = text_of(record.get("name"))
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
    draft.program = text_of(record.get("entity"))
    draft.url = text_of(record.get("url"))
    draft.updated = record.get("updated")
    read_extension(draft, record.get("kith"))
    return draft


def _slots(record: Mapping[str, Any]) -> list[Slot]:
    days = days_from_sunday(record.get("day"), first=0)
    start = record.get("time")
    if not days and start in (None, ""):
        return []
    if not days:
        raise RecordRefused(f"gives a time, {text_of(start)[:20]!r}, but no day")
    return [Slot(days=days, start=start, end=record.get("end_time"))]


def days_from_sunday(value: object, *, first: int) -> tuple[int, ...]:
    """Return weekdays (Monday = 0) from numbers that count Sunday as `first`, or from names.

    Raises:
        RecordRefused: If one of them is no day.
    """
    if value is None or value in ("", []):
        return ()
    found: set[int] = set()
    for item in value if isinstance(value, list) else [value]:
        count = number(item)
        if count is not None and count.is_integer() and first <= count <= first + 6:
            found.add((int(count) - first + 6) % 7)
            continue
        named = weekdays(item) if isinstance(item, str) else None
        if named is None:
            raise RecordRefused(
                f"its day is {text_of(item)[:30]!r}, not {first} (Sunday) to {first + 6} (Saturday)"
            )
        found.update(named)
    return tuple(sorted(found))


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
    if latitude is None and len(both) == 2:
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
