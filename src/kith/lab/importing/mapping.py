"""A mapping file, read and held against the words that one may have."""

import tomllib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, NamedTuple

from kith.errors import KithError


class MappingError(KithError):
    """A mapping, or a table that it reads, is not right: the text says where, and why."""


class _Section(NamedTuple):
    needed: frozenset[str]
    other: frozenset[str] = frozenset()


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_KEYS: Mapping[str, _Section] = {
    "people": _Section(_words("table id"), _words("where facts again")),
    "facts": _Section(_words("table id column"), _words("words where")),
    "assignments": _Section(
        _words("table person arm day arms"), _words("where probability strata cluster")
    ),
    "strata": _Section(_words("table id column"), _words("words where")),
    "decisions": _Section(
        _words("table person day arm arms probability"), _words("where available")
    ),
    "arms": _Section(_words("key value")),
    "follow_up": _Section(frozenset(), _words("days ends table person where why words")),
    "measures": _Section(_words("name"), _words("unit words least most")),
    "observations": _Section(
        _words("measure table person day value"), _words("where again otherwise words")
    ),
    "acts": _Section(_words("table actor other day"), _words("where mode minutes help")),
    "chairs": _Section(_words("table person circle starts"), _words("where ends")),
}
_TOP = frozenset({"people", "assignments", "decisions", "follow_up", "acts", "chairs"})
_LISTS = frozenset({"measures", "observations"})
_ALWAYS = ("people", "follow_up", "measures", "observations")
_FREE = frozenset({"missing", "separator"})


def read_mapping(mapping: Path) -> dict[str, Any]:
    """Return what a mapping says.

    Raises:
        MappingError: If it is no TOML, lacks a section or key, or has one that no mapping has.
    """
    try:
        asked = tomllib.loads(mapping.read_text(encoding="utf-8-sig"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise MappingError(f"{mapping.name} cannot be read as TOML: {error}") from error
    for name in _ALWAYS:
        if name not in asked:
            raise MappingError(f"{mapping.name}: the section {name} is missing")
    if "assignments" not in asked and "decisions" not in asked:
        raise MappingError(f"{mapping.name}: the section assignments or decisions is missing")
    for name in sorted(set(asked) - _TOP - _LISTS - _FREE):
        known = ", ".join(sorted(_TOP | _LISTS | _FREE))
        raise MappingError(f"{mapping.name}: there is no section {name}; there may be: {known}")
    for where, kind, table in _sections(asked):
        _refuse_keys(f"{mapping.name}: {where}", _KEYS[kind], table)
    return asked


def _refuse_keys(where: str, section: _Section, table: object) -> None:
    known = ", ".join(sorted(section.needed | section.other))
    if not isinstance(table, dict):
        raise MappingError(f"{where} must have keys of its own: {known}")
    for key in sorted(set(table) - section.needed - section.other):
        raise MappingError(f"{where} has no key {key}; it may have: {known}")
    for key in sorted(section.needed - set(table)):
        raise MappingError(f"{where} lacks the key {key}")


def _sections(asked: Mapping[str, Any]) -> Iterator[tuple[str, str, Any]]:
    for name in sorted(_TOP & set(asked)):
        yield name, name, asked[name]
        yield from _arms(name, asked[name])
    for name in sorted(_LISTS):
        for n, one in enumerate(_listed(asked[name])):
            yield f"{name}[{n}]", name, one
    for name, one in asked["people"].get("facts", {}).items():
        yield f"people.facts.{name}", "facts", one
    if "strata" in asked.get("assignments", {}):
        yield "assignments.strata", "strata", asked["assignments"]["strata"]


def _arms(name: str, table: Any) -> Iterator[tuple[str, str, Any]]:
    if name in {"assignments", "decisions"} and isinstance(table, dict):
        for n, one in enumerate(_listed(table.get("arms", []))):
            yield f"{name}.arms[{n}]", "arms", one


def _listed(said: object) -> list[Any]:
    return said if isinstance(said, list) else [said]
