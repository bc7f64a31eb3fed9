"""What was said, as measures of the core: each question, and what its instrument comes to."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Any

from kith.core.measures import TOTAL, Instrument, instrument, score
from kith.core.records import Measure, Missing
from kith.web.study.models import Prompt, Survey

Value = tuple[str, float, int]
_NONE = float("nan")


def values_of(prompt: Prompt) -> list[Value]:
    """Return each value of one time somebody was asked: its measure, itself, and why there is none."""
    found = []
    for items in _by_instrument(prompt.survey):
        said = {item["key"]: _said(prompt, item) for item in items}
        found += [(name_of(item), *_as_value(said[item["key"]])) for item in items]
        found += _scores(items, said)
    return found


def measures_of(surveys: Iterable[Survey]) -> list[Measure]:
    """Return all that can have a value: of questions whose answers were changed, the wider range."""
    found: dict[str, Measure] = {}
    seen = {survey.pk: survey for survey in surveys}
    for survey in sorted(seen.values(), key=lambda one: (one.key, one.version)):
        for items in _by_instrument(survey):
            for measure in _measures(items):
                found[measure.name] = _wider(found.get(measure.name), measure)
    return list(found.values())


def name_of(item: dict[str, Any]) -> str:
    """Return what the records call a question: letters, digits and underscores."""
    return "".join(letter if letter.isalnum() else "_" for letter in item["key"])


def _by_instrument(survey: Survey) -> list[list[dict[str, Any]]]:
    return [list(items) for _, items in groupby(survey.items, lambda one: one.get("measure", ""))]


def _said(prompt: Prompt, item: dict[str, Any]) -> float | Missing:
    if prompt.answered_at is None and prompt.answers is None:
        return Missing.EXPIRED if prompt.delivered_at else Missing.NOT_REACHED
    value: Any = (prompt.answers or {}).get(item["key"])
    is_one = value in {value for value, _ in item["answers"]}
    return float(value) if is_one else Missing.PASSED


def _as_value(said: float | Missing) -> tuple[float, int]:
    if isinstance(said, Missing):
        return _NONE, int(said)
    return said, int(Missing.THERE_IS_ONE)


def _scores(items: list[dict[str, Any]], said: dict[str, float | Missing]) -> Iterator[Value]:
    asked = _instrument_of(items)
    if asked is None:
        return
    answers = {item["item"]: said[item["key"]] for item in items}
    for scale, name in _scales(asked, items):
        yield (name, *_as_value(score(asked, answers, scale)))


def _scales(asked: Instrument, items: list[dict[str, Any]]) -> list[tuple[str, str]]:
    """Return the scales of an instrument that are more than one of its questions, and their names."""
    called, keys = items[0]["measure"], {item.key for item in asked.items}
    # What the plan calls by the name of the measure; else what the instrument comes to.
    meant = items[0].get("scale", TOTAL)
    return [
        (scale.key, called if scale.key == meant else f"{called}_{scale.key}")
        for scale in asked.scales
        if scale.key == meant or scale.key not in keys
    ]


def _instrument_of(items: list[dict[str, Any]]) -> Instrument | None:
    """Return the instrument of these questions, if they are still as it has them."""
    if not all("item" in item for item in items):
        return None
    asked = instrument(items[0]["instrument"])
    known = {item.key: item for item in asked.items}
    fits = all(
        item["item"] in known
        and all(known[item["item"]].least <= v <= known[item["item"]].most for v, _ in item["answers"])
        for item in items
    )  # fmt: skip
    return asked if fits else None


def _measures(items: list[dict[str, Any]]) -> Iterator[Measure]:
    for item in items:
        values = [value for value, _ in item["answers"]]
        words = tuple(word for _, word in item["answers"])
        is_counted = values == list(range(len(values))) and not item.get("ends")
        name = name_of(item)
        yield Measure(name, words=words) if is_counted else Measure(name, least=float(values[0]), most=float(values[-1]))  # fmt: skip
    asked = _instrument_of(items)
    if asked is None:
        return
    for scale, name in _scales(asked, items):
        least, most = asked.range_of(scale)
        yield Measure(name, least=least, most=most)


def _wider(before: Measure | None, now: Measure) -> Measure:
    if before is None or before == now:
        return now
    if before.words and now.words:
        return Measure(now.name, words=now.words + before.words[len(now.words) :])
    return Measure(now.name, least=min(before.least, now.least), most=max(before.most, now.most))
