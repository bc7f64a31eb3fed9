"""Pages whose frame is the same for everybody: drawn once, filled anew for each reader.

A page of gatherings is asked for on a busy evening by thousands. Its head, header, foot and
forms are the same for all who read the same language; only a few parts differ. So the template
is rendered once with a mark where each part goes, and cut at the marks.
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
FRAMES_KEPT = 64


def framed(request: HttpRequest, template: str, parts: Mapping[str, str]) -> HttpResponse:
    """Return the page `template`, in which every variable named in `parts` is replaced by its part.

    Only for pages whose frame depends on nothing but the language. Parts that are not marked
    safe are escaped.
    """
    names = (*parts, "here")
    pieces = _cut(template, names, get_language())
    values = {name: conditional_escape(part) for name, part in parts.items()}
    values["here"] = conditional_escape(request.get_full_path())
    # Every second piece is the name of a part.
    return HttpResponse(
        "".join(values[p] if i % 2 else p for i, p in enumerate(pieces)),
    )


@lru_cache(maxsize=FRAMES_KEPT)
def _cut(template: str, names: tuple[str, ...], language: str | None) -> tuple[str, ...]:  # noqa: ARG001 - part of the key
    marks = {name: SafeString(f"{_OPEN}{name}{_CLOSE}") for name in names}
    whole = render_to_string(template, {**everywhere(), **marks})
    return tuple(_MARK.split(whole))


def forget() -> None:
    """Drop every frame, after settings changed."""
    _cut.cache_clear()
