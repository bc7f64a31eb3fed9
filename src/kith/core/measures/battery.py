"""The instruments that come with kith: all free to ask, each with its source and licence."""

import tomllib
from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType
from typing import Any

from kith.core.measures.instrument import Answer, Instrument, Item, Scale
from kith.errors import InvalidInputError


def parse_instrument(text: str, key: str) -> Instrument:
    """Return the instrument in the TOML `text` of a data file.

    Raises:
        InvalidInputError: If it is none, saying what is missing or wrong.
    """
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise InvalidInputError(f"{key} is no TOML: {error}") from error
    try:
        return Instrument(
            key=key,
            items=tuple(_item(row, table) for row in table["items"]),
            scales=tuple(_scale(row) for row in table.get("scales", [])),
            repeats=table.get("repeats", 1),
            **{name: table[name] for name in _TEXTS},
        )
    except KeyError as error:
        raise InvalidInputError(f"{key} must say {error.args[0]}") from error


_TEXTS = ("name", "about", "source", "licence", "wording", "note", "intro")


@cache
def all_instruments() -> Mapping[str, Instrument]:
    """Return every packaged instrument by key, in the order of their keys."""
    folder = resources.files("kith.core.measures").joinpath("data")
    files = sorted((file for file in folder.iterdir() if file.name.endswith(".toml")), key=_name)
    return MappingProxyType(
        {
            _name(file)[:-5]: parse_instrument(file.read_text("utf-8"), _name(file)[:-5])
            for file in files
        }
    )


def instrument(key: str) -> Instrument:
    """Return the packaged instrument called `key`.

    Raises:
        InvalidInputError: If there is none.
    """
    try:
        return all_instruments()[key]
    except KeyError as error:
        known = ", ".join(all_instruments())
        raise InvalidInputError(f"there is no instrument {key!r}; there are: {known}") from error


def _name(file: Any) -> str:
    return str(file.name)


def _item(row: Mapping[str, Any], table: Mapping[str, Any]) -> Item:
    """Return an item; what it does not say itself, the instrument says for all."""
    given = row.get("answers", table.get("answers", []))
    answers = tuple(Answer(answer["value"], answer["words"]) for answer in given)
    least = answers[0].value if answers else row.get("least", table.get("least"))
    most = answers[-1].value if answers else row.get("most", table.get("most"))
    if least is None or most is None:
        raise InvalidInputError(f"item {row['key']} must say answers, or least and most")
    return Item(
        key=row["key"],
        text=row["text"],
        least=float(least),
        most=float(most),
        answers=answers,
        ends=tuple(row.get("ends", table.get("ends", []))),
        is_reversed=row.get("reversed", False),
        is_words=row.get("kind") == "words",
        asks_about_suicide=row.get("asks_about_suicide", False),
    )


def _scale(row: Mapping[str, Any]) -> Scale:
    cut, equals = row.get("cut"), row.get("equals")
    return Scale(
        key=row["key"],
        name=row["name"],
        items=tuple(row["items"]),
        how=row["how"],
        better=row["better"],
        needs=row.get("needs", len(row["items"])),
        cut=None if cut is None else float(cut),
        equals=None if equals is None else float(equals),
    )
