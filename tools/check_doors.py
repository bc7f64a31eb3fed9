"""Find the ways around our doors: queries in pages, unescaped text, inline code, third parties.

    .venv/bin/python -m tools.check_doors

A page opens a door of `access.py`; it never fetches a row for itself, because a query that forgets
who is asking outs somebody. What people wrote is always escaped. No page carries code or style of
its own, and none loads anything from elsewhere. Each of these was somebody's leak once.
"""

import ast
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

from typing_extensions import override

SOURCE = Path(__file__).resolve().parents[1] / "src"

# The desk (admin.py) is for stewards and is Django's own; it may query.
PAGE_MODULES = frozenset({"views", "consumers", "forms", "templatetags"})
FORBIDDEN_ATTRIBUTES = frozenset(
    {"_base_manager", "_default_manager", "cursor", "extra", "objects", "raw"}
)
FORBIDDEN_NAMES = frozenset(
    {
        "RawSQL",
        "aget_list_or_404",
        "aget_object_or_404",
        "connection",
        "connections",
        "get_list_or_404",
        "get_object_or_404",
    }
)

_TEMPLATE_SYNTAX = re.compile(
    r"\{%\s*comment\b.*?%\}.*?\{%\s*endcomment\s*%\}|\{%.*?%\}|\{\{.*?\}\}|\{#.*?#\}", re.DOTALL
)
_UNESCAPED = re.compile(
    r"\{%\s*autoescape\s+off\b|\{[{%][^}]*?\|\s*safe(?:seq)?\b|\{%\s*filter\b[^%]*?\bsafe(?:seq)?\b"
)
_ELSEWHERE = re.compile(r"\s*(?:https?:|wss?:|ftp:)?//", re.IGNORECASE)
_CODE_ADDRESS = re.compile(r"\s*(?:javascript|vbscript|js):", re.IGNORECASE)

# Attributes that make a browser fetch, send or run something without a tap on a link.
_LOADING = frozenset(
    {
        "action", "background", "code", "codebase", "data", "formaction", "href", "hx-delete",
        "hx-get", "hx-patch", "hx-post", "hx-put", "manifest", "ping", "poster", "src", "srcset",
        "xlink:href",
    }
)  # fmt: skip
_LINKS = frozenset({"a", "area"})
# A <link> with one of these says where something is; the browser does not go there.
_SAYING = frozenset({"alternate", "author", "canonical", "license"})
# Data in a script element is not run, and a Content-Security-Policy lets it be.
_DATA_TYPES = frozenset({"application/json", "application/ld+json"})

_CSS_ELSEWHERE = re.compile(r"""(?:url\(\s*|@import\s+)["']?\s*(?:https?:)?//""", re.IGNORECASE)
_JS_ELSEWHERE = re.compile(
    r"""
    (?: \b(?:from|import) \s* \(? \s*
      | \b(?:fetch|importScripts|sendBeacon|EventSource|WebSocket|Worker|SharedWorker) \s* \( \s*
      | \.open \( \s* ["'`][A-Za-z]+["'`] \s* , \s*
      | \.(?:src|srcset) \s* = \s*
    )
    ["'`] \s* (?:https?:|wss?:)? //
    """,
    re.VERBOSE | re.IGNORECASE,
)
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True, order=True)
class Offence:
    """One way around a door: where, and what."""

    path: Path
    line: int
    what: str

    @override
    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.what}"


def in_python(path: Path, source: str) -> Iterator[Offence]:
    """Yield each query in `source`, if a page is made there."""
    if PAGE_MODULES.isdisjoint((*path.parent.parts, path.stem)):
        return
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            yield Offence(path, node.lineno, f".{node.attr} in a page: open a door of access.py")
        for name in _named(node):
            if name in FORBIDDEN_NAMES:
                what = f"{name} in a page: open a door of access.py"
                yield Offence(path, getattr(node, "lineno", 0), what)


