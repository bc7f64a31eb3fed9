"""Results as anybody may read them: about groups of eleven or more, and nobody within one."""

import re
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from kith.core.analysis.results import ArmCurve, ArmFlow, BaselineRow, Effect, Results, Share, Ties
from kith.core.analysis.saying import primary_line
from kith.core.stats.kaplan_meier import Curve
from kith.errors import RefusalError

LEAST = 11
# A picture of fewer people shows a person who knows their own ties who the others are.
LEAST_DRAWN = 33
# Moments at which a curve is told: between two of them nobody sees on which day something came.
_STEPS = 12
FEW = f"fewer than {LEAST}"
HIDDEN = "not told"
_SMALL = re.compile(r"\b(?:[1-9]|10) (?=people|more\b|decisions|answers|of (?:[1-9]|10)\b)")


class TooFewError(RefusalError):
    """So few people are in a study that its results would be about persons."""


def public(results: Results) -> Results:
    """Return results in which no count of people, but 0, is under eleven or can be worked out to be.

    - How many were analysed, or ended early, is not told where fewer than eleven make the difference.
    - How many had it is told only if eleven or more had it and eleven or more had not.
    - Of a fact, words of few people are hidden, and the smallest others with them, until those hidden
      come to eleven together: the size of the arm gives none of them back.
    - A curve is told at twelve moments, as far as eleven are still followed.
    - Ties are drawn only of 33 people or more, and told only of eleven.
    - Small counts within sentences are taken out.

    Raises:
        TooFewError: If an arm, or what the primary result rests on, is of fewer than eleven people.
    """
    if any(arm.drawn < LEAST for arm in results.flow) or results.primary.n < LEAST:
        raise TooFewError(
            f"An arm, or what the result rests on, is of fewer than {LEAST} people. What it says "
            "would be about them, and not about what was studied: it is not published."
        )
    shares = _told_shares(results.shares)
    said = results.headline
    if results.shares and not shares:
        said = (primary_line(results.primary, (), results.primary.key.replace("_", " ")), *said[1:])
    return replace(
        results,
        headline=tuple(map(_less_small, said)),
        flow=tuple(_told_flow(arm) for arm in results.flow),
        baseline=_told_baseline(results.baseline),
        shares=shares,
        also_primary=tuple((one, _told_shares(of)) for one, of in _enough(results.also_primary)),
        secondary=tuple((one, _told_shares(of)) for one, of in _enough(results.secondary)),
        subgroups=tuple(
            replace(by, effects=tuple((word, one) for word, one in by.effects if one.n >= LEAST))
            for by in results.subgroups
        ),
        under_rules=tuple(
            replace(one, shares=_told_shares(one.shares)) for one in results.under_rules
        ),
        curves=tuple(_told_curve(one) for one in results.curves),
        ties=_told_ties(results),
        not_analysed=tuple(map(_less_small, results.not_analysed)),
    )


def _enough(
    pairs: Iterable[tuple[Effect, tuple[Share, ...]]],
) -> list[tuple[Effect, tuple[Share, ...]]]:
    return [(one, of) for one, of in pairs if one.n >= LEAST]


def _told_shares(shares: tuple[Share, ...]) -> tuple[Share, ...]:
    """Return the shares, or none of them if one would tell of few."""
    both = [n for one in shares for n in (one.yes, one.n - one.yes)]
    return () if any(0 < n < LEAST for n in both) else shares


def _told_flow(arm: ArmFlow) -> ArmFlow:
    lost = arm.drawn - (arm.analysed or 0)
    ends = [(words, n or 0) for words, n in arm.ended_early]
    total = sum(n for _, n in ends)
    told = [(words, n) for words, n in ends if n >= LEAST]
    rest = total - sum(n for _, n in told)
    early: tuple[tuple[str, int | None], ...] = tuple(told)
    if 0 < rest < LEAST:
        # One reason that is told beside a total that can be worked out would tell the others.
        early = (("ended early", total if total >= LEAST else None),)
    elif rest:
        early = (*told, ("ended early otherwise", rest))
    return replace(arm, ended_early=early, analysed=None if 0 < lost < LEAST else arm.analysed)


def _told_baseline(rows: tuple[BaselineRow, ...]) -> tuple[BaselineRow, ...]:
    found: list[BaselineRow] = []
    for fact in dict.fromkeys(row.fact for row in rows):
        of = [row for row in rows if row.fact == fact]
        hidden = np.array([_hidden(column) for column in zip(*(row.counts for row in of), strict=True)]).T  # fmt: skip
        for row, is_hidden in zip(of, hidden, strict=True):
            cells = zip(row.cells, is_hidden, strict=True)
            found.append(
                replace(row, cells=tuple(HIDDEN if is_so else one for one, is_so in cells))
            )
    return tuple(found)


def _hidden(column: tuple[int, ...]) -> list[bool]:
    """Return which cells of an arm are hidden: those of few, and the smallest others until they are many."""
    hidden = [0 < n < LEAST for n in column]
    while any(hidden) and (
        sum(hidden) < 2 or sum(n for n, is_so in zip(column, hidden, strict=True) if is_so) < LEAST
    ):
        left = [(n, at) for at, n in enumerate(column) if not hidden[at] and n]
        if not left:
            break
        hidden[min(left)[1]] = True
    return hidden


def _told_curve(one: ArmCurve) -> ArmCurve:
    curve = one.curve
    many = np.flatnonzero(curve.at_risk >= LEAST)
    last = float(curve.times[many[-1]]) if len(many) else 0.0
    moments = np.linspace(0.0, last, _STEPS + 1)
    at = np.maximum(np.searchsorted(curve.times, moments, side="right") - 1, 0)
    risk = np.minimum(np.searchsorted(curve.times, moments), len(curve.times) - 1)
    told = Curve(
        moments, curve.survival[at], curve.lower[at], curve.upper[at], curve.at_risk[risk],
        np.zeros_like(curve.events[at]),
    )  # fmt: skip
    return replace(one, curve=told)


def _told_ties(results: Results) -> Ties | None:
    ties = results.ties
    if ties is None or ties.people < LEAST:
        return None
    return ties if ties.people >= LEAST_DRAWN else replace(ties, pairs=())


def _less_small(text: str) -> str:
    return _SMALL.sub(f"{FEW} ", text)
