"""What stands beside a primary result: within subgroups, and among those who did as drawn."""

from dataclasses import replace

import numpy as np
from scipy.stats import chi2

from kith.core.analysis.answering import Rule, answered
from kith.core.analysis.asked import Asked
from kith.core.analysis.deriving import at_week
from kith.core.analysis.results import Effect, Subgroup
from kith.errors import NoAnswerError

# In fewer people an effect says more about them than about anything else.
LEAST_PEOPLE = 11


def subgroups(asked: Asked, rule: Rule) -> tuple[tuple[Subgroup, ...], tuple[str, ...]]:
    """Return the outcome within each of the plan's subgroups, and what has no answer.

    With effects b of errors s (logarithms of ratios), weights w = 1 / s^2 and their mean m,

        Q = sum of w (b - m)^2

    is chi-square with one degree of freedom fewer than groups if the effect is the same in all
    (Cochran 1954). Assumes that subgroups share nobody; people of one circle in two of them make it
    a little too bold or too shy.
    """
    found, said = [], []
    for by in asked.outcome.subgroups:
        effects = []
        for word, which in _groups(asked, by):
            drawn = which & np.isin(asked.arm, asked.contrast)
            if drawn.sum() < LEAST_PEOPLE:
                said.append(
                    f"{asked.outcome.key} within {by} {word}: fewer than {LEAST_PEOPLE} people"
                )
                continue
            try:
                within = answered(_within(asked, by, which), rule)
                effects.append((word, within.effect))
            except NoAnswerError as error:
                said.append(f"{asked.outcome.key} within {by} {word}: {error}")
        if len(effects) > 1:
            found.append(Subgroup(by, tuple(effects), _interaction([one for _, one in effects])))
    return tuple(found), tuple(said)


def did_as_drawn(asked: Asked) -> np.ndarray | None:
    """Return who took what they were drawn to, by the measure that `settings.taken` names; None: unsaid."""
    name = asked.outcome.settings.get("taken")
    if not isinstance(name, str):
        return None
    return np.asarray(np.nan_to_num(at_week(asked.records, name, None)) > 0)


def _within(asked: Asked, by: str, which: np.ndarray) -> Asked:
    """Return the question for some, without what makes them a group among the covariates."""
    others = tuple(one for one in asked.outcome.covariates if one != by)
    return replace(
        asked, outcome=replace(asked.outcome, covariates=others), only=asked.only & which
    )


def _groups(asked: Asked, by: str) -> list[tuple[str, np.ndarray]]:
    if by in asked.facts and not np.issubdtype(asked.facts[by].dtype, np.number):
        said = np.array([str(one) for one in asked.facts[by]])
        return [(str(word), said == word) for word in np.unique(said)]
    if by not in asked.facts and by in asked.plan.population.facts:
        return []
    value = (
        asked.facts[by].astype(np.float64) if by in asked.facts else at_week(asked.records, by, 0)
    )
    if not np.isfinite(value).any():
        return []
    middle = float(np.nanmedian(value))
    return [(f"up to {middle:g}", value <= middle), (f"above {middle:g}", value > middle)]


def _interaction(effects: list[Effect]) -> float:
    value = np.array([np.log(one.value) if one.null else one.value for one in effects])
    weight = np.array([one.se for one in effects]) ** -2
    apart = value - (weight * value).sum() / weight.sum()
    return float(chi2.sf((weight * apart**2).sum(), len(effects) - 1))
