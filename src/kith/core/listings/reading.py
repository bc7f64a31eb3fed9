"""Reads a feed, whatever it turns out to be, into one outcome for each of its records."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from kith.core.listings import bmlt, calendar, meeting_guide, table
from kith.core.listings.columns import ColumnMapping, mapping_for
from kith.core.listings.draft import Draft, Hints
from kith.core.listings.feed_text import (
    FeedRefusedError,
    decoded,
    recognized,
    scalar_text,
    shown,
)
from kith.core.listings.finish import attempt, finish
from kith.core.listings.listing import Outcome
from kith.core.listings.nested import laid_flat
from kith.core.listings.records import csv_rows, json_records
from kith.errors import InvalidInputError

FORMATS = ("meeting-guide", "bmlt", "icalendar", "csv", "json-table")
_MEETING_GUIDE_KEYS = frozenset({"slug", "types", "formatted_address", "conference_url", "attendance_option"})  # fmt: skip
_BMLT_KEYS = frozenset({"id_bigint", "weekday_tinyint"})
_NAMES = ("name", "meeting_name", "Name", "Title", "title", "Meeting Name")
_IDS = ("slug", "id_bigint", "id", "meeting_number", "ID")
# Enough records to know a feed by, where single ones leave fields out.
_SAMPLE = 50

_Reader = Callable[[Mapping[str, Any], str], Draft]


@dataclass(frozen=True, slots=True)
class Reading:
    """A feed, read.

    Args:
        format: One of FORMATS.
        outcomes: One for each record, in the feed's order.
        remarks: What was true of the feed as a whole and had to be worked around.
    """

    format: str
    outcomes: Sequence[Outcome]
    remarks: tuple[str, ...] = ()


def read(
    body: bytes,
    *,
    format: str = "",  # noqa: A002 - it is what everybody calls it
    mapping: ColumnMapping | None = None,
    formats: object = None,
    hints: Hints | None = None,
) -> Reading:
    """Return what becomes of every record of `body`.

    Args:
        body: The feed as it came.
        format: One of FORMATS, or "" to recognize it.
        mapping: For tables; "" of them is recognized by its columns.
        formats: A BMLT server's GetFormats answer, if it came separately.
        hints: What is known of the feed as a whole.

    Raises:
        FeedRefusedError: If it is no feed, or not of that format.
        InvalidInputError: If `format` is none.
    """
    if format not in ("", *FORMATS):
        raise InvalidInputError(f"format must be one of {', '.join(FORMATS)}, got {format!r}")
    text, remarks = decoded(body)
    found = recognized(text)
    _check_stated(format, found)
    hints = hints or Hints()
    if found == "icalendar":
        drafts, more = calendar.drafts_of(text)
        return Reading(found, finish(drafts, hints), (*remarks, *more))
    if found == "csv":
        rows, more = csv_rows(text, lambda cells: _is_heading(cells, mapping))
        source = _Source("csv", rows, (*remarks, *more))
        if mapping is None and _BMLT_KEYS & _keys(rows):
            return _bmlt_reading(source, formats, hints)
        return _table_reading(source, mapping, hints)
    records, enclosed = json_records(text)
    kind = format or _kind(_keys(records))
    if kind == "json-table" or mapping is not None:
        flat = [laid_flat(record) for record in records]
        return _table_reading(_Source("json-table", flat, remarks), mapping, hints)
    source = _Source(kind, records, remarks)
    if kind == "bmlt":
        return _bmlt_reading(source, formats if formats is not None else enclosed, hints)
    drafts = _drafts(records, meeting_guide.draft_of)
    return Reading(kind, finish(drafts, hints), remarks)


@dataclass(frozen=True, slots=True)
class _Source:
    """A feed's records, not read yet."""

    format: str
    records: Sequence[object]
    remarks: tuple[str, ...]


