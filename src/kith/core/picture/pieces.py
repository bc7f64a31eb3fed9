"""What the cards of a sheet are put together of: charts twice, tables, numbers in words."""

from collections.abc import Iterable, Sequence
from html import escape

import numpy as np

from kith.core.picture.drawing import Line, Size, chart
from kith.core.picture.gathering import Band, End


def line_of(cls: str, words: str, band: Band, at: tuple[int, ...], runs: np.ndarray) -> Line:
    """Return one line of a band for a chart; `at` is where it stands in the band."""
    return Line(cls, words, band.mean[at], band.lower[at], band.upper[at], runs)


def both_widths(
    lines: Sequence[Line], *, weeks: np.ndarray, says: str, unit: str, sizes: tuple[Size, Size]
) -> str:
    """Return the chart twice: for a wide page and for a narrow one; rules show one of them.

    Args:
        lines: As `drawing.chart` has them; so are `weeks`, `says` and `unit`.
        weeks: Where values stand.
        says: What it shows.
        unit: Of the values.
        sizes: Of the wide one and of the narrow one.
    """
    return "".join(
        f'<div class="{cls}">{chart(lines, weeks=weeks, size=size, says=says, unit=unit, ends=(0.0,))}</div>'
        for cls, size in zip(("ch-wide", "ch-narrow"), sizes, strict=True)
    )


def some_weeks(weeks: int) -> list[int]:
    """Return at most about nine weeks for a table, from 0, the last among them."""
    step = max(round(weeks / 8), 1)
    return sorted({*range(0, weeks, step), weeks - 1})


def percent(band: Band, at: tuple[int, ...]) -> str:
    """Return shares in a band as percent with their interval."""
    mean, lower, upper = (100 * float(one[at]) for one in band)
    return f"{mean:.1f}% [{lower:.1f}, {upper:.1f}]"


def points(band: Band, at: tuple[int, ...]) -> str:
    """Return a difference of shares as so many of every hundred, with its interval."""
    mean, lower, upper = (100 * float(one[at]) for one in band)
    return f"{signed(mean)} [{signed(lower)}, {signed(upper)}]"


def interval(band: Band, at: tuple[int, ...]) -> str:
    """Return a mean with its interval, two digits behind the point."""
    mean, lower, upper = (float(one[at]) for one in band)
    return f"{mean:.2f} [{lower:.2f}, {upper:.2f}]"


def ordered(one: End) -> tuple[float, float, float]:
    """Return the difference of an outcome: lower end, mean, upper end."""
    return one.difference.lower, one.difference.mean, one.difference.upper


def spread_of(one: End) -> str:
    """Return the difference of an outcome with its interval in words."""
    some = one.difference
    return f"{short(some.mean)} [{short(some.lower)}, {short(some.upper)}]"


def short(value: float) -> str:
    """Return a difference with its sign and three digits."""
    return f"{value:+.3f}".replace("-", "\N{MINUS SIGN}")


def signed(value: float) -> str:
    """Return a difference with its sign and one digit."""
    return f"{value:+.1f}".replace("-", "\N{MINUS SIGN}")


def sentence(words: str) -> str:
    """Return words that begin with a capital letter."""
    return f"{words[0].upper()}{words[1:]}"


def legend(pairs: Iterable[tuple[str, str]]) -> str:
    """Return which color and dash is which; classes as in `drawing`."""
    items = "".join(f'<span class="kb {cls}">{escape(words)}</span>' for cls, words in pairs)
    return f'<p class="legend">{items}</p>'


def card(title: str, body: str) -> str:
    """Return a card with a title; `body` is HTML."""
    return f'<section class="card"><h2>{escape(title)}</h2>{body}</section>'


def lead_of(text: str) -> str:
    """Return the paragraph under a title."""
    return f'<p class="read">{escape(text)}</p>'


def note_of(text: str) -> str:
    """Return a small paragraph."""
    return f'<p class="small">{escape(text)}</p>'


def folded(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return the table of a figure, folded away."""
    return f"<details><summary>The same as a table</summary>{table(title, head, rows)}</details>"


def table(title: str, head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Return a table that may be scrolled sideways, by keyboard too."""
    top = "".join(f'<th scope="col">{escape(one)}</th>' for one in head)
    body = "".join(
        f'<tr><th scope="row">{escape(name)}</th>{"".join(f"<td>{escape(cell)}</td>" for cell in cells)}</tr>'
        for name, *cells in rows
    )
    return f'<div class="tw" tabindex="0" role="region" aria-label="{escape(title)}: table"><table><thead><tr>{top}</tr></thead><tbody>{body}</tbody></table></div>'
