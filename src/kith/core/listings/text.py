"""Plain text out of whatever a feed holds: HTML, broken Unicode, control characters."""

import re
import unicodedata
from html import unescape
from html.entities import html5

import ftfy
from ftfy.badness import is_bad

# Control characters but the ones that end a line; direction overrides, which can make text lie
# about itself; what has no width; the byte order mark; non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\xad\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069"
    "\ufeff\ufff9-\ufffb\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_ENTITY = re.compile(r"&(?:#(?:\d{1,7}|[xX][0-9a-fA-F]{1,6})|([a-zA-Z][a-zA-Z0-9]{1,30}));")
# Every piece stops at the next "<", so that a page of unclosed tags is read once and not over
# and over; a tag with a quotation mark too many still ends at its ">"; and one that was cut off
# at the end of the text is only taken for one if it looks like one.
_ATTRIBUTES = r"""(?:(?:[^<>"']|"[^"<]*"|'[^'<]*')*+>|[^<>]*>|(?:[^<>…=]*=[^<>…]*|\s*/?)\Z)"""
_MARKUP = re.compile(
    rf"""<!--.*?(?:-->|\Z)
    |<(?P<silent>script|style|template|title)\b{_ATTRIBUTES}.*?(?:</(?P=silent)\s*>|\Z)
    |<a\b[^<>]*?\bhref=["']?(?P<link>https?://[^"'\s<>]+){_ATTRIBUTES}(?P<words>.{{0,300}}?)</a\s*>
    |<(?P<address>(?:https?|mailto|tel):[^<>\s]+|[^<>\s@]+@[^<>\s@]+)>
    |<[!?][a-zA-Z\[]{_ATTRIBUTES}
    |</?(?P<name>[a-zA-Z][\w:-]*)(?=[\s/>]|\Z){_ATTRIBUTES}""",
    re.VERBOSE | re.DOTALL | re.IGNORECASE,
)
_BLOCKS = frozenset("br p div li tr hr h1 h2 h3 h4 h5 h6 ul ol table section article".split())
_TAGS = _BLOCKS | frozenset(
    "a abbr acronym address applet area aside audio b base basefont bdi bdo big blink blockquote"
    " body button canvas caption center cite code col colgroup data dd del details dfn dialog dir"
    " dl dt em embed fieldset figcaption figure font footer form frame frameset head header hgroup"
    " html i iframe img input ins kbd label legend link main map mark marquee math menu meta meter"
    " nav nobr noscript object optgroup option output param picture pre progress q rp rt ruby s"
    " samp script select small source span strike strong style sub summary sup svg tbody td"
    " template textarea tfoot th thead time title track tt u var video wbr xml".split()
)
# "o:p", "st1:place": what word processors put into pages.
_FOREIGN = re.compile(r"^[a-z][a-z0-9]*:[a-z]")
# Text goes through one program after another, and each may have escaped it once more; deeper
# than this nobody's does.
_MOST_LAYERS = 8
_NOT_PLAIN = re.compile(r"[^\n -~]|[<&]")

BROKEN = "broken characters mended"
CONTROL = "control characters removed"
HTML = "HTML removed"
CUT = "text cut off at its longest length"


def plain(value: str, *, longest: int = 4000, lines: bool = False) -> tuple[str, list[str]]:
    """Return `value` as plain text and what had to be mended to get it.

    With `lines`, line breaks are kept (at most one empty line) and so are the addresses of
    links; else all is one line. Text that is plain already comes back as it is. Trimming and
    joining of spaces is not reported: it changes nothing anybody reads.
    """
    why: dict[str, None] = {}
    # Nearly every value is plain ASCII words, and a feed has hundreds of thousands.
    if value.isascii() and "<" not in value and "&" not in value and not _has_controls(value):
        text = _spaced(value, lines=lines)
    else:
        text = _settled(value, why, lines=lines)
    if len(text) > longest:
        why[CUT] = None
        text = _settled(text[: longest - 1].rstrip() + "…", why, lines=lines)
    return text, list(why)


def _has_controls(value: str) -> bool:
    return not value.isprintable() and _UNWANTED.search(value) is not None


def _settled(value: str, why: dict[str, None], *, lines: bool) -> str:
    """Return what is left of `value` when nothing more is to be mended."""
    text = value
    for _layer in range(_MOST_LAYERS):
        found = _without_html(_mended(text, why), why, keep_links=lines)
        found = _spaced(unicodedata.normalize("NFC", found), lines=lines)
        if found == text:
            return text
        text = found
    # Made to be peeled for ever. Without these signs there is nothing left to peel.
    return _spaced(_NOT_PLAIN.sub("", text), lines=lines)


def _mended(value: str, why: dict[str, None]) -> str:
    text = value
    if _SURROGATE.search(text):
        # JSON writes characters beyond the first plane as two halves; a lone half is damage.
        text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        why[BROKEN] = None
    if not text.isascii() and is_bad(text):
        fixed = ftfy.fix_encoding(text)
        if fixed != text:
            text = fixed
            why[BROKEN] = None
    without = _UNWANTED.sub("", text)
    if without != text:
        why[CONTROL] = None
    return without


def _spaced(text: str, *, lines: bool) -> str:
    if not lines:
        return " ".join(text.split())
    kept = (" ".join(line.split()) for line in text.splitlines())
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


def _without_html(text: str, why: dict[str, None], *, keep_links: bool) -> str:
    if "<" not in text and "&" not in text:
        return text
    found = _MARKUP.sub(_linked_words if keep_links else _words, text)
    found = _ENTITY.sub(_character, found)
    if found != text:
        why[HTML] = None
    return found


def _linked_words(match: re.Match[str]) -> str:
    words, link = _words(match), match["link"]
    return f"{words} ({link})" if link and link.rstrip("/") not in words else words


def _words(match: re.Match[str]) -> str:
    """Return what a piece of markup leaves behind for people to read."""
    name = (match["name"] or "").lower()
    if name and name not in _TAGS and not _FOREIGN.match(name):
        # "<ring twice>" are somebody's words and no markup.
        return match[0]
    if name in _BLOCKS:
        return "\n"
    words = match["words"] or ""
    return words if words.strip() else match["link"] or match["address"] or words


def _character(match: re.Match[str]) -> str:
    name = match[1]
    if name is None:
        return unescape(match[0])
    # Names that were put into title case have taken their entities with them: "&Amp;".
    return html5.get(f"{name};") or html5.get(f"{name.lower()};") or match[0]
