"""What a guided conversation may ask, read from data/prompts.toml."""

import tomllib
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class Use(StrEnum):
    """What prompts are for: the names of the tables in prompts.toml."""

    FIRST = "first"
    SECOND = "second"
    THIRD = "third"
    ROUND = "round"
    CLOSING = "closing"
    LISTENING = "listening"
    PRACTICE = "practice"


# The sets of a deepening conversation in their order, each nearer than the one before.
SETS: Final = (Use.FIRST, Use.SECOND, Use.THIRD)
NAMES: Final[dict[Use, Promise]] = {
    Use.FIRST: _("Light and true"),
    Use.SECOND: _("A little nearer"),
    Use.THIRD: _("Close to each other"),
    Use.ROUND: _("A round"),
    Use.CLOSING: _("A last minute"),
    Use.LISTENING: _("To be listened to"),
    Use.PRACTICE: _("Before the moment comes"),
}


@dataclass(frozen=True, slots=True)
class Prompt:
    """One thing to ask: by which key browsers speak of it, and its words in English."""

    key: str
    english: str

    @override
    def __str__(self) -> str:
        """Return its words in the language of whoever reads."""
        return gettext(self.english)


@dataclass(frozen=True, slots=True)
class Deck:
    """All prompts of one use, under the name that people read."""

    use: Use
    prompts: tuple[Prompt, ...]

    @property
    def name(self) -> Promise:
        """What people read above it."""
        return NAMES[self.use]


def deck(use: Use) -> Deck:
    """Return the prompts of one use, as they stand in the file."""
    return _decks()[use]


def decks(*uses: Use) -> list[Deck]:
    """Return the prompts of several uses, in that order."""
    return [deck(use) for use in uses]


def cards() -> dict[str, list[dict[str, str]]]:
    """Return all prompts for the guide in a browser, in the language of whoever reads."""
    return {
        one.use.value: [{"id": prompt.key, "text": str(prompt)} for prompt in one.prompts]
        for one in _decks().values()
    }


@cache
def _decks() -> dict[Use, Deck]:
    text = files("kith.web.rooms").joinpath("data/prompts.toml").read_text("utf-8")
    return {Use(use): _deck(Use(use), said) for use, said in tomllib.loads(text).items()}


def _deck(use: Use, said: dict[str, str]) -> Deck:
    # A key is only its own within its table: the table's name makes it so everywhere.
    return Deck(use, tuple(Prompt(f"{use.value}.{key}", text) for key, text in said.items()))
