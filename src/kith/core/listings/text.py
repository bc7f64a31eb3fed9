"""Plain text out of whatever a feed holds: HTML, broken Unicode, control characters."""

import re
import unicodedata
from html import unescape
from html.parser import HTMLParser

import ftfy
from ftfy.badness import is_bad
from typing_extensions import override

# Control characters but tab and newline; direction overrides, which can make text lie about
# itself; zero-width characters; lone surrogates; the byte order mark; non-characters.
_UNWANTED = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff\ufffe\uffff]"
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_TAG = re.compile(r"<[a-zA-Z/!][^<>]*>?")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z]{2,31});")
_BLOCKS = frozenset({"br", "p", "div", "li", "tr", "h1", "h2", "h3", "h4", "ul", "ol", "table"})
_SILENT = frozenset({"script", "style", "template", "title", "head"})

BROKEN = "broken characters mended"
CONTROL = "control characters removed"
HTML = "HTML removed"
CUT = "text cut off at its longest length"


def plain(value: str, *, longest: int = 4000, lines: bool = False) -> tuple[str, list[str]]:
    """Return `value` as plain text and what had to be mended to get it.

    With `lines`, line breaks are kept (at most one empty line); else all is one line.
    Trimming and joining of spaces is not reported: it changes nothing anybody reads.
    """
    # Nearly every value is plain ASCII words, and a feed has hundreds of thousands.
    if value.isascii() and value.isprintable() and "<" not in value and "&" not in value:
        return _fitted(_spaced(value, lines=lines), longest)
    why: list[str] = []
    text = _mended(value, why)
    if _TAG.search(text) or _ENTITY.search(text):
        found = _UNWANTED.sub("", _without_html(text))
        if found != text:
            text = found
            why.append(HTML)
    fitted, cut = _fitted(_spaced(unicodedata.normalize("NFC", text), lines=lines), longest)
    return fitted, why + cut


def _mended(value: str, why: list[str]) -> str:
    text = _SURROGATE.sub("\N{REPLACEMENT CHARACTER}", value)
    if text != value:
        # JSON writes characters beyond the first plane as two halves; a lone half is damage.
        text = value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        why.append(BROKEN)
    if not text.isascii() and is_bad(text):
        fixed = ftfy.fix_encoding(text)
        if fixed != text:
            text = fixed
            why.append(BROKEN)
    without = _UNWANTED.sub("", text.replace("\r\n", "\n").replace("\r", "\n"))
    if without != text.replace("\r\n", "\n").replace("\r", "\n"):
        why.append(CONTROL)
    return without


def _fitted(text: str, longest: int) -> tuple[str, list[str]]:
    if len(text) <= longest:
        return text, []
    return text[: longest - 1].rstrip() + "…", [CUT]


def _spaced(text: str, *, lines: bool) -> str:
    if not lines:
        return " ".join(text.split())
    kept = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip()


class _Reader(HTMLParser):
    """Collects the words of HTML and leaves the rest."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.words: list[str] = []
        self._silent = 0

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._silent += tag in _SILENT
        if tag in _BLOCKS:
            self.words.append("\n")

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        if tag in _BLOCKS:
            self.words.append("\n")

    @override
    def handle_data(self, data: str) -> None:
        if not self._silent:
            self.words.append(data)


def _without_html(text: str) -> str:
    reader = _Reader()
    # Names that were put into title case have taken their entities with them: "&Amp;".
    reader.feed(_ENTITY.sub(lambda m: m[0] if unescape(m[0]) != m[0] else m[0].lower(), text))
    reader.close()
    found = "".join(reader.words)
    # "&lt;b&gt;" is a tag that was escaped once too often.
    if _TAG.search(found) and found != text:
        again = _Reader()
        again.feed(found)
        again.close()
        return "".join(again.words)
    return found
