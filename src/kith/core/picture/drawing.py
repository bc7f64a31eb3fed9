"""Curves, paths and ties as SVG whose colors are classes, so that they follow light and dark.

Class "a" is the design, or a person; class "b" is what is there without, or the drug. They differ
in dash and place too, so that color is never alone. No text of a stranger is ever drawn.
"""

from collections.abc import Iterable, Sequence
from html import escape
from typing import Final, NamedTuple

import numpy as np

from kith.core.picture.sampling import Sample
from kith.core.rng import stream

# A tie weaker than this is not drawn, nor counted.
SEEN: Final = 0.05
_TICKS: Final = 5


class Size(NamedTuple):
    """A drawing's box, and what its margins leave free: left, top, right, bottom."""

    width: int
    height: int
    left: int = 48
    top: int = 28
    right: int = 16
    bottom: int = 46


WIDE: Final = Size(640, 350, right=128)
NARROW: Final = Size(340, 290)
LOW_WIDE: Final = Size(640, 230, right=128)
LOW_NARROW: Final = Size(340, 210)
SMALL: Final = Size(320, 260, right=10)
TINY: Final = Size(220, 176, left=40, right=8, bottom=40)
# Stands in every chart, so that a picture that is copied out of the page says it too.
MARK: Final = "made-up towns: no evidence"


class Line(NamedTuple):
    """One line: its class, what it is called at its end, its points with their interval.

    Args:
        runs: Each pair's own, thin; none where there are no rows.
    """

    cls: str
    words: str
    mean: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    runs: np.ndarray


class Scale(NamedTuple):
    """From values to places: `x` of weeks first to last, `y` of the ticks' ends."""

    size: Size
    first: float
    last: float
    ticks: tuple[float, ...]

    def x(self, week: np.ndarray) -> np.ndarray:
        """Return places across."""
        size, span = self.size, max(self.last - self.first, 1e-9)
        return np.asarray(
            size.left + (week - self.first) / span * (size.width - size.left - size.right)
        )

    def y(self, value: np.ndarray) -> np.ndarray:
        """Return places from above."""
        size, span = self.size, max(self.ticks[-1] - self.ticks[0], 1e-12)
        return np.asarray(
            size.top + (self.ticks[-1] - value) / span * (size.height - size.top - size.bottom)
        )


def chart(
    lines: Sequence[Line],
    *,
    weeks: np.ndarray,
    size: Size,
    says: str,
    unit: str,
    ends: tuple[float, ...] = (),
) -> str:
    """Return lines over weeks with their bands; bands first, so that they cover no line.

    Args:
        lines: Each with a value for each of `weeks`.
        weeks: Where the values stand, rising.
        size: Of the box.
        says: What the picture shows, for whoever does not see it.
        unit: "%" where values are shares, "+" where they are differences of shares, else "".
        ends: Values that the scale has to hold besides, as 0.
    """
    seen = np.concatenate([np.concatenate((one.lower, one.upper, one.runs.ravel())) for one in lines])  # fmt: skip
    scale = Scale(size, float(weeks[0]), float(weeks[-1]), ticks((*ends, float(seen.min()), float(seen.max()))))  # fmt: skip
    parts = [*_grid(scale, unit), *_weeks(scale), _mark(size)]
    parts += [f'<path class="ch-band {one.cls}" d="{_area(scale, weeks, one)}"/>' for one in lines]
    parts += [
        f'<path class="ch-run {one.cls}" d="{_path(scale, weeks, run)}"/>' for one in lines for run in one.runs
    ]  # fmt: skip
    parts += [f'<path class="ch-l {one.cls}" d="{_path(scale, weeks, one.mean)}"/>' for one in lines]  # fmt: skip
    if size.right > 40:
        parts += _names(scale, lines)
    return _svg("chart", size.width, size.height, says, parts)


