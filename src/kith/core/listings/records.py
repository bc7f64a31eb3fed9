"""The records in a feed's text: JSON in its many wrappings, and rows of cells."""

import csv
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from kith.core.listings.feed_text import (
    DELIMITERS,
    HEAD_LINES,
    JSON_START,
    FeedRefusedError,
    scalar_text,
    shown,
)
from kith.core.listings.listing import Outcome
from kith.core.listings.nested import point_of

# Where the list of records is found in a JSON object, in the order in which it is looked for.
_LISTS = ("meetings", "data", "results", "items", "records", "features", "gatherings", "events", "rows", "values")  # fmt: skip
# Airtable, GeoJSON and ArcGIS put a record's own fields one level deeper.
_INNER = ("fields", "properties", "attributes")
_AROUND = frozenset({*_INNER, "id", "type", "geometry", "createdTime", "bbox", "centroid"})
_DIGITS_MOST = 30
_SPACE = re.compile(r"\s*")
_END = re.compile(r"[\s;),\x00]*\Z")
_SEPARATOR_LINE = re.compile(r'"?sep=(.)"?$', re.IGNORECASE)
# A file with more open quotes than this is not mended line by line.
_QUOTES_MENDED = 20

IsHeading = Callable[[Sequence[str]], bool]


@dataclass(frozen=True, slots=True)
class _Cells:
    """A row of a table as it stands in line `line`, or a line whose open quote swallows several."""

    line: int
    cells: Sequence[Any]
    swallowed: int = 0


def json_records(text: str) -> tuple[list[object], object]:
    """Return a JSON feed's records, and the format table that BMLT may have put beside them.

    Raises:
        FeedRefusedError: If it is not whole JSON, or holds no list of records.
    """
    start = JSON_START.match(text)
    position = start.end() if start else 0
    try:
        whole = _whole(text, position)
    except json.JSONDecodeError as error:
        raise FeedRefusedError(
            f"This is not whole JSON: line {error.lineno}, column {error.colno}: {error.msg}. "
            "Nothing was changed; fetch it again, or tell its keeper."
        ) from error
    except RecursionError as error:
        raise FeedRefusedError(
            "This JSON is nested deeper than any feed. Nothing was changed; tell its keeper."
        ) from error
    if isinstance(whole, list):
        return _records(whole), None
    if {"name", "day", "time"} <= whole.keys():
        return [whole], None
    return _records(_list_in(whole)), whole.get("formats")


def csv_rows(text: str, is_heading: IsHeading) -> tuple[list[object], tuple[str, ...]]:
    """Return a table's rows by their headings, and remarks on the whole.

    A row that cannot be a record comes back as the Outcome that says why. `is_heading` knows
    the line of headings, before which a title may stand.
    """
    lines = list(io.StringIO(text.replace("\x00", ""), newline=""))
    delimiter, first = _shape(lines, is_heading)
    rows = _physical_rows(lines, first, delimiter)
    headings = [heading.strip() for heading in next(rows, _Cells(0, [])).cells]
    remarks = (f"its headings are in line {first + 1}",) if first else ()
    return [_row(headings, row) for row in rows if any(map(str.strip, row.cells))], remarks


def _whole(text: str, position: int) -> Any:
    decoder = json.JSONDecoder(parse_int=_bounded_int, strict=False)
    if text[position : position + 1] == "[":
        whole, end = _items(decoder, text, position + 1)
    else:
        whole, end = decoder.raw_decode(text, position)
        follows = _skip(text, end)
        if text[follows : follows + 1] == "{":
            whole, end = _lines(decoder, text, follows, whole)
    if not _END.match(text, end):
        raise json.JSONDecodeError("more follows after its end", text, _skip(text, end))
    return whole


def _items(decoder: json.JSONDecoder, text: str, position: int) -> tuple[list[object], int]:
    """Return the items of an array and where it ends; a comma too many is passed over."""
    found: list[object] = []
    position = _skip(text, position)
    while text[position : position + 1] != "]":
        item, position = decoder.raw_decode(text, position)
        found.append(item)
        position = _skip(text, position)
        mark = text[position : position + 1]
        if mark == ",":
            position = _skip(text, position + 1)
        elif mark != "]":
            raise json.JSONDecodeError("the list does not go on and does not end", text, position)
    return found, position + 1


def _lines(
    decoder: json.JSONDecoder, text: str, position: int, first: object
) -> tuple[list[object], int]:
    """Return objects that follow each other without commas (one a line) and where they end."""
    found = [first]
    end = position
    while text[position : position + 1] == "{":
        item, end = decoder.raw_decode(text, position)
        found.append(item)
        position = _skip(text, end)
    return found, end


def _skip(text: str, position: int) -> int:
    match = _SPACE.match(text, position)
    return match.end() if match else position


def _bounded_int(digits: str) -> int | float:
    """Return a JSON integer; one with thousands of digits is no number a feed can mean."""
    return int(digits) if len(digits) <= _DIGITS_MOST else float("inf")


