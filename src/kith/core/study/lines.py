"""On which line of a TOML file each of its tables and keys stands."""

import re
from collections.abc import Iterator, Mapping

_HEADER = re.compile(r"^\s*(\[\[?)\s*([A-Za-z0-9_.\-]+)\s*\]\]?\s*(?:#.*)?$")
_KEY = re.compile(r"^\s*([A-Za-z0-9_.\-]+)\s*=")
# What may hide a quote, a bracket or a hash, in the order in which TOML would meet it.
_HIDES = (
    r'"""(?:\\.|[^\\])*?"""',
    r"'''.*?'''",
    r'"(?:\\.|[^"\\\n])*"',
    r"'[^'\n]*'",
    r"#[^\n]*",
)
_TOKEN = re.compile("|".join(_HIDES), re.DOTALL)
# Stands for each character within a string or a comment; TOML allows none of it.
_HIDDEN = "\0"


def lines_of(text: str) -> Mapping[str, int]:
    """Return on which line, from 1, each table and key stands, as "outcomes[0].estimator".

    It follows what study files are made of: headers, and keys at the start of a line. What it does
    not follow (a key within an inline table) has the line of what it stands in.
    """
    found: dict[str, int] = {}
    counts: dict[str, int] = {}
    table = ""
    for number, line in _starts(text):
        if header := _HEADER.match(line):
            table = _table(header[1], header[2], counts)
            found.setdefault(table, number)
        elif key := _KEY.match(line):
            found.setdefault(f"{table}.{key[1]}" if table else key[1], number)
    return found


def line_of(path: str, lines: Mapping[str, int]) -> int | None:
    """Return the line of `path`, or of the nearest thing that it stands in."""
    while path:
        if path in lines:
            return lines[path]
        path = re.sub(r"(\.[^.\[\]]*|\[\d+\]|^[^.\[\]]*)$", "", path)
    return None


def _table(bracket: str, name: str, counts: dict[str, int]) -> str:
    """Return the path of a header: the n-th of [[arms]] is arms[n], and [arms.features] within it."""
    head, _, rest = name.partition(".")
    if bracket == "[[":
        counts[name] = counts.get(name, -1) + 1
        return f"{name}[{counts[name]}]"
    if rest and head in counts:
        return f"{head}[{counts[head]}].{rest}"
    return name


def _starts(text: str) -> Iterator[tuple[int, str]]:
    """Yield each line that starts something: none that goes on within a string or a bracket."""
    plain = _TOKEN.sub(lambda found: re.sub(r"[^\n]", _HIDDEN, found[0]), text)
    depth = 0
    for number, (line, bare) in enumerate(zip(text.split("\n"), plain.split("\n"), strict=True), 1):
        if depth == 0 and not bare.startswith(_HIDDEN):
            yield number, line
        if depth > 0 or not _HEADER.match(line):
            depth += sum(bare.count(c) for c in "[{") - sum(bare.count(c) for c in "]}")
