"""A report as its page shows it: built anew out of tags and attributes of a closed list."""

import re
from functools import lru_cache
from html.parser import HTMLParser
from typing import Final

from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from typing_extensions import override

_TAGS: Final = frozenset(
    """b details div figure h1 h2 li p section span summary table tbody td th thead tr ul
    circle clippath defs g path rect svg text use""".split()
)
_ATTRIBUTES: Final = frozenset(
    """aria-hidden aria-label class clip-path cx cy d data-of fill fill-opacity fill-rule focusable
    font-family font-size font-weight height id opacity points preserveaspectratio r role scope stroke
    stroke-dasharray stroke-dashoffset stroke-linecap stroke-linejoin stroke-opacity stroke-width
    tabindex text-anchor transform viewbox width x xlink:href y""".split()
)
# Whatever is drawn from elsewhere in the page; never from elsewhere.
_ELSEWHERE: Final = re.compile(r"url\((?!#)|^[^#]*:", re.IGNORECASE)
_NAMES: Final = {"viewbox": "viewBox", "preserveaspectratio": "preserveAspectRatio", "clippath": "clipPath"}  # fmt: skip
_KEPT: Final = 4


@lru_cache(maxsize=_KEPT)
def page_of(body: str) -> SafeString:
    """Return a report that kith wrote, with nothing in it but tables, pictures and escaped words.

    Whoever could write into the database cannot bring code, style, links or pictures from elsewhere
    into it: a tag or attribute that is on no list is left out.
    """
    reader = _Reader()
    reader.feed(body)
    reader.close()
    return format_html_join("", "{}", ((part,) for part in reader.parts))


class _Reader(HTMLParser):
    """Writes down what it reads, as far as it is on the lists; text is escaped again."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[SafeString] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _TAGS:
            kept = [(SafeString(_NAMES.get(name, name)), value or "") for name, value in attrs if _is_kept(name, value or "")]  # fmt: skip
            said = format_html_join("", ' {}="{}"', kept)
            self.parts.append(format_html("<{}{}>", SafeString(_NAMES.get(tag, tag)), said))

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _TAGS:
            self.parts.append(format_html("</{}>", SafeString(_NAMES.get(tag, tag))))

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # Within a picture "<path/>" ends itself; said so, both ends are there.
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    @override
    def handle_data(self, data: str) -> None:
        self.parts.append(format_html("{}", data))


def _is_kept(name: str, value: str) -> bool:
    if name == "xlink:href":
        return value.startswith("#")
    is_words = name in {"aria-label", "class", "id", "role"}
    return name in _ATTRIBUTES and (is_words or not _ELSEWHERE.search(value))
