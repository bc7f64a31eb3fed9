"""Pages, and parts of them, whose frame is the same for everybody: drawn once, filled for each reader.

A page of gatherings is asked for on a busy evening by thousands. Its head, header, foot and
forms are the same for all who read the same language; only a few parts differ. So a template is
rendered once with a mark where each part goes, and cut at the marks.
"""

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Final

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kith.web.kit.context import everywhere

# Private-use characters: no template holds them, no translation, and escaping lets them be.
_OPEN: Final = "\ue000"
_CLOSE: Final = "\ue001"
_MARK = re.compile(f"{_OPEN}(\\w+){_CLOSE}")
FRAMES_KEPT = 512


def framed(
    request: HttpRequest, template: str, parts: Mapping[str, str], *, current: str
) -> HttpResponse:
    """Return the page `template` filled with `parts`; see `filled`. It is under `current`."""
    whole = {**parts, "here": request.get_full_path()}
    return HttpResponse(filled(template, whole, current=current))


def filled(
    template: str,
    parts: Mapping[str, str],
    *,
    flags: frozenset[str] = frozenset(),
    current: str = "",
) -> SafeString:
    """Return `template` in which every variable named in `parts` is its part, and each flag true.

    Only for templates that depend on nothing else but the language. A template may ask whether
    a part is empty, and nothing more: no filter sees it. Parts not marked safe are escaped.
    """
    present = frozenset(name for name, part in parts.items() if part)
    pieces = _cut(template, present, flags, current, get_language())
    # Every second piece is the name of a part.
    said = [
        conditional_escape(parts[piece]) if place % 2 else piece
        for place, piece in enumerate(pieces)
    ]
    return SafeString("".join(said))


@lru_cache(maxsize=FRAMES_KEPT)
def _cut(
    template: str,
    present: frozenset[str],
    flags: frozenset[str],
    current: str,
    language: str | None,  # noqa: ARG001 - part of the key
) -> tuple[str, ...]:
    marks = {name: SafeString(f"{_OPEN}{name}{_CLOSE}") for name in present}
    context = {**everywhere(), "current": current, **dict.fromkeys(flags, True), **marks}
    return tuple(_MARK.split(render_to_string(template, context)))


def forget() -> None:
    """Drop every frame, after settings changed."""
    _cut.cache_clear()
