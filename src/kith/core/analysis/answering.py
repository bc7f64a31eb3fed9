"""The answer to one outcome of a plan, under one rule for what is missing."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

import numpy as np

from kith.core.analysis.asked import Asked, Sides, looked_at, sides
from kith.core.analysis.deriving import (
    EVENT,
    NO_EVENT,
    Runs,
    Survival,
    at_week,
    by_event,
    by_runs,
    drawn_on,
    events_of,
    values_of,
)
from kith.core.analysis.estimating import (
    by_compliers,
    by_cox,
    by_filling,
    by_log_rank,
    by_recurrent,
    by_value,
    effect_of,
    shares_of,
)
from kith.core.analysis.exposing import by_exposure
from kith.core.analysis.missing import FILLED, SHIFTED, UNUSED
from kith.core.analysis.moments import by_moments
from kith.core.analysis.redrawing import by_redrawing
from kith.core.analysis.results import ArmCurve, Effect, Share
from kith.core.analysis.tying import by_ties
from kith.core.stats.delta_adjusted import mean_range, risk_range
from kith.core.stats.kaplan_meier import kaplan_meier
from kith.core.stats.mixed import mixed
from kith.core.stats.results import Estimate
from kith.errors import NoAnswerError

# More answers than this take a mixed model too long: each person's mean stands for theirs.
MOST_MIXED = 20_000


class Rule(NamedTuple):
    """How what is missing is taken, and by how much it is moved."""

    name: str
    shift: float = 0.0


class Answer(NamedTuple):
    """An effect with all that a report says of it, and other effects out of the same answers."""

    effect: Effect
    shares: tuple[Share, ...]
    curves: tuple[ArmCurve, ...]
    analysed: np.ndarray
    notes: tuple[str, ...]
    beside: tuple[tuple[str, Effect], ...] = ()


def answered(asked: Asked, rule: Rule) -> Answer:
    """Return what the records say to one outcome.

    Raises:
        NoAnswerError: If its estimator has no place here, or the records do not bear it.
        InvalidInputError: If the records lack a measure.
    """
    how = _BY.get(asked.outcome.estimator)
    if how is None:
        raise NoAnswerError(
            f"{asked.outcome.key}: {asked.outcome.estimator or 'nothing'} is no way to answer"
        )
    try:
        found = how(asked, rule)
        return found._replace(notes=(*found.notes, *_unused(asked)))
    except NoAnswerError as error:
        key = asked.outcome.key
        said = str(error)
        raise NoAnswerError(said if said.startswith(f"{key}:") else f"{key}: {said}") from error


def _events(asked: Asked, rule: Rule) -> Answer:
    of, found = _followed(asked, rule)
    if not len(of.person):
        raise NoAnswerError("nobody was followed")
    by = by_cox if asked.outcome.estimator == "cox" else by_log_rank
    curves = tuple(
        ArmCurve(name, kaplan_meier(found.time[which].astype(np.float64), found.event[which]))
        for name, which in zip(asked.names, (of.is_first, ~of.is_first), strict=True)
    )
    shares = shares_of(asked.names, found.event, of.is_first)
    return _answer(asked, by(found, of, asked.level), of, shares, curves)


def _followed(asked: Asked, rule: Rule) -> tuple[Sides, Survival]:
    outcome, last = asked.outcome, asked.plan.study.weeks * 7
    if outcome.settings.get("derive") == "runs":
        runs = Runs.of(outcome.measure, outcome.settings, last_day=last)
        found = by_runs(asked.records, runs, rule.name)
    else:
        found = by_event(asked.records, outcome.measure, rule.name, float(last))
    of = sides(asked)
    place = np.full(asked.records.people, -1)
    place[found.person] = np.arange(len(found.person))
    of = of.kept(place[of.person] >= 0)
    at = place[of.person]
    return of, Survival(of.person, found.time[at], found.event[at])


def _again(asked: Asked, _: Rule) -> Answer:
    of = sides(asked)
    who, day = events_of(asked.records, asked.outcome.measure)
    start = drawn_on(asked.records)
    found, person = by_recurrent(who, day, start, asked.records.follow_up, of)
    return _answer(asked, found, of.kept(np.isin(of.person, person)), (), ())


def _values(asked: Asked, rule: Rule) -> Answer:
    of, outcome = sides(asked), asked.outcome
    value = looked_at(asked)[of.person]
    is_yes_no = outcome.estimator != "difference"
    if is_yes_no:
        value = np.where(np.isnan(value), np.nan, value > 0)
    if is_yes_no and rule.name in {EVENT, NO_EVENT}:
        value = np.where(np.isnan(value), float(rule.name == EVENT), value)
    is_there = np.isfinite(value)
    if is_there.all() or rule.name not in {FILLED, SHIFTED}:
        of, value = of.kept(is_there), value[is_there]
        found = by_value(outcome.estimator, value, of, asked.level)
        shares = shares_of(asked.names, value > 0, of.is_first) if is_yes_no else ()
        return _answer(asked, found, of, shares, ())
    seen = shares_of(asked.names, value[is_there] > 0, of.is_first[is_there])
    found = _moved(asked, value, of, rule)
    return _answer(asked, found, of, seen if is_yes_no else (), ())


def _moved(asked: Asked, value: np.ndarray, of: Sides, rule: Rule) -> Estimate:
    """Return the estimate with what is missing filled in, and moved if the rule says so."""
    estimator, level = asked.outcome.estimator, asked.level
    is_plain = not of.names and of.cluster is None
    if rule.shift and estimator == "risk_ratio":
        raise NoAnswerError("a ratio of risks is not moved by log odds")
    if rule.shift and estimator == "risk_difference":
        if not is_plain:
            raise NoAnswerError("shares of people who are alike are not moved by log odds")
        return risk_range(value, of.is_first, deltas=(rule.shift,), level=level).estimates[0]
    if rule.shift and is_plain:
        return mean_range(value, of.is_first, deltas=(rule.shift,), level=level).estimates[0]
    return by_filling(estimator, value, of, level, asked.seed, rule.shift)


def _taken(asked: Asked, _: Rule) -> Answer:
    of, outcome = sides(asked), asked.outcome
    name = outcome.settings.get("taken")
    if not isinstance(name, str):
        raise NoAnswerError("write settings = { taken = MEASURE }: who took what they were offered")
    value = looked_at(asked)[of.person]
    taken = at_week(asked.records, name, None)[of.person]
    is_there = np.isfinite(value)
    of = of.kept(is_there)
    found = by_compliers(value[is_there], np.nan_to_num(taken[is_there]), of, asked.level)
    return _answer(asked, found, of, (), ())


def _over_time(asked: Asked, _: Rule) -> Answer:
    of, outcome, seen = sides(asked), asked.outcome, asked.records.observations
    rows = values_of(seen, outcome.measure)
    place = np.full(asked.records.people, -1)
    place[of.person] = np.arange(len(of.person))
    at = place[seen.person[rows]]
    since = seen.day[rows] - drawn_on(asked.records)[seen.person[rows]]
    last = np.inf if outcome.at_week is None else 7 * outcome.at_week + 6
    # Where it was asked at the draw too, that is where people began, not what came of it.
    is_in = (at >= 0) & (since > 0) & (since <= last)
    at, value = at[is_in], seen.value[rows[is_in]]
    if not len(at):
        raise NoAnswerError("nobody answered after the draw")
    n = np.bincount(at, minlength=len(of.person))
    if of.cluster is None and len(at) <= MOST_MIXED:
        of_rows = np.hstack([of.is_first[:, None].astype(np.float64), of.covariates])[at]
        fit = mixed(value, of_rows, ("arm", *of.names), of.person[at], level=asked.level)
        return _answer(asked, fit.named("arm"), of.kept(n > 0), (), ())
    mean = np.bincount(at, value, minlength=len(of.person)) / np.maximum(n, 1)
    of, mean = of.kept(n > 0), mean[n > 0]
    why = (
        f"{len(at):,} answers would take a mixed model too long"
        if of.cluster is None
        else "a mixed model here takes people of one circle for independent, and the plan says that they are alike"
    )
    said = (
        f"{outcome.key}: {why}; instead each person's mean is compared, with errors that hold "
        "whatever answers of one person (or circle) share"
    )
    found = by_value("difference", mean, of, asked.level)
    return _answer(asked, found, of, (), (), (said,))


def _redrawn(asked: Asked, rule: Rule) -> Answer:
    found, of, said = by_redrawing(asked, rule.name, rule.shift)
    return _answer(asked, found, of, (), (), said)


def _exposed(asked: Asked, rule: Rule) -> Answer:
    found = by_exposure(asked, rule.name, rule.shift)
    key, n = asked.outcome.key, len(found.analysed)
    analysed = np.zeros(asked.records.people, np.bool_)
    analysed[found.analysed] = True
    effect = effect_of(key, "exposure", found.arms, found.effect, n)
    beside = tuple(
        (words, effect_of(key, "exposure", arms, one, n)) for words, arms, one in found.beside
    )
    return Answer(effect, (), (), analysed, found.notes, beside)


def _tied(asked: Asked, _: Rule) -> Answer:
    found, of, said = by_ties(asked)
    return _answer(asked, found, of, (), (), said)


def _unused(asked: Asked) -> tuple[str, ...]:
    """Return what the plan asks for that this estimator takes no notice of, each as a sentence."""
    key, estimator = asked.outcome.key, asked.outcome.estimator
    lost = ", ".join(asked.outcome.covariates)
    said = [f"{key}: {UNUSED[estimator]}, so {lost} of the plan is not adjusted for"] if estimator in UNUSED and lost else []  # fmt: skip
    if asked.is_clustered and estimator == "compliers":
        said.append(
            f"{key}: the effect on those who took it takes people of one circle for independent: its "
            "interval may be too narrow"
        )
    if asked.is_clustered and estimator == "log_rank":
        said.append(f"{key}: the p of log-rank takes people of one circle for independent")
    return tuple(said)


def _decided(asked: Asked, rule: Rule) -> Answer:
    fill = {EVENT: 1.0, NO_EVENT: 0.0}.get(rule.name)
    found, person, said = by_moments(asked, fill)
    analysed = np.zeros(asked.records.people, np.bool_)
    analysed[person] = True
    effect = effect_of(asked.outcome.key, asked.outcome.estimator, asked.names, found, len(person))
    return Answer(effect, (), (), analysed, said)


def _answer(
    asked: Asked, found: Estimate, of: Sides, shares: tuple[Share, ...],
    curves: tuple[ArmCurve, ...], said: tuple[str, ...] = (),
) -> Answer:  # fmt: skip
    analysed = np.zeros(asked.records.people, np.bool_)
    analysed[of.person] = True
    effect = effect_of(
        asked.outcome.key, asked.outcome.estimator, asked.names, found, len(of.person)
    )
    return Answer(effect, shares, curves, analysed, (*of.notes, *said))


_BY: Mapping[str, Callable[[Asked, Rule], Answer]] = {
    "cox": _events, "log_rank": _events, "recurrent": _again, "difference": _values,
    "risk_difference": _values, "risk_ratio": _values, "mixed": _over_time, "wcls": _decided,
    "emee": _decided, "compliers": _taken, "randomisation": _redrawn, "exposure": _exposed,
    "network": _tied,
}  # fmt: skip
