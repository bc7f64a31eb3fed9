"""The questions a study puts: those of a moment, and the longer ones, of the battery."""

from collections import defaultdict
from typing import Any, Final

from kith.web.study.bridge.document import Plan, Schedule
from kith.web.study.choices import MOMENT, MOMENT_ITEMS

# What kith knows by itself, or is brought in with the data: nobody is asked it.
_NOT_ASKED: Final = frozenset({"acts", "records"})
_KEY_MOST: Final = 40


def surveys_of(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """Return the questions that a study puts, by what it calls them, in their first version."""
    found = {survey_key(one): _items(one) for one in plan.measures if one.per_day}
    for key, schedules in longer_of(plan).items():
        items = [_of(one, item) for one in schedules for item in _items(one)]
        found[key] = items
    return {key: items for key, items in found.items() if items}


def longer_of(plan: Plan) -> dict[str, list[Schedule]]:
    """Return what is asked in the same weeks, together, so that people sit down once."""
    found: dict[tuple[int, tuple[int, ...]], list[Schedule]] = defaultdict(list)
    for one in plan.measures:
        if one.instrument not in _NOT_ASKED and not one.per_day:
            found[one.every_weeks, one.at_weeks].append(one)
    return {_longer_key(schedules): schedules for schedules in found.values()}


def survey_key(schedule: Schedule) -> str:
    """Return what the questions of a moment are called in rows; all begin alike."""
    return MOMENT if _is_moment(schedule) else f"{MOMENT}_{schedule.key}"[:_KEY_MOST]


def _longer_key(schedules: list[Schedule]) -> str:
    return "_".join(["weeks", *(one.key for one in schedules)])[:_KEY_MOST]


def _is_moment(schedule: Schedule) -> bool:
    return schedule.instrument.startswith(MOMENT)


def _items(schedule: Schedule) -> list[dict[str, Any]]:
    return [dict(item) for item in MOMENT_ITEMS] if _is_moment(schedule) else []


def _of(schedule: Schedule, item: dict[str, Any]) -> dict[str, Any]:
    return {**item, "key": f"{schedule.key}.{item['key']}"}