def _named(node: ast.AST) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        yield from (alias.name for alias in node.names)
    elif isinstance(node, ast.Attribute):
        yield node.attr


def in_template(path: Path, source: str) -> Iterator[Offence]:
    """Yield each thing in a template that is unescaped, inline or from elsewhere."""
    for match in _UNESCAPED.finditer(source):
        line = source.count("\n", 0, match.start()) + 1
        yield Offence(path, line, "text that is not escaped: let the template escape it")
    reader = _TemplateReader(path)
    reader.feed(_TEMPLATE_SYNTAX.sub(_blank, source))
    reader.close()
    yield from reader.offences


def _blank(match: re.Match[str]) -> str:
    # The same length, so that lines keep their numbers.
    return re.sub(r"[^\n]", " ", match.group())


class _TemplateReader(HTMLParser):
    """Reads a template as the browser would, with Django's own syntax blanked out."""

    def __init__(self, path: Path) -> None:
        super().__init__()
        self.offences: list[Offence] = []
        self._path = path

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        if tag == "script" and "src" not in given and given.get("type") not in _DATA_TYPES:
            self._note("a script in the page: put it in a file of static/")
        if tag == "style":
            self._note("a style in the page: put it in a file of static/")
        for name, value in given.items():
            self._look_at(tag, name, value, given)

    def _look_at(self, tag: str, name: str, value: str, given: dict[str, str]) -> None:
        if name == "style":
            self._note("a style attribute: use a class")
        if re.match(r"on[a-z]|hx-on", name):
            self._note(f"{name} runs code from the page: listen for it in a file of static/")
        if _CODE_ADDRESS.match(value):
            self._note(f"{name} runs code from the page: use a button and a file of static/")
        if name in _LOADING and _is_elsewhere(name, value) and not _is_said(tag, name, given):
            self._note(f"{name} goes elsewhere: serve it from this instance")
        if (
            tag == "meta"
            and name == "content"
            and re.search(r"url=\s*(https?:)?//", value, re.IGNORECASE)
        ):
            self._note("the page sends people elsewhere: let them choose a link")

    def _note(self, what: str) -> None:
        self.offences.append(Offence(self._path, self.getpos()[0], what))


def _is_elsewhere(name: str, value: str) -> bool:
    addresses = value.split(",") if name == "srcset" else [value]
    return any(_ELSEWHERE.match(address) for address in addresses)


def _is_said(tag: str, name: str, given: dict[str, str]) -> bool:
    if name != "href":
        return False
    kinds = set(given.get("rel", "").lower().split())
    return tag in _LINKS or (tag == "link" and bool(kinds) and kinds <= _SAYING)


def in_static(path: Path, source: str) -> Iterator[Offence]:
    """Yield each thing that a style sheet or a script loads from elsewhere."""
    elsewhere = _CSS_ELSEWHERE if path.suffix == ".css" else _JS_ELSEWHERE
    for match in elsewhere.finditer(_COMMENT.sub(_blank, source)):
        line = source.count("\n", 0, match.start()) + 1
        yield Offence(path, line, "something from elsewhere: serve it from this instance")


def in_tree(source: Path) -> Iterator[Offence]:
    """Yield every offence in the apps under `source`."""
    for path in sorted(source.rglob("*")):
        shown = path.relative_to(source)
        if path.suffix == ".py" and "web" in shown.parts:
            yield from in_python(shown, path.read_text())
        elif path.suffix in {".html", ".svg", ".xml"} and "templates" in shown.parts:
            yield from in_template(shown, path.read_text())
        elif path.suffix in {".css", ".js", ".mjs"} and "static" in shown.parts:
            yield from in_static(shown, path.read_text())


def main() -> int:
    """Print each offence in our own source and return how the check ended."""
    offences = list(in_tree(SOURCE))
    for offence in offences:
        print(offence)
    return 1 if offences else 0


if __name__ == "__main__":
    sys.exit(main())
