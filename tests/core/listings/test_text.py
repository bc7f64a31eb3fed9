"""Plain text out of what feeds hold."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from kith.core.listings.text import BROKEN, CONTROL, CUT, HTML, plain

# Pieces that mean something to one of the steps, so that steps meet.
pieces = st.sampled_from(
    [
        *"<>&;/!-=\"' \n\t\xa0éÃ©â€™Â…xab\x00\x85\u0338\u200b\u200e\u2028\ufeff\ud83d\ude00",
        *"<b> </b> <br> <p <a&b &amp; &lt; &#60; &#38; amp; lt; #38; <!-- --> script title".split(),
        "<script>", "</script>", "<a href=http://x.org>", "</a>", "<http://x.org>",
    ]
)  # fmt: skip
texts = st.text() | st.lists(pieces, max_size=20).map("".join)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Big Book Study",
        "St. Mary’s, Église Saint-Étienne",
        "Fish & Chips, R&D, AT&T; always",
        "1 < 2 > 0, <3, a <- b",
        "Ring <twice> and <Enter via rear>",
        "<note: come early",
        "<a quiet place",
        "می\u200cروم",  # the joiner between two Persian letters is part of how it is written
        "👩\u200d👩\u200d👧 family",
    ],
)
def test_plain_text_comes_back_as_it_is(text):
    assert plain(text) == (text, [])


@pytest.mark.parametrize(
    ("text", "one_line", "kept_lines"),
    [
        ("  two   words\t", "two words", "two words"),
        ("a\r\nb\rc", "a b c", "a\nb\nc"),
        ("a\n\n\n\nb", "a b", "a\n\nb"),
        ("a \n\xa0\n \n b", "a b", "a\n\nb"),
        ("soft\x0bbreak\u2028line", "soft break line", "soft\nbreak\nline"),
    ],
)
def test_spaces_and_line_ends_are_tidied_without_a_word(text, one_line, kept_lines):
    assert plain(text) == (one_line, [])
    assert plain(text, lines=True) == (kept_lines, [])


@pytest.mark.parametrize(
    ("text", "mended"),
    [
        ("St. Maryâ€™s", "St. Mary’s"),
        ("CafÃ© MÃ¼nchen", "Café München"),
        ("\ud83d\ude00 welcome", "😀 welcome"),  # two halves of one character
        ("lone \ud83d half", "lone \N{REPLACEMENT CHARACTER} half"),
        ("\udc00", "\N{REPLACEMENT CHARACTER}"),
        ("quote\x92s", "quote’s"),  # a single byte of Windows
    ],
)
def test_broken_characters_are_mended_and_said(text, mended):
    assert plain(text) == (mended, [BROKEN])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("Nu\x00l", "Nul"),
        ("bell\x07", "bell"),
        ("\ufeffBOM", "BOM"),
        ("zero\u200bwidth", "zerowidth"),
        ("abc\u202egnp.exe", "abcgnp.exe"),  # would show as "abcexe.png"
        ("\u2066isolated\u2069", "isolated"),
        ("soft\xadhyphen", "softhyphen"),
        ("\u061carabic mark", "arabic mark"),
        ("a\x7fb", "ab"),
    ],
)
def test_control_and_invisible_characters_are_removed_and_said(text, left):
    assert plain(text) == (left, [CONTROL])


def test_letters_and_their_accents_are_put_together():
    assert plain("Cafe\u0301") == ("Café", [])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        ("<b>Bold</b> and <i>thin</i>", "Bold and thin"),
        ("one<br>two<BR/>three<br />four", "one two three four"),
        ("<p>one</p><p>two", "one two"),
        ("Hope, Faith &Amp; Courage", "Hope, Faith & Courage"),
        ("&nbsp;&eacute;&#233;&#xE9;&Eacute;", "éééÉ"),
        ("7:00 &#8211; 8:30", "7:00 – 8:30"),
        ("&lt;b&gt;escaped once too often&lt;/b&gt;", "escaped once too often"),
        ("&amp;amp;amp; three deep", "& three deep"),
        ("a<script>alert('<b>')</script>b", "ab"),
        ("a<SCRIPT>never closed", "a"),
        ("<style>p {color: red}</style>words", "words"),
        ("<title>Page</title>words", "words"),
        ("<!-- [if mso]> <b>for Word</b> <![endif] -->words", "words"),
        ("<!--never closed", ""),
        ("<!DOCTYPE html>words", "words"),
        ("<![CDATA[x]]>words", "words"),
        ("<?xml version='1.0'?>words", "words"),
        ("<o:p>from Word</o:p> <st1:city>Leeds</st1:city>", "from Word Leeds"),
        ("<div class='a > b'>quoted</div>", "quoted"),
        ("<a href='x target='_blank'>odd quotes</a>", "odd quotes"),
        ("<<b>b>nested", "nested"),
        ("cut off <a href=", "cut off"),
        ("cut off <br", "cut off"),
        ("<svg onload=alert(1)>x", "x"),
        ("<https://zoom.us/j/1>", "https://zoom.us/j/1"),
        ("write to <mailto:x@example.org>", "write to mailto:x@example.org"),
        ("write to <x@example.org>", "write to x@example.org"),
        ("<a href='https://x.org/'>Click here</a>", "Click here"),
        ("<a href='https://x.org/'></a>", "https://x.org/"),
    ],
)
def test_html_leaves_its_words(text, left):
    assert plain(text) == (left, [HTML])


@pytest.mark.parametrize(
    ("text", "left"),
    [
        (
            'Join <a class="x" href="https://zoom.us/j/1?a=2&amp;b=3">our room</a> now',
            "Join our room (https://zoom.us/j/1?a=2&b=3) now",
        ),
        ("<a href=https://x.org/>https://x.org</a>", "https://x.org"),
        ("<a href='https://x.org/'> </a>", "https://x.org/"),
        ("<a href='/relative'>here</a>", "here"),
        ("<a href='javascript:alert(1)'>here</a>", "here"),
        ("<ul><li>one<li>two</ul>", "one\ntwo"),
    ],
)
def test_prose_keeps_where_its_links_lead(text, left):
    assert plain(text, lines=True) == (left, [HTML])


def test_every_kind_of_damage_is_said_once():
    text, why = plain("<b>CafÃ©</b>\x00 &amp; <i>CafÃ©</i>\x00" + "x" * 20, longest=12)

    assert text == "Café & Café…"
    assert why == [BROKEN, CONTROL, HTML, CUT]


def test_mojibake_that_was_hidden_in_entities_is_mended():
    assert plain("Caf&Atilde;&copy;") == ("Café", [HTML, BROKEN])


@pytest.mark.parametrize(
    ("text", "longest", "cut"),
    [
        ("12345", 5, "12345"),
        ("123456", 5, "1234…"),
        ("123 56", 5, "123…"),
    ],
)
def test_text_is_cut_at_its_longest(text, longest, cut):
    assert plain(text, longest=longest) == (cut, [CUT] if cut != text else [])


def test_text_that_hides_tags_under_tags_for_ever_ends_without_any():
    text, why = plain("&" + "#38;" * 30 + "lt;b&#62; done <b>")

    assert "<" not in text
    assert "&" not in text
    assert text.endswith("done")
    assert why == [HTML]


@given(texts, st.booleans(), st.sampled_from([8, 4000]))
@example("Ã\xa0", False, 4000)
@example("<\u0338b>", False, 4000)
@example("a <b x= y < z and then some", False, 12)
def test_plain_text_is_the_same_when_read_again(text, lines, longest):
    once, _why = plain(text, lines=lines, longest=longest)

    assert plain(once, lines=lines, longest=longest) == (once, [])


@given(texts)
def test_plain_text_can_always_be_written_and_shown(text):
    once, _why = plain(text, longest=50)

    assert once.encode("utf-8").decode("utf-8") == once
    assert len(once) <= 50
    assert once == once.strip()
    assert not any(ord(c) < 32 or 0x202A <= ord(c) <= 0x202E for c in once)
