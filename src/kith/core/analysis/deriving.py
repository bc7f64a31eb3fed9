"""Events out of what was observed, under a rule for what was not."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from kith.core.records import End, Help, Missing, Observations, StudyRecords
from kith.errors import InvalidInputError, NoAnswerError

EVENT, NO_EVENT, LEFT_OUT = "missing_is_event", "missing_is_no_event", "complete_cases"
RUN_RULES: Mapping[str, str] = {
    EVENT: "a missing sample counts as use",
    NO_EVENT: "a missing sample counts as no use",
    LEFT_OUT: "weeks without a sample are left out",
}


@dataclass(frozen=True, slots=True)
class Runs:
    """An event is a run of bad periods, or of bad days.

    Args:
        measure: Asked once a period; 1 is bad. A period without it is missing, unless `also` makes
            it bad.
        also: A day of this makes its period bad, and a run of such days is an event; empty: none.
        periods: Bad periods in a row that make an event; 0 for none.
        first_period: The first that counts, from 1; period 1 begins the day after the draw.
        days: Bad days in a row that make an event; 0 for none.
        first_day: The first that counts, in days since the draw.
        last_day: The last that is looked at.
        period_days: How long a period is.
    """

    measure: str
    also: str = ""
    periods: int = 4
    first_period: int = 1
    days: int = 0
    first_day: int = 1
    last_day: int = 168
    period_days: int = 7

    @classmethod
    def of(cls, measure: str, settings: Mapping[str, object], *, last_day: int) -> "Runs":
        """Return the runs that an outcome's settings ask for.

        Raises:
            InvalidInputError: If a number is none, or `also` is no word.
        """
        numbers = {}
        for name in ("periods", "first_period", "days", "first_day", "period_days"):
            value = settings.get(name, getattr(cls(measure), name))
            if not isinstance(value, int) or isinstance(value, bool) or value < 0:
                raise InvalidInputError(f"{name} must be a whole number from 0 on, got {value!r}")
            numbers[name] = value
        also, last = settings.get("also", ""), settings.get("last_day", last_day)
        if not isinstance(also, str):
            raise InvalidInputError(f"also must be the key of a measure, got {also!r}")
        if not isinstance(last, int) or isinstance(last, bool):
            raise InvalidInputError(f"last_day must be a whole number, got {last!r}")
        return cls(measure, also, last_day=last, **numbers)


@dataclass(frozen=True, slots=True)
class Survival:
    """When each person of `person` had the event or was last followed, in days since the draw."""

    person: np.ndarray
    time: np.ndarray
    event: np.ndarray


def drawn_on(records: StudyRecords) -> np.ndarray:
    """Return on which day each person was first drawn; nan for those who were not."""
    day = np.full(records.people, np.nan)
    order = np.argsort(-records.assignments.day, kind="stable")
    day[records.assignments.person[order]] = records.assignments.day[order]
    return day


def values_of(observations: Observations, name: str) -> np.ndarray:
    """Return the rows in which a measure has a value.

    Raises:
        InvalidInputError: If the records have no such measure.
    """
    names = [measure.name for measure in observations.measures]
    if name not in names:
        raise InvalidInputError(f"the records have no measure {name!r}; they have: {names}")
    is_it = observations.measure == names.index(name)
    return np.flatnonzero(is_it & (observations.missing == Missing.THERE_IS_ONE))


def first_run(is_bad: np.ndarray, length: int) -> np.ndarray:
    """Return where in each row the first run of `length` begins, or -1.

    A window of `length` is full where the running sum over it is `length`.
    """
    if length < 1 or is_bad.shape[1] < length:
        return np.full(len(is_bad), -1)
    total = np.cumsum(np.pad(is_bad.astype(np.int64), ((0, 0), (1, 0))), axis=1)
    is_full: np.ndarray = total[:, length:] - total[:, :-length] == length
    return np.where(is_full.any(axis=1), is_full.argmax(axis=1), -1)


def by_runs(records: StudyRecords, asked: Runs, rule: str) -> Survival:
    """Return when each person who was drawn had their first run.

    It comes on the first day of the run, that of periods or of days, whichever is sooner. Under
    `complete_cases` missing periods are taken out, and what is left stands in a row.

    Raises:
        InvalidInputError: If the rule is none of RUN_RULES, or there is no such measure.
    """
    if rule not in RUN_RULES:
        raise InvalidInputError(f"rule must be one of {list(RUN_RULES)}, got {rule!r}")
    start = drawn_on(records)
    person = np.flatnonzero(np.isfinite(start))
    bad_day, _ = _by_day(records, asked.also, start, asked.last_day)
    bad, seen = _by_day(records, asked.measure, start, asked.last_day)
    bad_period = _by_period(bad | bad_day, asked)
    is_missing = ~_by_period(seen | bad_day, asked)
    if rule == EVENT:
        bad_period |= is_missing
    first = np.full(records.people, np.inf)
    began = _began(bad_period, is_missing if rule == LEFT_OUT else None, asked.periods)
    has = began >= 0
    opens = (asked.first_period - 1) * asked.period_days + 1
    first[has] = opens + began[has] * asked.period_days
    day_run = first_run(bad_day[:, asked.first_day :], asked.days)
    has = day_run >= 0
    first[has] = np.minimum(first[has], asked.first_day + day_run[has])
    event = np.isfinite(first)
    return Survival(person, np.where(event, first, asked.last_day)[person], event[person])


def _by_day(
    records: StudyRecords, name: str, start: np.ndarray, last: int
) -> tuple[np.ndarray, np.ndarray]:
    """Return on which days since the draw a measure was 1, and on which it was observed at all."""
    bad = np.zeros((records.people, last + 1), np.bool_)
    seen = np.zeros_like(bad)
    if not name:
        return bad, seen
    seen_of = records.observations
    rows = values_of(seen_of, name)
    who = seen_of.person[rows]
    since = np.floor(seen_of.day[rows] - start[who])
    is_in: np.ndarray = (since >= 0) & (since <= last)
    who, day, value = who[is_in], since[is_in].astype(np.int64), seen_of.value[rows][is_in]
    seen[who, day] = True
    bad[who[value > 0], day[value > 0]] = True
    return bad, seen


def _by_period(by_day: np.ndarray, asked: Runs) -> np.ndarray:
    """Return for each whole period that counts whether any of its days is marked."""
    whole = (by_day.shape[1] - 1) // asked.period_days
    days = by_day[:, 1 : whole * asked.period_days + 1]
    periods = np.asarray(days.reshape(len(by_day), whole, asked.period_days).any(axis=2))
    return periods[:, asked.first_period - 1 :]


def _began(is_bad: np.ndarray, is_left_out: np.ndarray | None, length: int) -> np.ndarray:
    if is_left_out is None:
        return first_run(is_bad, length)
    # What is kept comes first in each row, in its order.
    order = np.argsort(is_left_out, axis=1, kind="stable")
    kept = np.take_along_axis(is_bad & ~is_left_out, order, axis=1)
    at = first_run(kept, length)
    where = np.take_along_axis(order, np.maximum(at, 0)[:, None], axis=1)[:, 0]
    return np.where(at >= 0, where, -1)


def by_event(records: StudyRecords, name: str, rule: str, last_day: float) -> Survival:
    """Return when each person who was drawn first had an event of a measure, or stopped being followed.

    Who is lost, left or took consent back is censored then; under `missing_is_event` that counts as
    the event, and under `missing_is_no_event` they are followed to `last_day` without one.
    """
    start, ends = drawn_on(records), np.full(records.people, np.nan)
    why = np.full(records.people, int(End.STUDY_ENDED))
    ends[records.follow_up.person] = records.follow_up.ends
    why[records.follow_up.person] = records.follow_up.why
    person_of, day = events_of(records, name)
    first = np.full(records.people, np.inf)
    np.minimum.at(first, person_of, day)
    person = np.flatnonzero(np.isfinite(start) & np.isfinite(ends))
    event = (first <= ends)[person]
    time = np.where(event, first[person], ends[person]) - start[person]
    is_lost = ~event & np.isin(why[person], (End.LEFT, End.REVOKED, End.LOST))
    if rule == EVENT:
        event |= is_lost
    if rule == NO_EVENT:
        time = np.where(is_lost, np.maximum(time, last_day), time)
    return Survival(person, time, event)


def events_of(records: StudyRecords, name: str) -> tuple[np.ndarray, np.ndarray]:
    """Return who had each event of a measure, and on which day."""
    rows = values_of(records.observations, name)
    rows = rows[records.observations.value[rows] > 0]
    return records.observations.person[rows].astype(np.int64), records.observations.day[rows]


def acts_of(records: StudyRecords, which: str, week: int | None) -> np.ndarray:
    """Return how many acts each person had after their draw, up to the end of a week.

    Args:
        records: With acts.
        which: "all" for those in which they were together with somebody, "gave" or "received" for
            those in which help went that way.
        week: Since the draw; None for all that there is.

    Raises:
        InvalidInputError: If `which` is none of these.
        NoAnswerError: If the records have no acts.
    """
    log = records.acts
    if not len(log.actor):
        raise NoAnswerError("the records have no acts")
    gave = np.isin(log.help, (Help.GIVEN, Help.BOTH)), np.isin(log.help, (Help.RECEIVED, Help.BOTH))
    ends = {"all": (log.actor >= 0, log.other >= 0), "gave": gave, "received": gave[::-1]}
    if which not in ends:
        raise InvalidInputError(f"acts must be one of {list(ends)}, got {which!r}")
    start = drawn_on(records)
    count = np.zeros(records.people)
    for who, is_it in zip((log.actor, log.other), ends[which], strict=True):
        since = log.day - start[who]
        counts = is_it & (since > 0) & (since <= (np.inf if week is None else 7 * week + 6))
        count += np.bincount(who[counts], minlength=records.people)
    return np.where(np.isfinite(start), count, np.nan)


def at_week(
    records: StudyRecords, name: str, week: int | None, after: float = -np.inf
) -> np.ndarray:
    """Return each person's last value up to the end of a week since the draw; nan if there is none.

    Values up to day `after` since the draw are another week's, and stand for nothing here.
    """
    start = drawn_on(records)
    seen = records.observations
    rows = values_of(seen, name)
    since = seen.day[rows] - start[seen.person[rows]]
    rows = rows[(since > after) & (since <= (np.inf if week is None else 7 * week + 6))]
    value = np.full(records.people, np.nan)
    days = seen.day[rows]
    if (np.diff(days) < 0).any():
        rows = rows[np.argsort(days, kind="stable")]
    value[seen.person[rows]] = seen.value[rows]
    return value
