"""Figures as SVG whose colours are kith's tokens, so that they follow light and dark."""

import io
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import matplotlib as mpl
import numpy as np
from matplotlib.figure import Figure

from kith.core.analysis.results import ArmCurve, Ties, UnderRule
from kith.core.analysis.saying import interval

# What matplotlib draws in, and the token that stands there in the end, with its value by day.
_COLOURS: Mapping[str, tuple[str, str]] = {
    "#2c6797": ("woad", "#2c6797"), "#b3452b": ("madder", "#b3452b"), "#57783a": ("lichen", "#57783a"),
    "#a87908": ("weld", "#a87908"), "#16262f": ("ink", "#16262f"), "#47555c": ("ink-2", "#47555c"),
    "#d9d3c4": ("line", "#d9d3c4"), "#857f72": ("line-2", "#857f72"),
}  # fmt: skip
_ARMS = (("#2c6797", "-"), ("#b3452b", "--"), ("#57783a", "-."), ("#a87908", ":"))
_STYLE: Any = {
    "svg.fonttype": "none", "svg.hashsalt": "kith", "font.family": "sans-serif", "font.size": 12,
    "text.color": "#47555c", "axes.edgecolor": "#d9d3c4", "axes.labelcolor": "#47555c",
    "xtick.color": "#47555c", "ytick.color": "#47555c", "axes.spines.top": False,
    "axes.spines.right": False, "axes.spines.left": False, "grid.color": "#d9d3c4",
    "xtick.major.size": 0, "ytick.major.size": 0, "figure.facecolor": "none", "axes.facecolor": "none",
}  # fmt: skip


def survival(curves: tuple[ArmCurve, ...], title: str) -> str:
    """Return Kaplan-Meier curves with 95 % bands and the numbers still at risk under them."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(5.6, 4.0))
        axes = figure.add_axes((0.11, 0.34, 0.86, 0.62))
        last = max(float(one.curve.times[-1]) for one in curves)
        ticks = np.linspace(0, last, 5)
        for n, one in enumerate(curves):
            colour, line = _ARMS[n % len(_ARMS)]
            c = one.curve
            axes.fill_between(
                c.times, c.lower, c.upper, step="post", color=colour, alpha=0.15, lw=0
            )
            axes.step(c.times, c.survival, where="post", color=colour, ls=line, lw=2)
            for tick, n_risk in zip(ticks, at_risk(one, ticks), strict=True):
                axes.text(tick, -0.34 - 0.12 * n, str(n_risk), color=colour, ha="center", va="top")
            place = (0.985, 0.98 - 0.09 * n)
            axes.text(*place, one.arm, color=colour, ha="right", va="top", transform=axes.transAxes, weight="bold")  # fmt: skip
        axes.set(ylim=(0, 1.02), xlim=(0, last), xticks=ticks, xlabel="Days since the draw")
        axes.set_xticklabels([f"{tick:.0f}" for tick in ticks])
        axes.grid(axis="y")
        return _svg(figure, "km", title)


def at_risk(one: ArmCurve, ticks: np.ndarray) -> list[int]:
    """Return how many of an arm are followed at each of `ticks`, days since the draw."""
    place = np.searchsorted(one.curve.times, ticks)
    return [int(one.curve.at_risk[min(p, len(one.curve.times) - 1)]) for p in place]


def rules(under: tuple[UnderRule, ...], title: str) -> str:
    """Return the primary result under each rule for missing data, one line for each."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(5.6, 0.95 * len(under) + 0.6))
        axes = figure.add_axes((0.03, 0.14, 0.94, 0.84))
        is_ratio = under[0].effect.null == 1
        for n, one in enumerate(under):
            e, y = one.effect, len(under) - 1 - n
            axes.plot([e.lower, e.upper], [y, y], color="#16262f", lw=1.6)
            axes.plot(e.value, y, "D" if one.is_planned else "s", color="#2c6797" if one.is_planned else "#16262f", ms=9 if one.is_planned else 7)  # fmt: skip
            axes.text(0, y + 0.26, f"{one.words}: {interval(e)}", transform=axes.get_yaxis_transform(), color="#16262f", weight="bold" if one.is_planned else "normal")  # fmt: skip
        for n in range(len(under)):
            axes.plot([under[0].effect.null] * 2, [n - 0.3, n + 0.14], color="#857f72", lw=1)
        if is_ratio:
            axes.set_xscale("log")
            low = min(one.effect.lower for one in under)
            high = max(one.effect.upper for one in under)
            marks = [m for m in (0.1, 0.25, 0.5, 0.75, 1, 1.25, 1.5, 2, 4, 10) if low * 0.9 <= m <= high * 1.1]  # fmt: skip
            axes.set_xticks(marks, [f"{m:g}" for m in marks])
            axes.minorticks_off()
        axes.set(ylim=(-0.5, len(under) - 0.3), yticks=[])
        return _svg(figure, "rules", title)


