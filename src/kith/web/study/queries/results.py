"""What somebody's own answers come to, for them alone: their words over time, and a picture."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext

from kith.web.study.models import Prompt

_SHOWN_MOST: Final = 30
# Of the picture: the height of one word, and the way from one answer to the next.
_STEP: Final = 22
_ACROSS: Final = 18
_EDGE: Final = 11


@dataclass(frozen=True, slots=True)
class Mark:
    """One answer in the picture: where it stands, and what it was in words."""

    x: int
    y: int
    when: str
    word: str


@dataclass(frozen=True, slots=True)
class Row:
    """One word of the picture, and the height at which it stands."""

    word: str
    y: int


@dataclass(frozen=True, slots=True)
class Line:
    """One question, and what somebody said to it over time, the oldest first."""

    asks: str
    marks: tuple[Mark, ...]
    rows: tuple[Row, ...]
    width: int
    height: int

    @property
    def last(self) -> Mark:
        """The newest answer."""
        return self.marks[-1]


def results_of(prompts: Iterable[Prompt]) -> list[Line]:
    """Return for each question of a moment what was said to it, in the order it was asked."""
    answered = [one for one in prompts if one.answered_at and one.answers and one.is_moment]
    shown = answered[-_SHOWN_MOST:]
    keys = {item["key"]: item for one in shown for item in one.survey.items}
    lines = [_line(item, shown) for item in keys.values()]
    return [line for line in lines if line.marks]


def items_in_words(items: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return questions in the language of whoever reads them, each with its answers."""
    return [
        {
            **item,
            "intro": _said(item.get("intro", "")),
            "asks": _said(item["asks"]),
            "answers": [(value, _said(word)) for value, word in item["answers"]],
            "ends": [_said(end) for end in item.get("ends", ())],
        }
        for item in items
    ]


def _said(words: str) -> str:
    # Of nothing gettext says what stands above a catalog.
    return gettext(words) if words else ""


def _line(item: dict[str, Any], prompts: Sequence[Prompt]) -> Line:
    words = [_said(word) for _, word in item["answers"]]
    place = {value: at for at, (value, _word) in enumerate(item["answers"])}
    said = [(one.answered_at, one.answers.get(item["key"])) for one in prompts if one.answered_at]
    there = [(when, place[value]) for when, value in said if value in place]
    tops = range(len(words) - 1, -1, -1)
    return Line(
        asks=_said(item["asks"]),
        marks=tuple(
            Mark(_EDGE + at * _ACROSS, _height(value, words), _day(when), words[value])
            for at, (when, value) in enumerate(there)
        ),
        rows=tuple(Row(words[value], _height(value, words)) for value in tops),
        width=2 * _EDGE + _ACROSS * max(len(there) - 1, 0),
        height=_STEP * len(words),
    )


def _height(value: int, words: Sequence[str]) -> int:
    return _STEP * (len(words) - 1 - value) + _EDGE


def _day(when: datetime) -> str:
    return date_format(localtime(when), gettext("j F"))
