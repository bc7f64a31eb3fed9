"""What is measured, and when people are asked."""

import re
from collections.abc import Iterator
from itertools import pairwise

from kith.core.measures import Instrument, all_instruments
from kith.core.study.checks.found import Found, different, one_of
from kith.core.study.plan import MeasurePlan, Schedule, StudyPlan
from kith.core.study.words import ACTS, KINDS, NOT_FREE, RECORDS

MOST_A_DAY = 5
# Six taps take about 20 seconds: what a momentary question may cost.
_MOST_TAPS = 6
_WINDOW = re.compile(r"([01]\d|2[0-3]):([0-5]\d)-([01]\d|2[0-4]):([0-5]\d)")


def measures(plan: StudyPlan) -> Iterator[Found]:
    """Find measures that cannot be measured, or would ask too much."""
    yield from different("measures", [measure.key for measure in plan.measures], "measure")
    for number, measure in enumerate(plan.measures):
        path = f"measures[{number}]"
        yield from _instrument(path, measure)
        if measure.asks not in {ACTS, RECORDS}:
            yield from _schedule(plan, path, measure)
    a_day = sum(measure.schedule.per_day for measure in plan.measures)
    if a_day > MOST_A_DAY:
        asked = [n for n, measure in enumerate(plan.measures) if measure.schedule.per_day]
        yield Found(
            f"measures[{asked[-1]}].schedule.per_day",
            f"People would be asked {a_day} times a day.",
            f"At most {MOST_A_DAY} check-ins a day, all measures together: nobody can do more for long.",
        )


def _instrument(path: str, measure: MeasurePlan) -> Iterator[Found]:
    at = f"{path}.instrument"
    if measure.asks.lower().replace("-", "_") in NOT_FREE:
        yield Found(
            at,
            f"{measure.asks} is not free to use, so that kith cannot hold it.",
            f"Use one of: {', '.join(all_instruments())}; or bring it in as 'records' under your licence.",
        )
    elif measure.asks in {ACTS, RECORDS}:
        yield from one_of(f"{path}.kind", measure.kind, KINDS, "what kind of value it has")
    else:
        known = [*all_instruments(), ACTS, RECORDS]
        yield from one_of(at, measure.asks, known, "an instrument")
    found = all_instruments().get(measure.asks)
    if found is not None and found.repeats == 1:
        scales = [scale.key for scale in found.scales]
        if measure.scale not in scales and ":" in measure.instrument:
            yield Found(
                at,
                f"{found.key} has no scale {measure.scale}.",
                f"Write one of: {', '.join(f'{found.key}:{scale}' for scale in scales)}.",
            )


def _schedule(plan: StudyPlan, path: str, measure: MeasurePlan) -> Iterator[Found]:
    schedule, at = measure.schedule, f"{path}.schedule"
    if not (schedule.every_weeks or schedule.at_weeks or schedule.per_day):
        how = "Write schedule = { at_weeks = [0, 12] }, or every_weeks, or per_day."
        yield Found(at, f"It is not said when {measure.key} is asked.", how)
    if schedule.every_weeks and (schedule.at_weeks or schedule.per_day):
        how = "Keep one of them: every_weeks, or at_weeks (with or without per_day)."
        yield Found(at, f"{measure.key} is asked by two schedules.", how)
    if (
        min((schedule.every_weeks, schedule.per_day, schedule.expires_minutes, *schedule.at_weeks))
        < 0
    ):
        yield Found(at, "A number of the schedule is below 0.", "Write 0 or more.")
    last = max((schedule.every_weeks, *schedule.at_weeks), default=0)
    if last > plan.study.weeks:
        yield Found(
            f"{at}.at_weeks" if schedule.at_weeks else f"{at}.every_weeks",
            f"{measure.key} is asked in week {last}, and the study ends with week {plan.study.weeks}.",
            "Ask it sooner, or write more weeks in [study].",
        )
    if schedule.per_day:
        yield from _momentary(at, measure)
    elif schedule.windows or schedule.expires_minutes:
        how = "Leave windows and expires_minutes out, or write per_day."
        yield Found(at, "Windows and expiry are of questions on a day.", how)


def _momentary(at: str, measure: MeasurePlan) -> Iterator[Found]:
    schedule, found = measure.schedule, all_instruments().get(measure.asks)
    if found is not None and _is_long(found):
        yield Found(
            f"{at}.per_day",
            f"{measure.asks} takes too long to be asked many times a day.",
            f"At most {_MOST_TAPS} taps, 20 seconds: use momentary, or ask it in some weeks.",
        )
    if len(schedule.windows) != schedule.per_day:
        yield Found(
            f"{at}.windows",
            f"{schedule.per_day} questions a day have {len(schedule.windows)} windows.",
            "Write one window for each, as windows = ['09:00-12:00', '17:00-20:00'].",
        )
    spans = [_span(window) for window in schedule.windows]
    for window, span in zip(schedule.windows, spans, strict=True):
        if span is None or span[0] >= span[1] or span[1] > 24 * 60:
            how = "Write hours of one day, the sooner first, as '09:00-12:00'."
            yield Found(f"{at}.windows", f"{window!r} is no window of a day.", how)
    yield from _expiry(at, schedule, sorted(span for span in spans if span))


def _is_long(found: Instrument) -> bool:
    return len(found.items) > _MOST_TAPS or found.repeats > 1


def _span(window: str) -> tuple[int, int] | None:
    found = _WINDOW.fullmatch(window)
    if found is None:
        return None
    hour, minute, until_hour, until_minute = map(int, found.groups())
    return hour * 60 + minute, until_hour * 60 + until_minute


def _expiry(at: str, schedule: Schedule, spans: list[tuple[int, int]]) -> Iterator[Found]:
    if any(later[0] < sooner[1] for sooner, later in pairwise(spans)):
        yield Found(f"{at}.windows", "Two windows overlap.", "Let one end before the next begins.")
    if schedule.expires_minutes == 0:
        how = "Write after how many minutes an answer no longer counts, as expires_minutes = 30."
        yield Found(f"{at}.expires_minutes", "A question would never expire.", how)
    gap = min((later[0] - sooner[1] for sooner, later in pairwise(spans)), default=24 * 60)
    if 0 <= gap < schedule.expires_minutes:
        yield Found(
            f"{at}.expires_minutes",
            f"A question may be open for {schedule.expires_minutes} minutes, and the next window "
            f"begins {gap} minutes after the last ends.",
            "Let questions expire sooner, or put the windows further apart: two at once are one too many.",
        )