def _check_stated(stated: str, found: str) -> None:
    kind = stated if stated in ("", "icalendar", "csv") else "json"
    if kind not in ("", found):
        called = {"icalendar": "a calendar", "csv": "a CSV table", "json": "JSON"}
        raise FeedRefusedError(
            f"This was to be {called[kind]} and is {called[found]}. Change the feed's format, or "
            "leave it empty so that kith recognizes it."
        )


def _keys(records: Iterable[object]) -> frozenset[str]:
    found = [record for record in records if isinstance(record, dict)]
    return frozenset(key for record in found[:_SAMPLE] for key in record)


def _kind(keys: frozenset[str]) -> str:
    if keys & _BMLT_KEYS:
        return "bmlt"
    if keys & _MEETING_GUIDE_KEYS and "name" in keys:
        return "meeting-guide"
    if {"name", "day", "time"} <= keys or not keys:
        return "meeting-guide"
    return "json-table"


def _is_heading(cells: Sequence[str], mapping: ColumnMapping | None) -> bool:
    if mapping is not None:
        mapped = {column for columns in mapping.columns.values() for column in columns}
        return len(mapped & set(cells)) >= min(2, len(mapped))
    return bool(_BMLT_KEYS & set(cells)) or mapping_for(cells) is not None


def _bmlt_reading(source: _Source, formats: object, hints: Hints) -> Reading:
    known = bmlt.formats_of(formats if isinstance(formats, list) else [])
    drafts = _drafts(source.records, lambda record, label: bmlt.draft_of(record, label, known))
    # Nearly every server of this kind is Narcotics Anonymous'; a steward knows of the others.
    hints = replace(hints, program=hints.program or "Narcotics Anonymous")
    return Reading(source.format, finish(drafts, hints), source.remarks)


def _table_reading(source: _Source, mapping: ColumnMapping | None, hints: Hints) -> Reading:
    present = frozenset(key for r in source.records if isinstance(r, dict) for key in r)
    found = mapping or mapping_for(present)
    if found is None:
        first = next((r for r in source.records if isinstance(r, dict)), {})
        sees = ", ".join(shown(str(heading), 40) for heading in list(first)[:30])
        raise FeedRefusedError(
            "kith cannot tell which columns hold the name and the day. "
            f"It sees: {sees or 'none'}. Give the feed a mapping of its columns."
        )
    missing = sorted({c for columns in found.columns.values() for c in columns} - present)
    remarks = source.remarks
    if mapping is not None and missing:
        remarks = (*remarks, f"columns of the mapping that are not there: {', '.join(missing)}")
    drafts = _drafts(
        source.records,
        lambda row, label: table.draft_of(row, label, found),
        names=found.columns.get("name", ()),
        ids=found.columns.get("key", ()),
    )
    return Reading(source.format, finish(drafts, hints), remarks)


def _drafts(
    records: Sequence[object],
    draft_of: _Reader,
    *,
    names: Sequence[str] = (),
    ids: Sequence[str] = (),
) -> list[Draft | Outcome]:
    called, numbered = (*names, *_NAMES), (*ids, *_IDS)
    return [
        _draft_or_outcome(record, number, draft_of, (called, numbered))
        for number, record in enumerate(records, start=1)
    ]


def _draft_or_outcome(
    record: object, number: int, draft_of: _Reader, columns: tuple[Sequence[str], Sequence[str]]
) -> Draft | Outcome:
    if isinstance(record, Outcome):
        return record
    if not isinstance(record, dict):
        reason = f"is {shown(scalar_text(record)) or 'a list'!r}, not a record"
        return Outcome(f"record {number}", reason=reason)
    names, ids = columns
    name = next((t for n in names if (t := shown(scalar_text(record.get(n)), 80))), "")
    key = next((t for i in ids if (t := shown(scalar_text(record.get(i)), 80))), "")
    label = f"{name} ({key or f'record {number}'})".strip()
    draft = attempt(label, draft_of, record, label)
    if not name and isinstance(draft, Draft):
        draft.record = f"{shown(draft.name, 80)} {label}".strip()
    return draft
