"""Studies and people in them, as few lines as a test needs."""

from datetime import UTC, datetime, timedelta

from django.utils import timezone
from tests.web.circles.making import longtime

from kith.web.people.models import Person
from kith.web.study import access, actions
from kith.web.study.actions import Said
from kith.web.study.models import Prompt, Study, Suggestion

TEXT = """
[study]
title = "The Millbrook circles study"
question = "Do circles help people more than a list of gatherings does?"
summary = "You join a circle now, or in twelve weeks. Until then you have everything else."
contact = "Ring Ines, who is not paid by the study: 555 0142"
ethics = "MB-2026-014"
weeks = 12

[population]
who = "Adults who use kith."
minimum_age = 18

[[arms]]
key = "listing"
name = "A circle in twelve weeks"
features = { circle = 12 }

[[arms]]
key = "circle"
name = "A circle now"
features = { circle = true }

[randomisation]
unit = "people"
mechanism = "blocked"
block_sizes = [4, 6]

[[measures]]
key = "now"
instrument = "right_now"
schedule = { per_day = 2, windows = ["09:00-12:00", "17:00-21:00"], expires_minutes = 60 }

[[measures]]
key = "lonely"
instrument = "ucla3"
schedule = { at_weeks = [12] }

[[outcomes]]
key = "lonely_at_12"
measure = "lonely"
role = "primary"
estimator = "difference"
contrast = ["circle", "listing"]
at_week = 12
direction = "lower"
settings = { cluster = true }

[analysis]
missing = { rule = "multiple_imputation", range = [-1.0, 1.0] }

[power]
people = 400
effect = -1.0
sd = 2.0
loss = 0.14
target = 0.8

[stopping]
harm = "Any death or overdose that the board thinks the study had part in."
"""
ALL = Said(answers=True, draw=True, ties=True, share=True)
RIGHT = {"checked": "yes", "no": "nothing", "who": "researchers", "coin": "coin"}
ANSWERS = {"now_close": 3, "now_pull": 1, "now_restless": 2, "now_around": 3}


def draft(text: str = TEXT) -> Study:
    """Return a study that is being written."""
    return actions.put_in(text=text)


def locked(text: str = TEXT, *, at: datetime | None = None) -> Study:
    """Return a study that people may join."""
    return actions.lock(study=draft(text), at=at or timezone.now())


def joined(
    study: Study, called: str = "Ada", *, said: Said = ALL, at: datetime | None = None, **more
):
    """Return somebody who takes part in `study`."""
    person = longtime(called)
    actions.join(person=person, study=study, said=said, at=at or timezone.now(), **more)
    return person


def asked(study: Study, person: Person, *, at: datetime | None = None, **more) -> Prompt:
    """Return a check-in that `person` can answer from `at` on, for an hour."""
    at = at or timezone.now()
    survey = access.survey_of(study, "moment_now")
    told = {"intended_at": at, "expires_at": at + timedelta(hours=1), **more}
    return Prompt.objects.create(study=study, person=person, survey=survey, **told)


def answered(study: Study, person: Person, **answers: int) -> Prompt:
    """Return a check-in that `person` answered."""
    now = timezone.now()
    prompt = asked(study, person, at=now)
    return actions.answer(prompt=prompt, answers=answers or ANSWERS, at=now, now=now)


def suggested(study: Study, person: Person, **more) -> Suggestion:
    """Return what was suggested to `person` a minute ago, and stands for an hour."""
    at = timezone.now() - timedelta(minutes=1)
    told = {
        "style": "invitation",
        "at": at,
        "told_at": at,
        "until": at + timedelta(hours=1),
        **more,
    }
    return Suggestion.objects.create(study=study, person=person, **told)


def day(hour: int, *, after: int = 0) -> datetime:
    """Return an hour of a Tuesday, or of so many days after it."""
    return datetime(2026, 12, 1, hour, tzinfo=UTC) + timedelta(days=after)