def ticks(values: Iterable[float]) -> tuple[float, ...]:
    """Return round numbers, even steps apart, that hold all of `values` between them."""
    some = list(values)
    low, high = min(some), max(some)
    span = max(high - low, 1e-6)
    power = 10.0 ** np.floor(np.log10(span / (_TICKS - 1)))
    step = next(s * power for s in (1, 2, 2.5, 5, 10, 20) if span / (s * power) <= _TICKS - 1)
    first, last = int(np.floor(low / step + 1e-9)), int(np.ceil(high / step - 1e-9))
    return tuple(float(round(n * step, 10)) for n in range(first, max(last, first + 1) + 1))


def _grid(scale: Scale, unit: str) -> list[str]:
    size, parts = scale.size, []
    for value in scale.ticks:
        y = float(scale.y(np.array(value)))
        words = _tick(value, unit)
        cls = "ch-z" if value == 0 and scale.ticks[0] < 0 else "ch-g"
        parts.append(f'<path class="{cls}" d="M{size.left},{y:.1f} H{size.width - size.right}"/>')
        parts.append(f'<text class="ch-t" x="{size.left - 8}" y="{y + 4.5:.1f}" text-anchor="end">{words}</text>')  # fmt: skip
    return parts


def _tick(value: float, unit: str) -> str:
    if unit == "%":
        return f"{value * 100:g}%"
    words = f"{value * 100:+g}" if unit == "+" and value else f"{value:g}"
    return words.replace("-", "\N{MINUS SIGN}")


def _mark(size: Size) -> str:
    return f'<text class="ch-w" x="{size.left}" y="14">{MARK}</text>'


