"""What a feed's bytes are: text in a format that kith reads, or something else and what to do."""

import re
from collections.abc import Sequence

from kith.core.listings.draft import text_of
from kith.errors import RefusalError

DELIMITERS = ",;\t|"
# How many lines may stand above a table's headings: a title, a date, an empty line.
HEAD_LINES = 10
_SPREADSHEET = "In the program that made it, export the sheet as CSV and give kith that."
_SIGNATURES = (
    (b"PK\x03\x04", f"This is an Excel workbook or another packed file, not a feed. {_SPREADSHEET}"),
    (b"\xd0\xcf\x11\xe0", f"This is an old Excel or Word file, not a feed. {_SPREADSHEET}"),
    (b"%PDF", "This is a PDF, which is made for printing. Ask its keeper for a CSV or JSON feed."),
    (b"{\\rtf", "This is a formatted text document. Save the table in it as CSV."),
    (b"\x1f\x8b", "This is a packed file (gzip). Unpack it and give kith what is inside."),
    (b"SQLite format 3", "This is a database. Export its table of meetings as CSV."),
    (b"\x89PNG", "This is a picture, not a feed. Ask its keeper for a CSV or JSON feed."),
    (b"\xff\xd8\xff", "This is a picture, not a feed. Ask its keeper for a CSV or JSON feed."),
    (b"GIF8", "This is a picture, not a feed. Ask its keeper for a CSV or JSON feed."),
)  # fmt: skip
# "meetings([...]);", and what frameworks put before it against attacks: "/**/meetings([...]);".
JSON_START = re.compile(
    r"\s*(?:/\*.{0,200}?\*/\s*)?(?:(?:(?:var|let|const)\s+)?[\w.$]+\s*[=(]\s*)?(?=[\[{])", re.DOTALL
)


class FeedRefusedError(RefusalError):
    """This is not a feed kith can read; the text says what it is instead and what to do."""


def decoded(body: bytes) -> tuple[str, tuple[str, ...]]:
    """Return a feed's text, and what had to be worked around to get it.

    Raises:
        FeedRefusedError: If it is empty or no text.
    """
    if not body.strip(b"\x00 \r\n\t\xef\xbb\xbf\xff\xfe"):
        raise FeedRefusedError("The feed is empty. Is the address right?")
    for signature, what in _SIGNATURES:
        if body.startswith(signature):
            raise FeedRefusedError(what)
    wide = _wide(body)
    if wide:
        return body.decode(wide, "replace").lstrip("\ufeff"), ()
    try:
        return body.decode("utf-8-sig"), ()
    except UnicodeDecodeError:
        return _mixed(body)


def recognized(text: str) -> str:
    """Return what `text` is: "icalendar", "json" or "csv".

    Raises:
        FeedRefusedError: If it is none of them.
    """
    start = text[:4000].lstrip()
    if start[:15].upper() == "BEGIN:VCALENDAR":
        return "icalendar"
    if JSON_START.match(start):
        return "json"
    if start.startswith("<"):
        raise FeedRefusedError(_markup(start))
    lines = start.splitlines()[:HEAD_LINES]
    if any(mark in line for mark in DELIMITERS for line in lines):
        return "csv"
    raise FeedRefusedError(
        f"This is none of the formats kith reads: it begins {shown(start)!r}. "
        "Give the address of a Meeting Guide or BMLT JSON feed, a calendar (.ics) or a CSV table."
    )


def shown(text: str, longest: int = 60) -> str:
    """Return the beginning of `text` on one line, fit to stand in a report."""
    tidy = " ".join(text[: longest * 4].split())
    if not tidy.isprintable():
        tidy = "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in tidy)
    return tidy if len(tidy) <= longest else f"{tidy[:longest]}…"


def scalar_text(value: object) -> str:
    """Return a JSON or CSV value as text, "" for null, lists and objects, however deep."""
    return text_of(value) if isinstance(value, str | int | float) else ""


def _wide(body: bytes) -> str:
    """Return "utf-16" or its byte order if the bytes look so, with or without their mark."""
    if body[:2] in (b"\xff\xfe", b"\xfe\xff"):
        return "utf-16"
    sample = body[:200]
    if sample[1::2].count(0) > len(sample) // 4:
        return "utf-16-le"
    return "utf-16-be" if sample[::2].count(0) > len(sample) // 4 else ""


def _mixed(body: bytes) -> tuple[str, tuple[str, ...]]:
    if b"BEGIN:VCALENDAR" in body[:200]:
        # Calendars are folded by bytes, sometimes through the middle of a letter.
        unfolded = re.sub(rb"\r?\n[ \t]", b"", body)
        try:
            return unfolded.decode("utf-8-sig"), ()
        except UnicodeDecodeError:
            body = unfolded
    text = body.decode("utf-8", "surrogateescape").lstrip("\ufeff")
    # Old Windows programs write single bytes into text that is otherwise UTF-8.
    mended, count = re.subn(
        "[\udc80-\udcff]+",
        lambda m: m[0].encode("utf-8", "surrogateescape").decode("cp1252", "replace"),
        text,
    )
    return mended, (f"{count} places were not UTF-8 and were read as Windows-1252",)


def _markup(start: str) -> str:
    lower = start[:400].lower()
    if "<rss" in lower or "<feed" in lower:
        return "This is an RSS or Atom feed, which says when something was written, not when people meet. Look for a JSON, CSV or iCalendar address."  # fmt: skip
    if lower.startswith("<?xml") or _is_tag(lower, ("meetings", "events", "data", "root", "kml")):
        return "This is XML, which kith does not read. Is there a JSON, CSV or iCalendar address?"
    if _is_tag(lower, ("br", "b", "p")):
        # What a web server's own trouble looks like, in front of a feed or in place of one.
        return f"This begins with a web server's message, not with a feed: {shown(_words(start), 120)!r}. Tell its keeper."  # fmt: skip
    return "This is a web page, not a feed. Look for its JSON, CSV or iCalendar address."


def _is_tag(lower: str, names: Sequence[str]) -> bool:
    match = re.match(r"<(\w+)", lower)
    return match is not None and match[1] in names


def _words(markup: str) -> str:
    return re.sub(r"<[^<>]*>", " ", markup)
