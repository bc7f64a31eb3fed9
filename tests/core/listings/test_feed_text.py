"""What bytes are, and what to do about those that are no feed."""

import gzip
import io
import zipfile

import pytest

from kith.core.listings.feed_text import (
    FeedRefusedError,
    decoded,
    recognized,
    scalar_text,
    shown,
)


def a_zip():
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return written.getvalue()


@pytest.mark.parametrize(
    ("body", "what", "todo"),
    [
        (b"", "is empty", "address right"),
        (b" \r\n\t\x00", "is empty", "address right"),
        (b"\xef\xbb\xbf", "is empty", "address right"),
        (b"\xff\xfe", "is empty", "address right"),
        (a_zip(), "Excel workbook or another packed file", "export the sheet as CSV"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "old Excel or Word file", "export the sheet as CSV"),
        (b"%PDF-1.7\n%", "is a PDF", "Ask its keeper"),
        (b"{\\rtf1\\ansi", "formatted text document", "as CSV"),
        (gzip.compress(b"[]"), "packed file", "Unpack it"),
        (b"SQLite format 3\x00", "a database", "as CSV"),
        (b"\x89PNG\r\n\x1a\n", "a picture", "Ask its keeper"),
        (b"\xff\xd8\xff\xe0", "a picture", "Ask its keeper"),
        (b"GIF89a", "a picture", "Ask its keeper"),
    ],
)
def test_what_is_no_text_is_refused_with_what_it_is_and_what_to_do(body, what, todo):
    with pytest.raises(FeedRefusedError) as refused:
        decoded(body)

    assert what in str(refused.value)
    assert todo in str(refused.value)


TABLE = "Name,Day\nCafé ☕ Group,Mon\n"


@pytest.mark.parametrize(
    "body",
    [
        TABLE.encode(),
        TABLE.encode("utf-8-sig"),
        TABLE.encode("utf-16"),
        TABLE.encode("utf-16-le"),
        TABLE.encode("utf-16-be"),
        "\ufeff".encode("utf-16-be") + TABLE.encode("utf-16-be"),
    ],
)
def test_text_is_decoded_in_each_of_its_encodings(body):
    assert decoded(body) == (TABLE, ())


def test_single_bytes_of_old_windows_programs_are_mended_in_place():
    body = "Name,Day\nCafé ☕,Mon\n".encode() + "Reunión – ñ’s,Tue\n".encode("cp1252")

    text, remarks = decoded(body)

    assert text == "Name,Day\nCafé ☕,Mon\nReunión – ñ’s,Tue\n"
    assert remarks == ("3 places were not UTF-8 and were read as Windows-1252",)


def test_a_byte_order_mark_goes_even_where_other_bytes_are_wrong():
    text, _remarks = decoded(b"\xef\xbb\xbfName,Day\nCaf\xe9,Mon\n")

    assert text == "Name,Day\nCafé,Mon\n"


def test_a_calendar_folded_through_the_middle_of_a_letter_is_put_together():
    body = b"BEGIN:VCALENDAR\r\nSUMMARY:Caf\xc3\r\n \xa9 Group\r\nEND:VCALENDAR\r\n"

    assert decoded(body) == ("BEGIN:VCALENDAR\r\nSUMMARY:Café Group\r\nEND:VCALENDAR\r\n", ())


def test_a_calendar_in_windows_bytes_is_read_as_such():
    text, remarks = decoded(b"BEGIN:VCALENDAR\r\nSUMMARY:Caf\xe9\r\nEND:VCALENDAR\r\n")

    assert "SUMMARY:Café" in text
    assert remarks == ("1 places were not UTF-8 and were read as Windows-1252",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("BEGIN:VCALENDAR\nEND:VCALENDAR", "icalendar"),
        ("\n begin:vcalendar\nend:vcalendar", "icalendar"),
        ("[]", "json"),
        ('\n\n {"meetings": []}', "json"),
        ('callback([{"a": 1}]);', "json"),
        ('/**/callback([{"a": 1}]);', "json"),
        ("var meetings = [\n];", "json"),
        ("Name,Day\nA,Mon", "csv"),
        ("Name;Day\nA;Mon", "csv"),
        ("Name\tDay\nA\tMon", "csv"),
        ("Our meetings\n\nName,Day\nA,Mon", "csv"),
    ],
)
def test_a_format_is_recognized_by_how_it_begins(text, kind):
    assert recognized(text) == kind


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("<!DOCTYPE html><html><body>Not found</body></html>", "is a web page"),
        ("\n<HTML>\n<head>", "is a web page"),
        ("<div>Meetings</div>", "is a web page"),
        ('<?xml version="1.0"?><meetings/>', "is XML"),
        ("<meetings><meeting/></meetings>", "is XML"),
        ("<kml xmlns='x'>", "is XML"),
        ('<?xml version="1.0"?><rss version="2.0">', "is an RSS or Atom feed"),
        ("<feed xmlns='http://www.w3.org/2005/Atom'>", "is an RSS or Atom feed"),
        (
            "<br />\n<b>Warning</b>: Undefined index in <b>feed.php</b>\n[]",
            "a web server's message, not with a feed: 'Warning : Undefined index in feed.php []'",
        ),
        ("Service unavailable", "it begins 'Service unavailable'"),
        ("null", "it begins 'null'"),
        ("<", "is a web page"),
    ],
)  # fmt: skip
def test_other_text_is_refused_with_what_it_is(text, what):
    with pytest.raises(FeedRefusedError) as refused:
        recognized(text)

    assert what in str(refused.value)


@pytest.mark.parametrize("text", ["<p>x</p>", "<?xml?>", "<html>", "<rss>", "nothing at all"])
def test_every_refusal_of_text_says_what_to_do(text):
    with pytest.raises(FeedRefusedError, match=r"address|Tell its keeper"):
        recognized(text)


def test_what_is_shown_is_one_line_that_can_be_printed():
    assert shown("a\n  b\x00c\ud800") == "a b\N{REPLACEMENT CHARACTER}c\N{REPLACEMENT CHARACTER}"
    assert shown("x" * 80) == "x" * 60 + "…"
    assert shown("1234567890", 5) == "12345…"


@pytest.mark.parametrize(
    ("value", "text"),
    [("a", "a"), (1, "1"), (1.0, "1"), (1.5, "1.5"), (True, ""), (None, ""), ([1], ""), ({}, "")],
)
def test_scalars_have_a_text_and_the_rest_has_none(value, text):
    assert scalar_text(value) == text
