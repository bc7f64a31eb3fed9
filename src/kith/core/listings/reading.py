"""Reads a feed, whatever it turns out to be, into one outcome for each of its records."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from kith.core.listings import bmlt, calendar, meeting_guide, table
from kith.core.listings.draft import Draft, Hints, RecordRefused, text_of
from kith.core.listings.finish import finish
from kith.core.listings.listing import Outcome
from kith.core.listings.table import ColumnMapping
from kith.errors import RefusalError

FORMATS = ("meeting-guide", "bmlt", "icalendar", "csv", "json-table")
# Where the list of records is found in a JSON object, in the order in which it is looked for.
_LISTS = (
    "meetings",
    "data",
    "results",
    "items",
    "records",
    "gatherings",
    "events",
    "rows",
    "values",
)
_MEETING_GUIDE_KEYS = frozenset({"slug", "types", "formatted_address", "conference_url", "attendance_option"})  # fmt: skip
_DIGITS_MOST = 30
_DELIMITERS = ",;\t|"


class FeedRefusedError(RefusalError):
    """This is not a feed kith can read; the text says what it is instead and what to do."""


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
    """
    text, remarks = _decoded(body)
    found = format or _recognized(text)
    hints = hints or Hints()
    if found == "icalendar":
        if "BEGIN:VCALENDAR" not in text[:2000].upper():
            raise FeedRefusedError(
                "This is not a calendar: it does not begin with BEGIN:VCALENDAR."
            )
        return Reading(found, finish(calendar.drafts_of(text), hints), remarks)
    if found == "csv":
        return _table_reading("csv", _csv_rows(text), mapping, hints, remarks)
    return _json_reading(text, found, mapping, formats, hints, remarks)


