"""What one outcome's answer rests on: whom it compares, and what is known of them."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kith.core.analysis.deriving import acts_of, at_week
from kith.core.analysis.sitting import circle_of
from kith.core.records import StudyRecords
from kith.core.study import Outcome, StudyPlan
from kith.core.study.words import ACTS


@dataclass(frozen=True, slots=True, eq=False)
class Asked:
    """One outcome of a plan, with all that it takes to answer it.

    Args:
        facts: What was known of each person at the draw, a column for each fact.
        arm: The number of the arm of each person, or -1.
        only: Who is looked at.
        level: Of the intervals.
        seed: Of what is filled in.
    """

    plan: StudyPlan
    records: StudyRecords
    outcome: Outcome
    facts: Mapping[str, np.ndarray]
    arm: np.ndarray
    only: np.ndarray
    level: float
    seed: int

    @property
    def contrast(self) -> tuple[int, int]:
        """The numbers of the two arms: the first against the second."""
        keys = [arm.key for arm in self.plan.arms]
        a, b = (keys.index(one) for one in self.outcome.contrast)
        return a, b

    @property
    def names(self) -> tuple[str, str]:
        """What the two arms are called."""
        a, b = (self.plan.arms[n] for n in self.contrast)
        return a.name or a.key, b.name or b.key

    @property
    def is_clustered(self) -> bool:
        """Whether people of one circle or place are taken to be alike."""
        return bool(self.outcome.settings.get("cluster"))

    def words(self, name: str) -> tuple[str, ...]:
        """Return the words of a setting, be it one or a list."""
        said = self.outcome.settings.get(name, ())
        return tuple(str(one) for one in said) if isinstance(said, tuple) else (str(said),)


@dataclass(frozen=True, slots=True, eq=False)
class Sides:
    """The people of both arms, in the order of their numbers.

    Args:
        person: Who.
        is_first: Whether they were drawn into the first arm of the contrast.
        covariates: A column for each of `names`, without gaps.
        cluster: Whoever is taken to be alike; None if nobody is.
        strata: Whoever is only compared with each other; None if all are.
        notes: What the records could not give.
    """

    person: np.ndarray
    is_first: np.ndarray
    covariates: np.ndarray
    names: tuple[str, ...]
    cluster: np.ndarray | None
    strata: np.ndarray | None
    notes: tuple[str, ...]

    @property
    def adjusted(self) -> np.ndarray | None:
        """The covariates; None if there are none."""
        return self.covariates if self.names else None

    def kept(self, which: np.ndarray) -> "Sides":
        """Return those of them that `which` marks, without columns that no longer vary."""
        table = self.covariates[which]
        varies = np.ptp(table, axis=0) > 0 if len(table) else np.zeros(len(self.names), np.bool_)
        names = tuple(name for name, is_so in zip(self.names, varies, strict=True) if is_so)
        cluster, strata = (
            None if one is None else one[which] for one in (self.cluster, self.strata)
        )
        return Sides(
            self.person[which], self.is_first[which], table[:, varies], names, cluster, strata, self.notes
        )  # fmt: skip


def looked_at(asked: Asked) -> np.ndarray:
    """Return each person's value in the week of the outcome; nan if there is none.

    By the plan's schedule a value belongs to the week that it was asked in, up to six days late, and
    nothing is carried over from the week before. A measure without a schedule has its last value. One
    out of the log of acts that the records do not have as values is counted: `settings.acts`.
    """
    outcome, plan = asked.outcome, asked.plan
    names = [one.name for one in asked.records.observations.measures]
    if outcome.measure not in names and any(one.key == outcome.measure and one.asks == ACTS for one in plan.measures):  # fmt: skip
        return acts_of(asked.records, str(outcome.settings.get("acts", "all")), outcome.at_week)
    week = outcome.at_week
    planned = next((one.weeks(plan.study.weeks) for one in plan.measures if one.key == outcome.measure), ())  # fmt: skip
    sooner = [one for one in planned if week is not None and one < week]
    after = 7.0 * max(sooner) + 6 if sooner else -np.inf
    return at_week(asked.records, outcome.measure, week, after)


def sides(asked: Asked) -> Sides:
    """Return the people of both arms, with the covariates, clusters and strata of the plan."""
    a, b = asked.contrast
    person = np.flatnonzero(((asked.arm == a) | (asked.arm == b)) & asked.only)
    strata_by = asked.words("strata")
    columns: list[np.ndarray] = []
    names: list[str] = []
    notes: list[str] = []
    for key in asked.outcome.covariates:
        if key in strata_by:
            continue
        for name, column in _columns(asked, key, person, notes):
            columns.append(column)
            names.append(name)
    table = np.stack(columns, axis=1) if columns else np.zeros((len(person), 0))
    cluster = _clusters(asked, person, notes)
    strata = _strata(asked, strata_by, person, notes)
    found = Sides(
        person, asked.arm[person] == a, table, tuple(names), cluster, strata, tuple(notes)
    )
    return found.kept(np.ones(len(person), np.bool_))


def _columns(
    asked: Asked, key: str, person: np.ndarray, notes: list[str]
) -> list[tuple[str, np.ndarray]]:
    """Return what stands for a covariate: itself, or a column for each of its words but the first."""
    if key in asked.facts:
        fact = asked.facts[key][person]
        if not np.issubdtype(fact.dtype, np.number):
            said = np.array([str(one) for one in fact])
            return [(f"{key} {word}", (said == word).astype(np.float64)) for word in np.unique(said)[1:]]  # fmt: skip
        column = fact.astype(np.float64)
    elif key in asked.plan.population.facts:
        notes.append(
            f"{asked.outcome.key}: the records do not say {key}, so it is not adjusted for"
        )
        return []
    else:
        column = at_week(asked.records, key, 0)[person]
    is_known = np.isfinite(column)
    if not is_known.any():
        notes.append(
            f"{asked.outcome.key}: nobody has a {key} at the draw, so it is not adjusted for"
        )
        return []
    if not is_known.all():
        notes.append(
            f"{asked.outcome.key}: {int((~is_known).sum())} people have no {key} at the draw; the "
            "mean of the others stands for it (White & Thompson 2005)"
        )
    return [(key, np.where(is_known, column, column[is_known].mean()))]


def _clusters(asked: Asked, person: np.ndarray, notes: list[str]) -> np.ndarray | None:
    if not asked.is_clustered:
        return None
    drawn = asked.records.assignments
    cluster = np.full(asked.records.people, -1, np.int64)
    cluster[drawn.person] = drawn.cluster
    if (cluster[person] < 0).all():
        cluster = circle_of(asked.records)
    found = cluster[person]
    if (found < 0).all():
        notes.append(
            f"{asked.outcome.key}: the plan takes people of one circle or place to be alike, and the "
            "records have no circle or place: the interval may be too narrow"
        )
        return None
    # Whoever is in none is one of their own.
    return np.asarray(np.where(found < 0, cluster.max() + 1 + np.arange(len(found)), found))


def _strata(
    asked: Asked, by: tuple[str, ...], person: np.ndarray, notes: list[str]
) -> np.ndarray | None:
    known = [key for key in by if key in asked.facts]
    notes += [f"{asked.outcome.key}: the records do not say {key}, so it makes no strata" for key in by if key not in known]  # fmt: skip
    if not known:
        return None
    words = [" | ".join(str(asked.facts[key][one]) for key in known) for one in person]
    return np.asarray(np.unique(words, return_inverse=True)[1], np.int64)
