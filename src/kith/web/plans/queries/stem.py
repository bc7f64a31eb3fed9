"""The drawing of what somebody practised: a stem that only grows, and nothing in it is a number.

Each time is a leaf, each first time a flower. The places along the stems are drawn once and for
all by the place in the row, so that no leaf ever moves. When the stems are full, leaves grow.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from kith.web.plans.models import Practice

WIDTH: Final = 380
_LEFT: Final = 16.0
_STEP: Final = 11.5
_PER_STEM: Final = 30
_STEMS_MOST: Final = 4
_APART: Final = 62.0
_TOP: Final = 64.0
_BASE: Final = 46.0
_DYES: Final = ("ox", "mu", "da", "ec", "se")


@dataclass(frozen=True, slots=True)
class Leaf:
    """A leaf: its outline, and whether it is only drawn in outline."""

    path: str
    is_open: bool


@dataclass(frozen=True, slots=True)
class Flower:
    """A flower: its stalk, where it opens, and its dye."""

    stalk: str
    at: str
    dye: str


@dataclass(frozen=True, slots=True)
class Stem:
    """The drawing.

    Args:
        height: Of the picture.
        lines: The stems.
        since: The day of the first leaf; None if there is none yet.
    """

    height: int
    lines: Sequence[str]
    leaves: Sequence[Leaf]
    flowers: Sequence[Flower]
    since: date | None


def stem_of(practices: Iterable[Practice]) -> Stem:
    """Return the drawing of these times, the first first."""
    times = list(practices)
    places = _STEMS_MOST * _PER_STEM
    drawn = min(len(times), places)
    stems = max(1, math.ceil(drawn / _PER_STEM))
    height = _TOP + _BASE + (stems - 1) * _APART
    leaves = [_leaf(place, height, 1 + 0.1 * _again(place, len(times))) for place in range(drawn)]
    firsts = [place for place in _firsts(times) if place < places]
    flowers = [_flower(place, height, number) for number, place in enumerate(firsts)]
    lines = [_line(stem, drawn, height) for stem in range(stems)]
    return Stem(round(height), lines, leaves, flowers, times[0].on if times else None)


def _firsts(times: Sequence[Practice]) -> list[int]:
    """Return the places of what was done for the first time."""
    seen: set[tuple[int | None, str]] = set()
    found = []
    for place, one in enumerate(times):
        kind = (one.plan_id, one.kind)
        if kind not in seen:
            found.append(place)
        seen.add(kind)
    return found


def _again(place: int, times: int) -> int:
    """Return how often the stems were full before, as far as that leaf has grown; 8 at most."""
    return min(8, (times - 1 - place) // (_STEMS_MOST * _PER_STEM))


def _on_stem(place: float, height: float) -> tuple[float, float]:
    stem, along = divmod(place, _PER_STEM)
    x = _LEFT + _STEP * (along + 0.6)
    wave = math.sin(x / 58 + stem * 1.9) * 13 + math.sin(x / 23 + stem) * 3
    return x, height - _BASE - stem * _APART + wave


def _line(stem: int, drawn: int, height: float) -> str:
    last = min(_PER_STEM, max(4, drawn - stem * _PER_STEM)) - 0.2
    marks = [stem * _PER_STEM + last * part / 24 for part in range(25)]
    points = [_on_stem(min(mark, (stem + 1) * _PER_STEM - 0.01), height) for mark in marks]
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _leaf(place: int, height: float, scale: float) -> Leaf:
    x, y = _on_stem(place, height)
    chance = place * 7919 % 13 / 13
    side = -1 if place % 2 else 1
    length = (15 + 8 * chance) * scale
    lean = math.radians(58 + 26 * (place * 104729 % 11 / 11)) * side
    tip_x, tip_y = x + length * math.cos(lean), y - length * math.sin(lean)
    bend_x, bend_y = -math.sin(lean) * length * 0.34, -math.cos(lean) * length * 0.34
    mid_x, mid_y = (x + tip_x) / 2, (y + tip_y) / 2
    one = f"{mid_x + bend_x:.1f},{mid_y + bend_y:.1f}"
    other = f"{mid_x - bend_x:.1f},{mid_y - bend_y:.1f}"
    tip = f"{tip_x:.1f},{tip_y:.1f}"
    return Leaf(f"M{x:.1f},{y:.1f} Q{one} {tip} Q{other} {x:.1f},{y:.1f} Z", place * 31 % 5 < 2)


def _flower(place: int, height: float, number: int) -> Flower:
    x, y = _on_stem(place, height)
    top = y - 30 - place * 37 % 9
    stalk = f"M{x:.1f},{y:.1f} Q{x + 5:.1f},{(y + top) / 2:.1f} {x + 2:.1f},{top:.1f}"
    return Flower(stalk, f"{x + 2:.1f} {top:.1f}", _DYES[number % len(_DYES)])