def _decoded(body: bytes) -> tuple[str, tuple[str, ...]]:
    if not body.strip(b"\x00 \r\n\t\xef\xbb\xbf"):
        raise FeedRefusedError("The feed is empty. Is the address right?")
    if body[:4] in (b"PK\x03\x04", b"%PDF", b"\x89PNG") or body[:2] == b"\xd0\xcf":
        raise FeedRefusedError(
            "This is a file kith cannot read (a spreadsheet, PDF or archive). Export it as CSV."
        )
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return body.decode("utf-16", "replace").lstrip("\ufeff"), ()
    try:
        return body.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        text = body.decode("utf-8", "surrogateescape")
        # Old Windows programs write single bytes into text that is otherwise UTF-8.
        mended, count = re.subn(
            "[\udc80-\udcff]+",
            lambda m: m[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"),
            text,
        )
        return mended, (f"{count} places were not UTF-8 and were read as Windows-1252",)


def _recognized(text: str) -> str:
    start = text[:4000].lstrip()
    lower = start[:200].lower()
    if start[:15].upper() == "BEGIN:VCALENDAR":
        return "icalendar"
    if start[:1] in "[{":
        return "json"
    if re.match(r"^[\w.$]+\(\s*[\[{]", start):
        return "json"
    if lower.startswith(("<!doctype html", "<html")):
        raise FeedRefusedError("This is a web page, not a feed. Look for its JSON, CSV or iCalendar address.")  # fmt: skip
    if lower.startswith("<"):
        raise FeedRefusedError("This is XML, which kith does not read. Is there a JSON, CSV or iCalendar address?")  # fmt: skip
    first = start.split("\n", 1)[0]
    if any(mark in first for mark in _DELIMITERS):
        return "csv"
    raise FeedRefusedError("This is none of the formats kith reads: Meeting Guide JSON, BMLT JSON, iCalendar or CSV.")  # fmt: skip


def _json_reading(
    text: str,
    stated: str,
    mapping: ColumnMapping | None,
    formats: object,
    hints: Hints,
    remarks: tuple[str, ...],
) -> Reading:
    records, enclosed_formats = _json_records(text)
    first = next((r for r in records if isinstance(r, dict)), None)
    if records and first is None:
        raise FeedRefusedError("This JSON is a list, but not of records.")
    kind = stated if stated in FORMATS else _kind(first or {})
    if kind == "json-table" or mapping is not None:
        return _table_reading("json-table", records, mapping, hints, remarks)
    if kind == "bmlt":
        table_rows = formats if formats is not None else enclosed_formats
        known = bmlt.formats_of(table_rows if isinstance(table_rows, list) else [])
        drafts = _drafts(records, lambda record, label: bmlt.draft_of(record, label, known))
    else:
        drafts = _drafts(records, meeting_guide.draft_of)
    return Reading(kind, finish(drafts, hints), remarks)


def _kind(record: Mapping[str, Any]) -> str:
    keys = record.keys()
    if "id_bigint" in keys or "weekday_tinyint" in keys:
        return "bmlt"
    if keys & _MEETING_GUIDE_KEYS and "name" in keys:
        return "meeting-guide"
    if {"name", "day", "time"} <= keys or not keys:
        return "meeting-guide"
    return "json-table"


def _drafts(
    records: Sequence[object], draft_of: Callable[[Mapping[str, Any], str], Draft]
) -> list[Draft | Outcome]:
    return [_draft_or_outcome(r, number, draft_of) for number, r in enumerate(records, start=1)]


def _draft_or_outcome(
    record: object, number: int, draft_of: Callable[[Mapping[str, Any], str], Draft]
) -> Draft | Outcome:
    if not isinstance(record, dict):
        return Outcome(f"record {number}", reason=f"is {text_of(record)[:40]!r}, not a record")
    label = _label(record, number)
    try:
        draft = draft_of(record, label)
    except RecordRefused as refusal:
        return Outcome(label, reason=str(refusal))
    if label.startswith("("):
        draft.record = f"{draft.name[:80]} {label}".strip()
    return draft


def _label(record: Mapping[str, Any], number: int) -> str:
    names = ("name", "meeting_name", "Name", "Title", "title", "Meeting Name")
    ids = ("slug", "id_bigint", "id", "meeting_number", "ID")
    name = next((t for n in names if (t := text_of(record.get(n)).strip())), "")
    key = next((t for i in ids if (t := text_of(record.get(i)).strip())), "")
    shown = " ".join(filter(None, (name[:80], f"({key[:80]})" if key else f"(record {number})")))
    return shown.encode("utf-8", "replace").decode()


def _table_reading(
    kind: str,
    rows: Sequence[object],
    mapping: ColumnMapping | None,
    hints: Hints,
    remarks: tuple[str, ...],
) -> Reading:
    first = next((r for r in rows if isinstance(r, dict)), {})
    found = mapping or table.mapping_for(first.keys())
    if found is None:
        raise FeedRefusedError(
            "kith cannot tell which columns hold the name and the day. It sees: "
            f"{', '.join(map(str, list(first)[:30])) or 'none'}. Give a mapping with --mapping."
        )
    missing = sorted({c for columns in found.columns.values() for c in columns} - first.keys())
    if mapping is not None and missing:
        remarks = (*remarks, f"columns of the mapping that are not there: {', '.join(missing)}")
    drafts = _drafts(rows, lambda row, label: table.draft_of(row, label, found))
    return Reading(kind, finish(drafts, hints), remarks)


def _json_records(text: str) -> tuple[list[object], object]:
    """Return a JSON feed's records, and the format table that BMLT may have put beside them."""
    start = re.match(r"^\s*(?:[\w.$]+\()?\s*", text)
    position = start.end() if start else 0
    decoder = json.JSONDecoder(parse_int=_bounded_int, strict=False)
    try:
        if text[position] == "[":
            return list(_items(decoder, text, position + 1)), None
        whole, _end = decoder.raw_decode(text, position)
    except json.JSONDecodeError as error:
        raise FeedRefusedError(
            f"This is not whole JSON: line {error.lineno}, column {error.colno}: {error.msg}. "
            "Nothing was changed."
        ) from error
    except RecursionError as error:
        raise FeedRefusedError("This JSON is nested deeper than any feed. Nothing was changed.") from error  # fmt: skip
    found = next((whole[n] for n in _LISTS if isinstance(whole.get(n), list)), None)
    if found is None:
        found = next((v for v in whole.values() if isinstance(v, list)), None)
    if found is None:
        message = text_of(whole.get("message")) or text_of(whole.get("error"))
        said = f" It says: {message[:200]!r}." if message else ""
        raise FeedRefusedError(f"This JSON holds no list of records.{said}")
    return _rows_of_sheet(found), whole.get("formats")


def _items(decoder: json.JSONDecoder, text: str, position: int) -> Iterator[object]:
    """Yield the items of an array one by one: a feed is never held twice."""
    space = re.compile(r"\s*")
    position = space.match(text, position).end()  # type: ignore[union-attr]
    while text[position : position + 1] != "]":
        item, position = decoder.raw_decode(text, position)
        yield item
        position = space.match(text, position).end()  # type: ignore[union-attr]
        mark = text[position : position + 1]
        if mark == ",":
            position = space.match(text, position + 1).end()  # type: ignore[union-attr]
        elif mark != "]":
            raise json.JSONDecodeError("the list does not end", text, position)


def _bounded_int(digits: str) -> int | float:
    """Return a JSON integer; one with thousands of digits is no number a feed can mean."""
    return int(digits) if len(digits) <= _DIGITS_MOST else float("inf")


def _rows_of_sheet(found: list[object]) -> list[object]:
    """Return rows of cells under a row of headings (Google Sheets' JSON) as records."""
    if not found or not all(isinstance(row, list) for row in found):
        return found
    headings = [text_of(cell).strip() for cell in found[0] if isinstance(found[0], list)]  # type: ignore[attr-defined]
    return [dict(zip(headings, row, strict=False)) for row in found[1:] if isinstance(row, list)]


def _csv_rows(text: str) -> list[object]:
    csv.field_size_limit(1_000_000)
    sample = text[:20_000]
    first = sample.split("\n", 1)[0]
    delimiter = max(_DELIMITERS, key=first.count)
    reader = csv.reader(io.StringIO(text.replace("\x00", ""), newline=""), delimiter=delimiter)
    try:
        headings = [heading.strip() for heading in next(reader)]
        filled = (cells for cells in reader if any(cell.strip() for cell in cells))
        rows = [_csv_row(headings, cells) for cells in filled]
    except (csv.Error, StopIteration) as error:
        raise FeedRefusedError(f"This CSV cannot be read at line {reader.line_num}: {error}.") from error  # fmt: skip
    return rows


def _csv_row(headings: list[str], cells: list[str]) -> object:
    if len(cells) > len(headings) and any(c.strip() for c in cells[len(headings) :]):
        return f"{', '.join(cells)[:30]}… ({len(cells)} cells under {len(headings)} headings)"
    return dict(zip(headings, cells, strict=False))
