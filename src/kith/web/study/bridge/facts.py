"""What people may say of themselves when they join: so that groups are alike, and when it is lonely."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from typing import Final

from django.http import QueryDict
from django.utils.formats import time_format
from django.utils.translation import gettext as _

from kith.web.study.bridge.document import Plan

# A draw can be balanced by these.
KNOWN: Final = ("site", "age_band")
# Of a study that throws dice at moments: at which of its hours they are thrown for somebody.
LONELY: Final = "lonely_hours"
_NOT_SAID: Final = 0


@dataclass(frozen=True, slots=True)
class Fact:
    """One question, which nobody has to answer, and its answers, each with its words."""

    key: str
    asks: str
    answers: tuple[tuple[str, str], ...]
    is_many: bool = False


def facts_asked(plan: Plan) -> list[Fact]:
    """Return what is asked when people join: only what the draw needs, and only if it differs.

    The places are the regions of the study; where it has one or none, all are of one place.
    """
    needed = dict.fromkeys((*plan.strata, *plan.balance)) if plan.draws_people else {}
    found = [_fact(name, plan) for name in needed]
    if plan.draws_moments:
        found.append(_lonely(plan))
    return [one for one in found if len(one.answers) > 1]


def facts_said(plan: Plan, said: Mapping[str, str]) -> dict[str, str]:
    """Return what was said of what is asked; what is none of its answers is not said.

    Where there may be several, they stand one after the other in the order of the answers.
    """
    found = {}
    for one in facts_asked(plan):
        given = _given(said, one)
        if chosen := [value for value, _words in one.answers if value in given]:
            found[one.key] = " ".join(chosen)
    return found


def lonely_hours(plan: Plan, said: Mapping[str, str]) -> set[tuple[time, time]]:
    """Return at which windows of `plan` dice are thrown for somebody: at all, if they named none."""
    named = said.get(LONELY, "").split()
    windows = {words_of(window): window for window in plan.moments}
    return {windows[one] for one in named if one in windows} or set(windows.values())


def words_of(window: tuple[time, time]) -> str:
    """Return a window as a study.toml writes it."""
    return "-".join(f"{end:%H:%M}" for end in window)


def _given(said: Mapping[str, str], fact: Fact) -> set[str]:
    value = said.get(fact.key) or ""
    if not fact.is_many:
        return {value}
    several = said.getlist(fact.key) if isinstance(said, QueryDict) else [value]
    return {one for text in several for one in text.split()}


def _lonely(plan: Plan) -> Fact:
    answers = tuple(
        (words_of(window), " – ".join(time_format(end) for end in window))
        for window in plan.moments
    )
    return Fact(LONELY, _("Which hours are often lonely for you?"), answers, is_many=True)


def levels_of(names: tuple[str, ...], plan: Plan, said: Mapping[str, str]) -> tuple[int, ...]:
    """Return for each fact of `names` which answer was given, from 1 on; 0 if it was not said."""
    return tuple(_level(_fact(name, plan), said) for name in names)


def stratum_of(plan: Plan, said: Mapping[str, str]) -> int:
    """Return the number of the stratum in which somebody is drawn, from 0; one if there is but one."""
    found = 0
    for name, level in zip(plan.strata, levels_of(plan.strata, plan, said), strict=True):
        found = found * (len(_fact(name, plan).answers) + 1) + level
    return found


def _level(fact: Fact, said: Mapping[str, str]) -> int:
    values = [value for value, _words in fact.answers]
    value = said.get(fact.key)
    return values.index(value) + 1 if value in values else _NOT_SAID


def _fact(name: str, plan: Plan) -> Fact:
    if name == "age_band":
        return Fact(name, _("How old are you?"), tuple(_age_bands()))
    places = plan.regions if name == "site" and len(plan.regions) > 1 else ()
    return Fact(name, _("Where are you?"), tuple((place, place) for place in places))


def _age_bands() -> list[tuple[str, str]]:
    return [
        ("under 30", _("under 30")),
        ("30 to 44", _("30 to 44")),
        ("45 to 59", _("45 to 59")),
        ("60 or older", _("60 or older")),
    ]
