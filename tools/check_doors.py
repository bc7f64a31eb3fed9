"""Find the ways around our doors: queries in pages, unescaped text, inline code, logs, third parties.

    .venv/bin/python -m tools.check_doors

A page opens a door of `access.py`; it never fetches a row for itself, because a query that forgets
who is asking outs somebody. No log says who somebody is, or what they said. What people wrote is always escaped. No page carries code or style of
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

# What only questions to a database are asked by, whatever stands before.
QUERY_METHODS = frozenset(
    {
        "aggregate", "alias", "all", "annotate", "bulk_create", "bulk_update", "dates", "datetimes",
        "defer", "distinct", "earliest", "exclude", "exists", "filter", "get_or_create", "in_bulk",
        "iterator", "latest", "only", "order_by", "prefetch_related", "refresh_from_db", "save",
        "select_for_update", "select_related", "update_or_create", "values_list",
    }
)  # fmt: skip
# Dictionaries and lists have these too; but with names given, or with nothing, only rows do.
_WITH_NAMES = frozenset({"create", "get", "update"})
_WITH_NOTHING = frozenset({"count", "delete", "first", "last"})
_LOG_METHODS = frozenset({"critical", "debug", "error", "exception", "info", "log", "warning"})
# What somebody is, says or comes in with is written into no log.
_PERSONAL = frozenset(
    {
        "called", "code", "codes", "cue", "cues", "guest", "guests", "handle", "key", "me",
        "member", "members", "message", "messages", "newcomer", "other", "others", "password",
        "people", "person", "persons", "phrase", "reference", "said", "session", "session_key",
        "text", "whom", "words",
    }
)  # fmt: skip

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


def in_python(
    path: Path, source: str, reverse_names: frozenset[str] = frozenset()
) -> Iterator[Offence]:
    """Yield each log that names somebody and, where a page is made, each query.

    `reverse_names` are those by which rows lead to the rows that point at them (`person.keys`).
    """
    tree = ast.parse(source)
    yield from _in_logs(path, tree)
    if PAGE_MODULES.isdisjoint((*path.parent.parts, path.stem)):
        return
    modules = _imported(tree)
    for node in ast.walk(tree):
        # What is imported is a module, or a class whose rows are forbidden by another rule.
        func = node.func if isinstance(node, ast.Call) else None
        if not (isinstance(func, ast.Attribute) and any(_is_name(func.value, m) for m in modules)):
            yield from _queries(path, node, reverse_names)
        if isinstance(node, ast.Attribute) and node.attr in FORBIDDEN_ATTRIBUTES:
            yield Offence(path, node.lineno, f".{node.attr} in a page: open a door of access.py")
        for name in _named(node):
            if name in FORBIDDEN_NAMES:
                what = f"{name} in a page: open a door of access.py"
                yield Offence(path, getattr(node, "lineno", 0), what)


def _queries(path: Path, node: ast.AST, reverse_names: frozenset[str]) -> Iterator[Offence]:
    if isinstance(node, ast.Attribute) and _is_name(node.value, "Person"):
        yield Offence(path, node.lineno, f"Person.{node.attr} in a page: open a door of access.py")
    if not isinstance(node, ast.Call):
        return
    if _is_name(node.func, "Person"):
        yield Offence(path, node.lineno, "Person() in a page: call an action")
    if isinstance(node.func, ast.Attribute) and _asks(node, node.func, reverse_names):
        what = f".{node.func.attr}() of rows in a page: open a door of access.py"
        yield Offence(path, node.lineno, what)


def _imported(tree: ast.AST) -> frozenset[str]:
    """Return the names that are imported, `Person` left out: it has a rule of its own."""
    imports = (n for n in ast.walk(tree) if isinstance(n, (ast.Import, ast.ImportFrom)))
    names = {alias.asname or alias.name for node in imports for alias in node.names}
    return frozenset(names - {"Person"})


def _asks(call: ast.Call, method: ast.Attribute, reverse_names: frozenset[str]) -> bool:
    """Return whether `call` can only be a question about rows, or a change of one."""
    name, before = method.attr, method.value
    if isinstance(before, ast.Call) and _is_name(before.func, "super"):
        return False
    if isinstance(before, ast.Attribute) and before.attr in reverse_names:
        return True
    is_bare = not call.args and not call.keywords
    return (
        name in QUERY_METHODS
        or (name in _WITH_NAMES and any(word.arg for word in call.keywords))
        or (name in _WITH_NOTHING and is_bare)
    )


def _is_name(node: ast.AST, name: str) -> bool:
    return isinstance(node, ast.Name) and node.id == name


def _in_logs(path: Path, tree: ast.AST) -> Iterator[Offence]:
    """Yield each print, and each log that is given somebody or what they said."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        if _is_name(node.func, "print"):
            yield Offence(
                path, node.lineno, "print: pages answer, commands echo, the rest is silent"
            )
        if _is_log(node.func):
            for name in sorted({*_words_in(node)} & _PERSONAL):
                yield Offence(path, node.lineno, f"{name} in a log: say what broke, never whose")


def _is_log(func: ast.AST) -> bool:
    return (
        isinstance(func, ast.Attribute)
        and func.attr in _LOG_METHODS
        and isinstance(func.value, ast.Name)
        and func.value.id in {"log", "logger", "logging"}
    )


def _words_in(call: ast.Call) -> Iterator[str]:
    for given in (*call.args, *(word.value for word in call.keywords)):
        for node in ast.walk(given):
            if isinstance(node, ast.Name):
                yield node.id
            elif isinstance(node, ast.Attribute):
                yield node.attr


def reverse_names_in(source: Path) -> frozenset[str]:
    """Return the names by which rows lead back, as the models under `source` give them."""
    models = (path for path in source.rglob("*.py") if "migrations" not in path.parts)
    return frozenset(
        name for path in models for name in re.findall(r'related_name="(\w+)"', path.read_text())
    )


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
    reverse_names = reverse_names_in(source)
    for path in sorted(source.rglob("*")):
        shown = path.relative_to(source)
        if path.suffix == ".py" and "web" in shown.parts:
            yield from in_python(shown, path.read_text(), reverse_names)
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
