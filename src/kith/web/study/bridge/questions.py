"""The questions a study puts: those of a moment, and the longer ones, of the battery."""

from collections import defaultdict
from typing import Any, Final

from kith.core.measures import Instrument, Item, instrument
from kith.web.study.bridge.document import Plan, Schedule
from kith.web.study.choices import MOMENT

# What kith knows by itself, or is brought in with the data: nobody is asked it here.
_NOT_ASKED: Final = frozenset({"acts", "records"})
_KEY_MOST: Final = 40
# A line of at most so many steps is shown step by step; a longer one in as many parts.
_STEPS_MOST: Final = 11


def surveys_of(plan: Plan) -> dict[str, list[dict[str, Any]]]:
    """Return the questions that a study puts, by what it calls them, in their first version."""
    found = {survey_key(one): _items(one) for one in plan.measures if one.per_day}
    for key, schedules in longer_of(plan).items():
        found[key] = [item for one in schedules for item in _items(one)]
    return {key: items for key, items in found.items() if items}


def longer_of(plan: Plan) -> dict[str, list[Schedule]]:
    """Return what is asked in the same weeks, together, so that people sit down once."""
    found: dict[tuple[int, tuple[int, ...]], list[Schedule]] = defaultdict(list)
    for one in plan.measures:
        if one.instrument not in _NOT_ASKED and not one.per_day:
            found[one.every_weeks, one.at_weeks].append(one)
    return {_longer_key(schedules): schedules for schedules in found.values()}


def survey_key(schedule: Schedule) -> str:
    """Return what the questions of a moment are called in rows."""
    return f"{MOMENT}_{schedule.key}"[:_KEY_MOST]


def _longer_key(schedules: list[Schedule]) -> str:
    return "_".join(["weeks", *(one.key for one in schedules)])[:_KEY_MOST]


def _items(schedule: Schedule) -> list[dict[str, Any]]:
    if schedule.instrument in _NOT_ASKED:
        return []
    asked = instrument(schedule.instrument)
    # Of each of somebody's people: that needs a page of its own.
    return [] if asked.repeats > 1 else [_asked(schedule, asked, item) for item in asked.items]


def _asked(schedule: Schedule, asked: Instrument, item: Item) -> dict[str, Any]:
    """Return a question as rows keep it: what it asks, and each answer with its value."""
    is_first = item is asked.items[0]
    return {
        "key": f"{schedule.key}_{item.key}",
        "measure": schedule.key,
        "instrument": asked.key,
        "item": item.key,
        "scale": schedule.scale,
        "intro": asked.intro if is_first and not schedule.per_day else "",
        "asks": item.text,
        "answers": [[answer.value, answer.words] for answer in item.answers] or _steps(item),
        "ends": list(item.ends),
    }


def _steps(item: Item) -> list[list[Any]]:
    """Return the steps of a line; in tens, if it has a hundred."""
    least, most = int(item.least), int(item.most)
    width = max((most - least) // (_STEPS_MOST - 1), 1)
    return [[value, str(value)] for value in range(least, most + 1, width)]
