"""A study of a simulated town, from its lock to what anybody may read of it."""

import math
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from importlib.resources import files
from random import Random
from typing import TYPE_CHECKING, Final
from zoneinfo import ZoneInfo

from django.utils import timezone

from kith.errors import RefusalError
from kith.lab.living import Year
from kith.project.town.people import ZONE
from kith.project.town.sizes import Beside
from kith.web.people.models import Person
from kith.web.study import access, actions, bridge
from kith.web.study.choices import LONGER_WAIT
from kith.web.study.models import Consent, Prompt, Study, Survey

if TYPE_CHECKING:
    from kith.lab.publishing import Written

# Days of the year: when it was locked, and in how many days people joined.
LOCKED: Final = 90
_JOIN_WITHIN: Final = 14
_DAYS: Final = 84 + LONGER_WAIT.days + 1
# Of those who may: who joins; and of those asked, who sees it and answers.
_JOINS, _ANSWERS = 0.75, 0.85
_AFTER: Final = timedelta(minutes=2)
_IN_THE_MORNING: Final = timedelta(hours=9)
# Items go from 1 to 3. What a model calls no company at all is about "often"; the spread is made up.
_STEPS, _SPREAD, _BETWEEN = 2.6, 0.45, 0.35
_SALT_BITS: Final = 128


def begin_study(*, seed: int, at: datetime) -> Study:
    """Return the study, locked; its dice are of the town's seed, so that it comes out again."""
    text = files("kith.project.town").joinpath("study.toml").read_text("utf-8")
    study = actions.lock(study=actions.put_in(text=text), at=at)
    dice = Random(f"{seed} study")  # noqa: S311 - it is promised to nobody real
    drawn, salt = dice.getrandbits(62), f"{dice.getrandbits(_SALT_BITS):032x}"
    study.seed, study.salt = str(drawn), salt
    study.commitment = bridge.commitment(drawn, salt)
    study.save(update_fields=["seed", "salt", "commitment"])
    return study


def join_all(
    study: Study, year: Year, people: Sequence[Person], *, first: date, seed: int
) -> dict[int, Consent]:
    """Let those join who would, as anybody joins; return what they said yes to, by their number."""
    dice = Random(f"{seed} joins")  # noqa: S311
    found = {}
    for number, person in enumerate(people):
        would, day, hour = dice.random() < _JOINS, dice.randrange(_JOIN_WITHIN), dice.randint(9, 20)
        if would and year.joins[number] <= LOCKED:
            at = _moment(first + timedelta(days=LOCKED + 1 + day), hour)
            found[number] = actions.join(
                person=person,
                study=study,
                said=actions.Said(answers=True, draw=True, ties=True, share=number % 3 > 0),
                told=actions.Told(is_old_enough=True),
                at=at,
            )
    return found


def write_answers(study: Study, year: Year, consents: dict[int, Consent], *, seed: int) -> None:
    """Write in bulk what `plan_day`, `deliver`, `see` and `answer` would write, one by one."""
    Prompt.objects.bulk_create(prompts_of(study, year, consents, seed=seed), batch_size=500)


def prompts_of(
    study: Study, year: Year, consents: dict[int, Consent], *, seed: int
) -> Iterator[Prompt]:
    """Yield each time that somebody was asked, and what they said; not written yet."""
    arm_of = {one.person_id: one.arm for one in access.assignments_in(study, [c.person_id for c in consents.values()])}  # fmt: skip
    plan = bridge.plan_of(study)
    for key, schedules in bridge.longer_of(plan).items():
        survey = access.survey_of(study, key)
        if survey is None:
            continue
        for number, consent in consents.items():
            arm = int(arm_of[consent.person_id] != plan.arms[0].key)
            dice = Random(f"{seed} answers {number}")  # noqa: S311
            tends = dice.gauss(0, _BETWEEN)
            for look, week in enumerate(schedules[0].weeks(plan.weeks)):
                lonely = float(year.lonely[arm, look, number]) * _STEPS + tends
                yield _prompt(consent, survey, week=week, said=_said(survey, lonely, dice))


def _said(survey: Survey, lonely: float, dice: Random) -> dict[str, int] | None:
    """Return an answer to each question; None if they let it pass."""
    said = {
        item["key"]: 1 + min(max(math.floor(lonely + dice.gauss(0, _SPREAD) + 0.5), 0), 2)
        for item in survey.items
    }
    return said if dice.random() < _ANSWERS else None


def _prompt(consent: Consent, survey: Survey, *, week: int, said: dict[str, int] | None) -> Prompt:
    begins = consent.said_at + timedelta(weeks=week)
    came = _looked_at(begins) if week else begins + _AFTER
    answered = came + (_IN_THE_MORNING if week else _AFTER)
    return Prompt(
        study_id=consent.study_id,
        person_id=consent.person_id,
        survey=survey,
        intended_at=begins,
        expires_at=begins + LONGER_WAIT,
        delivered_at=came,
        shown_at=None if said is None else answered,
        answered_at=None if said is None else answered,
        came_at=None if said is None else answered,
        answers=said,
    )


def _looked_at(begins: datetime) -> datetime:
    """Return when kith first looks after `begins`: days are planned once, as they begin."""
    here = begins.astimezone(timezone.get_default_timezone())
    return datetime.combine(here.date() + timedelta(days=1), time(), here.tzinfo) + _AFTER


def end_study(study: Study, *, first: date) -> Study:
    """Close the study; return it."""
    ended = first + timedelta(days=LOCKED + _JOIN_WITHIN + _DAYS)
    return actions.close(study=study, at=_moment(ended, 12))


def begin_report(study: Study, beside: Beside, *, seed: int) -> "Callable[[], Written]":
    """Begin to analyse the study by its locked plan; return what waits for its report."""
    return beside.report(study.text, bridge.lock_text(study), bridge.records(study), seed)


def publish(study: Study, waited: "Callable[[], Written]") -> None:
    """Show the report to everybody here.

    Nothing is shown of a study of so few that it would be about persons, as anywhere.
    """
    try:
        body = waited().body
    except RefusalError:
        return
    at = (study.closed_at or study.made_at) + timedelta(days=7)
    actions.publish(study=study, body=body, at=at)


def _moment(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), ZoneInfo(ZONE))
