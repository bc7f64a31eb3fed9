"""What the codes and words of meeting lists mean, in kith's own terms.

A meaning is "kind:value": language, audience, access, topic, openness or mode, and the bare
"closed_for_now". The tables are packaged beside this module (see data/SOURCE.md).
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from kith.core.places.names import fold


@dataclass(frozen=True, slots=True)
class Meanings:
    """What a record's codes say, kind by kind, and the ones nobody knows."""

    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    openness: str = ""
    modes: tuple[str, ...] = ()
    is_closed_for_now: bool = False
    unknown: tuple[str, ...] = ()


def meanings_of(code: str, system: str) -> tuple[str, ...] | None:
    """Return what `code` means in "meeting_guide", "naws", "bmlt" or "words"; None if unknown.

    () is a code that is known and says nothing kith shows. Meeting Guide feeds use codes that
    its specification does not have; those are known too.
    """
    key = fold(code) if system == "words" else code.strip().upper()
    found = _table().get((system, key))
    return (
        _table().get(("in_the_wild", key)) if found is None and system == "meeting_guide" else found
    )


def gathered(found: Iterable[str], unknown: Iterable[str] = ()) -> Meanings:
    """Return single meanings sorted by kind, each once, in order of appearance."""
    by_kind: dict[str, dict[str, None]] = {}
    for meaning in found:
        kind, _colon, value = meaning.partition(":")
        by_kind.setdefault(kind, {})[value] = None
    openness = tuple(by_kind.get("openness", ()))
    return Meanings(
        languages=tuple(by_kind.get("language", ())),
        audience=tuple(by_kind.get("audience", ())),
        access=tuple(by_kind.get("access", ())),
        topics=tuple(by_kind.get("topic", ())),
        # A list that says both open and closed says neither.
        openness=openness[0] if len(openness) == 1 else "",
        modes=tuple(by_kind.get("mode", ())),
        is_closed_for_now="closed_for_now" in by_kind,
        unknown=tuple(dict.fromkeys(unknown)),
    )


def code_for(meaning: str, system: str) -> str:
    """Return the one code of `system` that means exactly `meaning` (for writing), or ""."""
    return _codes().get((system, meaning), "")


@cache
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    text = (files("kith.core.listings") / "data" / "meanings.csv").read_text(encoding="utf-8")
    table = {}
    for row in csv.DictReader(text.splitlines()):
        code = row["code"] if row["system"] == "words" else row["code"].upper()
        table[row["system"], code] = tuple(m for m in row["meanings"].split(";") if m)
    return table


@cache
def _codes() -> dict[tuple[str, str], str]:
    table: dict[tuple[str, str], str] = {}
    for (system, code), found in _table().items():
        if len(found) == 1:
            table.setdefault((system, found[0]), code)
    return table


def codes_written(system: str) -> dict[str, str]:
    """Return every code of `system` that `code_for` may give, sorted, with what it means."""
    found = {code: meaning for (of, meaning), code in _codes().items() if of == system}
    return dict(sorted(found.items()))