def ranked(held: Mapping[str, np.ndarray], expected: tuple[float, float, float], title: str) -> str:
    """Return a histogram of ranks for each number, over the band in which chance leaves them.

    Args:
        held: By name, how many ranks fall into each bin.
        expected: How many each bin would hold: lower end, middle and upper end of 95 %.
        title: What it is, for whoever cannot see it.
    """
    low, middle, high = expected
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6.4, 1.5 * len(held)))
        for n, (name, counts) in enumerate(held.items()):
            axes = figure.add_axes((0.08, 1 - (n + 0.9) / len(held), 0.9, 0.62 / len(held)))
            axes.axhspan(low, high, color="#d9d3c4", alpha=0.5, lw=0)
            axes.axhline(middle, color="#857f72", lw=1)
            axes.bar(np.arange(len(counts)), counts, color="#2c6797", width=0.86)
            axes.set(ylim=(0, max(high, counts.max()) * 1.15), xticks=[], xlim=(-0.6, len(counts) - 0.4))  # fmt: skip
            axes.set_title(name, loc="left", fontsize=12, color="#16262f")
        return _svg(figure, "ranks", title)


class Course(NamedTuple):
    """A curve over days with its band, and what was counted at some of them.

    Args:
        middle, lower, upper: Shares at the end of days 1, 2, ...
        counted: Day, share, and the ends of its interval.
    """

    name: str
    middle: np.ndarray
    lower: np.ndarray
    upper: np.ndarray
    counted: tuple[tuple[float, float, float, float], ...]


def predicted(courses: tuple[Course, ...], title: str) -> str:
    """Return what a model predicts, day by day, with what was counted beside it."""
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(6.4, 4.2))
        axes = figure.add_axes((0.1, 0.13, 0.87, 0.84))
        for n, one in enumerate(courses):
            colour, line = _ARMS[n % len(_ARMS)]
            days = np.arange(1, len(one.middle) + 1)
            axes.fill_between(days, one.lower, one.upper, color=colour, alpha=0.15, lw=0)
            axes.plot(days, one.middle, color=colour, ls=line, lw=2)
            for day, share, low, high in one.counted:
                # Two studies of the same day would hide each other.
                at = day * (1.05 if n else 0.95)
                axes.plot([at, at], [low, high], color=colour, lw=1.6)
                axes.plot(at, share, "D" if n else "o", color=colour, ms=7)
            place = (0.985, 0.14 - 0.08 * n)
            axes.text(*place, one.name, color=colour, ha="right", va="top", transform=axes.transAxes, weight="bold")  # fmt: skip
        axes.set_xscale("log")
        ticks = (1, 7, 30, 90, 180, 365, 730)
        axes.set_xticks(ticks, [str(tick) for tick in ticks])
        axes.minorticks_off()
        axes.set(ylim=(0, 1.02), xlabel="Days since the detoxification (spaced by their logarithm)")
        axes.grid(axis="y")
        return _svg(figure, "predicted", title)


class Held(NamedTuple):
    """A share that was counted, beside what a model predicts of as many people.

    Args:
        counted, predicted: The share, and the ends of 95 %.
        is_within: Whether the one lies within the other.
    """

    name: str
    counted: tuple[float, float, float]
    predicted: tuple[float, float, float]
    is_within: bool


