"""Reads BMLT's semantic API (GetSearchResults): days count from Sunday = 1."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from kith.core.listings.draft import Draft, Place, RecordRefused, Slot, is_yes, text_of, texts_of
from kith.core.listings.meanings import meanings_of
from kith.core.listings.meeting_guide import days_from_sunday

_VENUE_TYPES = {"1": "in_person", "2": "online", "3": "hybrid"}
# Languages in which BMLT comes with the English keys. Elsewhere "M" may well be Mulheres, women.
_SAME_KEYS = frozenset(("", "en", "de", "dk", "da", "es", "fa", "fr", "it", "pl", "ru"))


@dataclass(frozen=True, slots=True)
class Formats:
    """A server's own format table (GetFormats): meanings by its numbers and by its keys."""

    by_id: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    by_key: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


def formats_of(rows: Iterable[object]) -> Formats:
    """Return what each format of a GetFormats answer means.

    The NAWS id says it best, being the same on every server; else the format's name, in any
    language we have words for; else its key, by common use in its language.
    """
    by_id: dict[str, tuple[str, ...]] = {}
    by_key: dict[str, tuple[str, ...]] = {}
    for row in rows:
        if not isinstance(row, dict):
            continue
        key = text_of(row.get("key_string"))
        meant = _meaning(text_of(row.get("world_id")), text_of(row.get("name_string")))
        if not meant and text_of(row.get("lang")).lower() in _SAME_KEYS:
            meant = meanings_of(key, "bmlt") or ()
        # A table in several languages has each format several times; one of them is enough.
        number = text_of(row.get("id"))
        by_id[number] = by_id.get(number) or meant
        by_key[key.upper()] = by_key.get(key.upper()) or meant
    return Formats(by_id, by_key)


def draft_of(record: Mapping[str, Any], label: str, formats: Formats) -> Draft:
    """Return the draft of one GetSearchResults record.

    Raises:
        RecordRefused: If it is unpublished or its day is none.
    """
    if record.get("published") not in (None, "") and not is_yes(record["published"]):
        raise RecordRefused("its own server has it unpublished")
    server = text_of(record.get("root_server_id"))
    number = text_of(record.get("id_bigint"))
    draft = Draft(record=label, key=f"{server}:{number}" if server else number)
    draft.name = text_of(record.get("meeting_name"))
    draft.key = draft.key or draft.name
    draft.slots = _slots(record)
    draft.zone = text_of(record.get("time_zone"))
    draft.attendance = _VENUE_TYPES.get(text_of(record.get("venue_type")).strip(), "")
    draft.place = _place(record)
    draft.join_url = text_of(record.get("virtual_meeting_link"))
    draft.join_phone = text_of(record.get("phone_meeting_number"))
    draft.join_note = text_of(record.get("virtual_meeting_additional_info"))
    draft.about = text_of(record.get("comments"))
    _read_formats(draft, record, formats)
    return draft


def _meaning(world_id: str, name: str) -> tuple[str, ...]:
    by_world = meanings_of(world_id, "naws") if world_id else None
    return by_world or meanings_of(name, "words") or ()


def _slots(record: Mapping[str, Any]) -> list[Slot]:
    days = days_from_sunday(record.get("weekday_tinyint"), first=1)
    start = record.get("start_time")
    if not days and text_of(start).strip():
        raise RecordRefused(f"gives a time, {text_of(start).strip()[:20]!r}, but no day")
    return [Slot(days=days, start=start, length=record.get("duration_time"))] if days else []


def _place(record: Mapping[str, Any]) -> Place:
    def value(name: str) -> str:
        # "Train Lines#@-@#Tren 2": BMLT's way to carry a field's label with its value.
        return text_of(record.get(name)).rsplit("#@-@#", maxsplit=1)[-1]

    lines = (value("train_lines") or value("train_line"), value("bus_lines"))
    return Place(
        name=value("location_text"),
        street=value("location_street"),
        neighborhood=value("location_neighborhood"),
        borough=value("location_city_subsection"),
        city=value("location_municipality"),
        county=value("location_sub_province"),
        region=value("location_province"),
        postal_code=value("location_postal_code_1"),
        country=value("location_nation"),
        latitude=record.get("latitude"),
        longitude=record.get("longitude"),
        find_the_door=value("location_info"),
        from_the_stop="\n".join(filter(None, lines)),
    )


def _read_formats(draft: Draft, record: Mapping[str, Any], formats: Formats) -> None:
    keys = texts_of(record.get("formats"))
    ids = texts_of(record.get("format_shared_id_list"))
    draft.codes += [key[:30] for key in keys]
    if formats.by_id and ids and all(i in formats.by_id for i in ids):
        draft.meanings += [m for i in ids for m in formats.by_id[i]]
        return
    is_common = text_of(record.get("lang_enum")).strip().lower() in _SAME_KEYS
    for key in keys:
        meant = formats.by_key.get(key.upper())
        if meant is None and is_common:
            meant = meanings_of(key, "bmlt")
        if meant is None:
            draft.repair("formats", f"{key[:30]!r} is no format that kith knows; kept, not shown")
        draft.meanings += meant or ()