def _list_in(whole: Mapping[str, Any]) -> list[object]:
    """Return the list of records in an object: named as such, else whichever there is.

    Raises:
        FeedRefusedError: If there is none; it passes on what the object says instead.
    """
    inner = [value for value in whole.values() if isinstance(value, dict)]
    for holder in (whole, *inner):
        found = next((holder[n] for n in _LISTS if isinstance(holder.get(n), list)), None)
        if found is not None:
            return list(found)
    for holder in (whole, *inner):
        lists = [value for value in holder.values() if isinstance(value, list)]
        found = next((v for v in lists if any(isinstance(item, dict) for item in v)), None)
        if found is not None:
            return list(found)
    message = _message(whole)
    if inner and len(inner) == len(whole) and not message:
        # Languages that have no plain lists write {"0": {...}, "2": {...}}.
        return list(inner)
    said = f" It says: {shown(message, 200)!r}." if message else ""
    raise FeedRefusedError(
        f"This JSON holds no list of records.{said} Is the address that of a feed?"
    )


def _message(whole: Mapping[str, Any]) -> str:
    for name in ("message", "error", "errors", "detail", "status"):
        value = whole.get(name)
        text = scalar_text(value.get("message") if isinstance(value, dict) else value)
        if text:
            return text
    return ""


def _records(found: list[object]) -> list[object]:
    rows = [row for row in found if isinstance(row, list)]
    if rows and len(rows) == len(found):
        return _rows_of_sheet(rows)
    records = [_unwrapped(item) for item in found]
    if records and not any(isinstance(record, dict) for record in records):
        raise FeedRefusedError(
            f"This JSON is a list, but not of records: it begins {shown(scalar_text(found[0]))!r}. "
            "Is the address that of a feed?"
        )
    return records


def _unwrapped(item: object) -> object:
    """Return a record without the envelope that some services put it in."""
    if not isinstance(item, dict) or not item.keys() <= _AROUND:
        return item
    inner = next((item[n] for n in _INNER if isinstance(item.get(n), dict)), None)
    if inner is None:
        return item
    key = {"id": item["id"]} if item.get("id") not in (None, "") else {}
    return key | point_of(item.get("geometry")) | inner


def _shape(lines: Sequence[str], is_heading: IsHeading) -> tuple[str, int]:
    """Return what parts the cells of a table, and the index of its line of headings."""
    first = next((n for n, line in enumerate(lines) if line.strip()), 0)
    stated = _SEPARATOR_LINE.match(lines[first].strip())
    if stated:
        return stated[1], first + 1
    head = lines[first : first + HEAD_LINES]
    likely = sorted(DELIMITERS, key=lambda mark: -sum(line.count(mark) for line in head))
    for delimiter in likely:
        for n, cells in enumerate(csv.reader([line], delimiter=delimiter) for line in head):
            if is_heading([cell.strip() for cell in next(cells, [])]):
                return delimiter, first + n
    return max(DELIMITERS, key=lines[first].count), first


def _physical_rows(lines: Sequence[str], first: int, delimiter: str) -> Iterator[_Cells]:
    """Yield the rows of a table from its line of headings on.

    A quote that is opened and never closed would swallow all the rows that follow it. Where
    that is seen, its own line is given as broken, and reading goes on with the next one.
    """
    csv.field_size_limit(2**31 - 1)
    width, mended = 0, 0
    while first < len(lines):
        reader = csv.reader(islice(lines, first, None), delimiter=delimiter)
        before = 0
        for cells in reader:
            lasts = reader.line_num - before
            raw = lines[first + before : first + reader.line_num] if lasts > 1 else ()
            if width and raw and _has_swallowed(raw, delimiter, width):
                yield _Cells(first + before + 1, [lines[first + before].strip()], swallowed=lasts)
                mended += 1
                if mended <= _QUOTES_MENDED:
                    before += 1
                    break
            else:
                width = width or len(cells)
                yield _Cells(first + before + 1, cells)
            before = reader.line_num
        first += before


def _has_swallowed(raw: Sequence[str], delimiter: str, width: int) -> bool:
    """Return whether a row of several lines is so because of a quote that is not closed."""
    try:
        rows = list(csv.reader(raw, delimiter=delimiter, strict=True))
    except csv.Error:
        # Text goes on after what should be a closing quote, or the file ends before one.
        return True
    inner = (line for cells in rows for cell in cells for line in cell.splitlines()[1:])
    return any(line.count(delimiter) >= max(2, width - 1) for line in inner)


def _rows_of_sheet(rows: list[list[object]]) -> list[object]:
    """Return rows of cells under a row of headings (Google Sheets' JSON) as records."""
    headings = [scalar_text(cell).strip() for cell in rows[0]]
    filled = (
        _Cells(n, row) for n, row in enumerate(rows[1:], start=2) if any(map(scalar_text, row))
    )
    return [_row(headings, row) for row in filled]


def _row(headings: Sequence[str], row: _Cells) -> object:
    """Return a row by its headings, or the outcome of one that cannot be told apart."""
    over = [text for cell in row.cells[len(headings) :] if (text := scalar_text(cell).strip())]
    if over or row.swallowed:
        label = f"{shown(', '.join(map(scalar_text, row.cells)), 80)} (line {row.line})"
        reason = (
            f"opens a quote that is only closed {row.swallowed - 1} lines further on: take it out"
            if row.swallowed
            else f"has {len(row.cells)} cells under {len(headings)} headings: "
            "is there a comma or a quote too many?"
        )
        return Outcome(label, reason=reason)
    if len(set(headings)) == len(headings):
        return dict(zip(headings, row.cells, strict=False))
    found: dict[str, Any] = {}
    for heading, cell in zip(headings, row.cells, strict=False):
        if found.get(heading) in (None, ""):
            found[heading] = cell
    return found
