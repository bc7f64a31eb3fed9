"""What ties look like in one arm against another, out of the log of acts."""

from math import sqrt

import numpy as np
from scipy.stats import norm

from kith.core.analysis.asked import Asked, Sides, looked_at, sides
from kith.core.analysis.deriving import drawn_on
from kith.core.stats.difference import mean_difference
from kith.core.stats.networks import Network, with_uncertainty
from kith.core.stats.results import Estimate
from kith.core.study.words import ACTS
from kith.errors import NoAnswerError

# A square of so many people fits into memory.
MOST_TIED = 5_000


def by_ties(asked: Asked) -> tuple[Estimate, Sides, tuple[str, ...]]:
    """Return how ties differ between two arms.

    `settings.of` says what of them: "reciprocity" (if unsaid; the share of ties that go both ways),
    "density" or "breadth" (with how many people). A tie goes from who acted to the other, if there was
    an act after the later draw of both, up to the end of the outcome's week. Reciprocity and density
    are of the ties within an arm, with `networks.with_uncertainty` in each; the arms are taken to be
    independent, and ties across are left out:

        difference = R1 - R2,   se^2 = se1^2 + se2^2,   normal

    Breadth counts everybody whom a person was with, and is compared as any number of people is. So is
    what people named themselves, where the records have the measure as a number.

    Raises:
        NoAnswerError: If the records have neither, or an arm has no answer.
    """
    of, what = sides(asked), str(asked.outcome.settings.get("of", "reciprocity"))
    names = [one.name for one in asked.records.observations.measures]
    if asked.outcome.measure in names:
        return _named(asked, of)
    if asked.plan.measure(asked.outcome.measure).asks != ACTS:
        raise NoAnswerError(f"the records have no measure {asked.outcome.measure}")
    if not len(asked.records.acts.actor):
        raise NoAnswerError("the records have no acts, so that nobody is tied to anybody")
    if what == "breadth":
        return _broad(asked, of)
    if what not in {"reciprocity", "density"}:
        raise NoAnswerError(f"settings.of is reciprocity, density or breadth, not {what!r}")
    if len(of.person) > MOST_TIED:
        raise NoAnswerError(f"more than {MOST_TIED:,} people are too many for a table of pairs")
    pairs = _pairs(asked)
    made = [
        _measured(pairs, of.person[which], what, asked.level)
        for which in (of.is_first, ~of.is_first)
    ]
    value, se = made[0].value - made[1].value, sqrt(made[0].se ** 2 + made[1].se ** 2)
    if se == 0:
        raise NoAnswerError(f"{what} does not vary: there is nothing to judge the difference by")
    reach = float(norm.ppf(0.5 + asked.level / 2)) * se
    p = float(2 * norm.sf(abs(value) / se))
    each = ", ".join(
        f"{one.value:.2f} [{one.lower:.2f}, {one.upper:.2f}] in {name}"
        for one, name in zip(made, asked.names, strict=True)
    )
    said = (
        f"{asked.outcome.key}: {what} of the ties within each arm: {each}; "
        f"{_across(pairs, of)} ties across the arms are left out"
    )
    return Estimate(what, value, se, value - reach, value + reach, p, level=asked.level), of, (said, *_unused(asked, of))  # fmt: skip


def _pairs(asked: Asked) -> np.ndarray:
    """Return two numbers for each tie: who acted, and with whom, in the time that is looked at."""
    acts, start, week = asked.records.acts, drawn_on(asked.records), asked.outcome.at_week
    since = acts.day - np.fmax(start[acts.actor], start[acts.other])
    is_in = (since > 0) & (since <= (np.inf if week is None else 7 * week + 6))
    return np.unique(np.stack([acts.actor[is_in], acts.other[is_in]], axis=1), axis=0)


def _measured(pairs: np.ndarray, person: np.ndarray, what: str, level: float) -> Estimate:
    n = len(person)
    place = np.full(int(max(pairs.max(initial=0), person.max(initial=0))) + 1, -1)
    place[person] = np.arange(n)
    at = place[pairs]
    at = at[(at >= 0).all(axis=1)]
    network: Network = np.zeros((n, n), np.bool_)
    network[at[:, 0], at[:, 1]] = True
    return with_uncertainty(network, "density" if what == "density" else "reciprocity", level=level)


def _across(pairs: np.ndarray, of: Sides) -> int:
    is_first, other = of.person[of.is_first], of.person[~of.is_first]
    a, b = np.isin(pairs, is_first), np.isin(pairs, other)
    return int(((a[:, 0] & b[:, 1]) | (b[:, 0] & a[:, 1])).sum())


def _unused(asked: Asked, of: Sides) -> tuple[str, ...]:
    said = [*of.names, *(["the circle"] if of.cluster is not None else [])]
    return (f"{asked.outcome.key}: {', '.join(said)} of the plan is not adjusted for in ties",) if said else ()  # fmt: skip


def _broad(asked: Asked, of: Sides) -> tuple[Estimate, Sides, tuple[str, ...]]:
    pairs = _pairs(asked)
    both = np.unique(np.concatenate([pairs, pairs[:, ::-1]]), axis=0)
    count = np.bincount(both[:, 0], minlength=asked.records.people).astype(np.float64)
    found = mean_difference(
        count[of.person], of.is_first, covariates=of.adjusted, cluster=of.cluster, level=asked.level
    )
    return found, of, ()


def _named(asked: Asked, of: Sides) -> tuple[Estimate, Sides, tuple[str, ...]]:
    value = looked_at(asked)[of.person]
    of, value = of.kept(np.isfinite(value)), value[np.isfinite(value)]
    found = mean_difference(
        value, of.is_first, covariates=of.adjusted, cluster=of.cluster, level=asked.level
    )
    return found, of, (f"{asked.outcome.key} is what people named themselves, not the log of acts",)