def _weeks(scale: Scale) -> list[str]:
    size, last = scale.size, scale.last
    many = 2 if size.width < 300 else 4
    step = max(round((last - scale.first) / many), 1)
    marks = sorted({round(scale.first), *range(0, int(last) - step // 2, step), round(last)} - ({0} if scale.first else set()))  # fmt: skip
    base = size.height - size.bottom
    parts = [
        f'<text class="ch-t" x="{float(scale.x(np.array(float(mark)))):.1f}" y="{base + 19}" text-anchor="middle">{mark}</text>'
        for mark in marks
    ]
    middle = (size.left + size.width - size.right) / 2
    return [*parts, f'<text class="ch-t" x="{middle:.0f}" y="{base + 38}" text-anchor="middle">Week</text>']  # fmt: skip


def _names(scale: Scale, lines: Sequence[Line]) -> list[str]:
    """Return what each line is called, beside its end, one above the other where they are close."""
    x, parts, free = scale.size.width - scale.size.right + 10, [], 0.0
    for one in sorted(lines, key=lambda line: -float(line.mean[-1])):
        rows = _rows(one.words)
        y = max(float(scale.y(np.asarray(one.mean[-1]))) + 5 - 9 * (len(rows) - 1), free)
        for row in rows:
            parts.append(f'<text class="ch-k {one.cls}" x="{x}" y="{y:.1f}">{escape(row)}</text>')
            y += 19
        free = y + 4
    return parts


def _rows(words: str, most: int = 13) -> list[str]:
    """Return words in rows that fit beside a chart."""
    rows = [""]
    for word in words.split():
        if rows[-1] and len(rows[-1]) + 1 + len(word) > most:
            rows.append(word)
        else:
            rows[-1] = f"{rows[-1]} {word}".strip()
    return rows


def _path(scale: Scale, weeks: np.ndarray, values: np.ndarray) -> str:
    points = zip(scale.x(weeks), scale.y(values), strict=True)
    return "M" + " L".join(f"{x:.1f},{y:.1f}" for x, y in points)


def _area(scale: Scale, weeks: np.ndarray, line: Line) -> str:
    back = _path(scale, weeks[::-1], line.lower[::-1])
    return f"{_path(scale, weeks, line.upper)} L{back[1:]} Z"


def paths(drug: float, person: float, *, says: str, number: int) -> str:
    """Return two paths from one cue in grass: each as wide as its habit, from 0 to 1, is strong.

    Args:
        drug: The habit of using.
        person: The habit of going to a person.
        says: What the picture shows, for whoever does not see it.
        number: Of the picture: decides where the blades of grass stand.
    """
    dice, w, h = stream(7, "grass", number), 220, 200
    parts = [f'<rect width="{w}" height="{h}" class="pa-g"/>']
    for x, y, bend, lean, tall in dice.uniform(size=(80, 5)) * (w - 8, h - 12, 4, 8, 4):
        parts.append(f'<path class="pa-b" d="M{4 + x:.0f},{8 + y:.0f} q{bend - 2:.1f},-4 {lean - 4:.1f},-{5 + tall:.1f}"/>')  # fmt: skip
    ways = (
        ("pa-d", drug, "M110,184 C106,140 92,114 57,88 S26,56 35,26"),
        ("pa-s", person, "M110,184 C114,142 130,118 158,92 S194,56 183,26"),
    )
    for cls, habit, way in ways:
        width = 2 + 22 * min(max(habit, 0.0), 1.0)
        parts.append(f'<path d="{way}" class="{cls}" stroke-width="{width:.1f}"/>')
    # What is walked less grows over.
    for t, off, up, lean, tall in dice.uniform(size=(max(int(46 * (1 - drug)), 0), 5)):
        x, y = 110 - 66 * t + 18 * off - 9, 160 - 110 * t + 16 * up - 8
        parts.append(f'<path class="pa-b2" d="M{x:.0f},{y:.0f} q1,-5 {8 * lean - 4:.1f},-{7 + 5 * tall:.1f}"/>')  # fmt: skip
    parts.append('<circle cx="110" cy="184" r="7" class="pa-c"/>')
    return _svg("paths", w, h, says, parts)


def ties(sample: Sample, when: int, *, says: str) -> str:
    """Return people as dots and ties as lines, the wider the stronger; who uses is a hollow square.

    Args:
        sample: Whom to draw.
        when: 0 before, 1 at the end as it is, 2 at the end with the design.
        says: What the picture shows, for whoever does not see it.
    """
    w, h, edge = 300, 260, 14
    place = edge + sample.places * (w - 2 * edge, h - 2 * edge)
    parts = []
    for (one, other), strength in zip(sample.ties.tolist(), sample.strength[when], strict=True):
        if strength >= SEEN:
            (x, y), (u, v) = place[one], place[other]
            parts.append(f'<path class="ne" d="M{x:.1f},{y:.1f} L{u:.1f},{v:.1f}" stroke-width="{0.5 + 4.5 * strength:.2f}"/>')  # fmt: skip
    for (x, y), uses in zip(place, sample.is_using[when], strict=True):
        shape = f'<rect class="nu" x="{x - 4.5:.1f}" y="{y - 4.5:.1f}" width="9" height="9"/>'
        parts.append(shape if uses else f'<circle class="nn" cx="{x:.1f}" cy="{y:.1f}" r="5.5"/>')
    return _svg("ties", w, h, says, parts)


def off_nothing(lower: float, value: float, upper: float) -> str:
    """Return a difference with its interval as a line in a box of 200; no difference in its middle."""
    reach = max(abs(lower), abs(value), abs(upper)) * 1.1 or 1.0
    low, at, high = (f"{100 + 100 * one / reach:.1f}" for one in (lower, value, upper))
    marks = (
        '<path class="fo-0" d="M100,0 V26"/>'
        f'<path class="fo-c" d="M{low},13 H{high}"/><rect class="fo-s" x="{float(at) - 4:.1f}" y="9" width="8" height="8"/>'
    )
    return f'<svg class="fo" viewBox="0 0 200 26" preserveAspectRatio="none" aria-hidden="true" focusable="false">{marks}</svg>'


def _svg(cls: str, width: int, height: int, says: str, parts: Iterable[str]) -> str:
    return f'<svg class="{cls}" viewBox="0 0 {width} {height}" role="img" aria-label="{escape(says)}">{"".join(parts)}</svg>'