def held_against(held: tuple[Held, ...], title: str) -> str:
    """Return counted shares as points over what is predicted, as bars; one line for each."""
    with mpl.rc_context(_STYLE):
        high_in, foot_in = 0.62 * len(held) + 0.7, 0.5
        figure = Figure(figsize=(6.4, high_in))
        axes = figure.add_axes((0.04, foot_in / high_in, 0.9, 0.99 - foot_in / high_in))
        for n, one in enumerate(held):
            y = len(held) - 1 - n
            middle, low, high = one.predicted
            axes.plot([low, high], [y, y], color="#2c6797", lw=9, alpha=0.25, solid_capstyle="butt")
            axes.plot([middle, middle], [y - 0.14, y + 0.14], color="#2c6797", lw=2)
            share, low, high = one.counted
            colour = "#16262f" if one.is_within else "#b3452b"
            axes.plot([low, high], [y, y], color=colour, lw=1.6)
            axes.plot(share, y, "o" if one.is_within else "D", color=colour, ms=7)
            axes.text(0, y + 0.27, one.name, transform=axes.get_yaxis_transform(), color="#16262f")
        axes.set(ylim=(-0.5, len(held) - 0.2), xlim=(0, 1), yticks=[])
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], ["0 %", "25 %", "50 %", "75 %", "100 %"])
        axes.grid(axis="x")
        return _svg(figure, "held", title)


def network(ties: Ties, title: str) -> str:
    """Return people as dots and ties as lines: solid if they go both ways, dotted if one way."""
    place = _places(ties)
    known = set(ties.pairs)
    with mpl.rc_context(_STYLE):
        figure = Figure(figsize=(5.6, 4.0))
        axes = figure.add_axes((0.02, 0.02, 0.96, 0.96))
        axes.axis("off")
        for a, b in ties.pairs:
            is_mutual = (b, a) in known
            if not is_mutual or a < b:
                axes.plot(*place[[a, b]].T, color="#47555c", lw=1.1, ls="-" if is_mutual else ":", alpha=0.7)  # fmt: skip
        axes.plot(*place.T, "o", color="#2c6797", ms=6, ls="none")
        return _svg(figure, "ties", title)


def _places(ties: Ties) -> np.ndarray:
    """Return where each dot stands: ties pull, all push (Fruchterman & Reingold 1991)."""
    turn = 2 * np.pi * np.arange(ties.people) / ties.people
    place = np.stack([np.cos(turn), np.sin(turn)], axis=1)
    pull = np.zeros((ties.people, ties.people))
    for a, b in ties.pairs:
        pull[a, b] = pull[b, a] = 1
    near = 1.6 / np.sqrt(ties.people)
    for heat in np.linspace(0.2, 0.005, 120):
        apart = place[:, None] - place[None]
        far = np.maximum(np.linalg.norm(apart, axis=2), 0.01)
        force = (apart * (near**2 / far**2 - pull * far / near)[..., None]).sum(axis=1)
        length = np.maximum(np.linalg.norm(force, axis=1, keepdims=True), 1e-9)
        place = place + force / length * np.minimum(length, heat)
    return place


def _svg(figure: Figure, key: str, title: str) -> str:
    """Return a figure as SVG to stand in a page, its ids its own and its colours tokens."""
    text = io.StringIO()
    figure.savefig(text, format="svg", metadata={"Date": None, "Creator": None})
    svg = text.getvalue()
    svg = svg[svg.index("<svg") :]
    svg = re.sub(r"<metadata>.*?</metadata>|<style.*?</style>", "", svg, flags=re.DOTALL)
    svg = re.sub(r'id="', f'id="{key}-', svg)
    svg = re.sub(r"(url\(#|href=\"#)", rf"\g<1>{key}-", svg)
    for colour, (token, day) in _COLOURS.items():
        svg = svg.replace(colour, f"var(--{token}, {day})")
    svg = re.sub(r"font: ([^;\"]*?)'?sans-serif'?[^;\"]*", r"font: \1var(--work, sans-serif)", svg)
    # A page that allows no style within itself allows what is an attribute.
    svg = re.sub(r' style="([^"]*)"', lambda found: _attributes(found[1]), svg)
    return svg.replace("<svg ", f'<svg role="img" aria-label="{title}" ', 1)


def _attributes(style: str) -> str:
    """Return a style as attributes; `font` has none, and becomes its size, weight and family."""
    found = {}
    for rule in style.split(";"):
        name, _, value = rule.partition(":")
        found[name.strip()] = value.strip()
    font = found.pop("font", "")
    if font:
        size = re.search(r"([\d.]+)px", font)
        found["font-size"] = size[1] if size else "11"
        found["font-family"] = "var(--work, sans-serif)"
        if "bold" in font or "700" in font:
            found["font-weight"] = "700"
    return "".join(f' {name}="{value}"' for name, value in found.items() if name and value)
