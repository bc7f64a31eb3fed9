"""A study.toml as the app needs it: what it asks of people, how it draws, what its arms switch."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from functools import lru_cache
from hashlib import sha256
from typing import Any, Final

from django.utils.translation import gettext as _

from kith.core import study as core
from kith.errors import RefusalError
from kith.web.study.choices import BRINGS_SOMEBODY, PROMPTS_A_DAY, Style, Unit
from kith.web.study.models import Study

_PLANS_KEPT: Final = 64


class UnreadableError(RefusalError):
    """A text is no study.toml."""


@dataclass(frozen=True, slots=True)
class Arm:
    """One of the ways that are compared, and which features it switches."""

    key: str
    name: str
    features: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Schedule:
    """When one thing is measured: so often a day within windows, or in certain weeks."""

    key: str
    instrument: str
    scale: str = "total"
    per_day: int = 0
    windows: tuple[tuple[time, time], ...] = ()
    expires_minutes: int = 0
    every_weeks: int = 0
    at_weeks: tuple[int, ...] = ()

    @property
    def is_in_some_weeks(self) -> bool:
        """Whether it is asked in some weeks only."""
        return bool(self.every_weeks or self.at_weeks)

    def weeks(self, until: int) -> list[int]:
        """Return in which weeks, up to `until`, it is asked: 0 is the one somebody joins in."""
        every = range(0, until + 1, self.every_weeks) if self.every_weeks else ()
        return sorted({*every, *(week for week in self.at_weeks if week <= until)})


@dataclass(frozen=True, slots=True)
class Plan:
    """A study.toml, as far as the app acts on it."""

    title: str
    question: str
    summary: str
    contact: str
    ethics: str
    arms: tuple[Arm, ...]
    unit: str
    mechanism: str
    block_sizes: tuple[int, ...]
    strata: tuple[str, ...]
    balance: tuple[str, ...]
    follow: float
    ratio: tuple[int, ...]
    probability: tuple[float, ...]
    regions: tuple[str, ...]
    measures: tuple[Schedule, ...]
    minimum_age: int
    weeks: int
    locked_hash: str

    def arm(self, key: str) -> Arm | None:
        """Return the arm called `key`."""
        return next((arm for arm in self.arms if arm.key == key), None)

    @property
    def draws_people(self) -> bool:
        """Whether an arm is drawn for each person."""
        return self.unit == Unit.PEOPLE and len(self.arms) > 1

    @property
    def draws_moments(self) -> bool:
        """Whether dice are thrown at each moment by itself."""
        return self.unit == Unit.DECISIONS

    @property
    def draws(self) -> bool:
        """Whether anything is drawn for whoever takes part."""
        return self.draws_people or self.draws_moments

    @property
    def brings(self) -> Style | None:
        """The one style of its arms that brings somebody in, if there is one."""
        found = (style_of(arm) for arm in self.arms)
        return next((style for style in found if style in BRINGS_SOMEBODY), None)

    @property
    def moments(self) -> tuple[tuple[time, time], ...]:
        """The hours of a day within which it asks, the first first."""
        windows = {window for one in self.measures if one.per_day for window in one.windows}
        return tuple(sorted(windows))

    @property
    def a_day(self) -> int:
        """How many check-ins a day it asks for at most."""
        return min(sum(one.per_day for one in self.measures), PROMPTS_A_DAY)


def style_of(arm: Arm | None) -> Style | None:
    """Return in what style something comes unasked in `arm`; None if nothing does."""
    said = arm.features.get("prompts") if arm else None
    return Style(said) if said in Style.values else None


def plan_of(study: Study) -> Plan:
    """Return the plan of a study."""
    return read(study.text)


def hash_of(study: Study) -> str:
    """Return the hash of all that a study says: of its document, and of what people read of it."""
    words = [study.happens, study.asks, study.hurts, study.sees, study.unknown]
    plan = plan_of(study)
    if not any(words):
        return plan.locked_hash
    return sha256("\n".join([plan.locked_hash, *words]).encode()).hexdigest()


@lru_cache(maxsize=_PLANS_KEPT)
def read(text: str) -> Plan:
    """Return what a study.toml says.

    Raises:
        UnreadableError: If it cannot be read; the text says on which line, and how to mend it.
    """
    try:
        return _plan(core.read(text))
    except core.MalformedStudyError as error:
        raise UnreadableError(str(error)) from error
    except ValueError as error:
        why = _("This is no study.toml that can be read: %(why)s.") % {"why": error}
        raise UnreadableError(why) from error


def waits(value: Any) -> int | None:
    """Return for how many weeks a feature that says so is kept back: 0 for all; None if it is not."""
    if value is False or value == "off":
        return 0
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    return None


def _plan(said: core.StudyPlan) -> Plan:
    drawn, arms = said.randomisation, tuple(Arm(a.key, a.name, a.features) for a in said.arms)
    return Plan(
        title=said.study.title,
        question=said.study.question,
        summary=said.study.summary,
        contact=said.study.contact,
        ethics=said.study.ethics,
        arms=arms,
        unit=drawn.unit or Unit.PEOPLE,
        mechanism=drawn.mechanism or "simple",
        block_sizes=tuple(drawn.block_sizes),
        strata=tuple(drawn.strata),
        balance=tuple(drawn.balance),
        follow=drawn.follow,
        ratio=tuple(drawn.ratio) or (1,) * len(arms),
        probability=tuple(drawn.probability),
        regions=tuple(said.population.regions),
        measures=tuple(_schedule(one) for one in said.measures),
        minimum_age=said.population.minimum_age,
        weeks=said.study.weeks,
        locked_hash=core.locked_hash(said),
    )


def _schedule(one: core.MeasurePlan) -> Schedule:
    when = one.schedule
    return Schedule(
        key=one.key,
        instrument=one.asks,
        scale=one.scale,
        per_day=when.per_day,
        windows=tuple(_window(window) for window in when.windows),
        expires_minutes=when.expires_minutes,
        every_weeks=when.every_weeks,
        at_weeks=tuple(when.at_weeks),
    )


def _window(said: str) -> tuple[time, time]:
    begins, ends = (time.fromisoformat(end.strip()) for end in said.split("-"))
    return begins, ends
