"""The records of a study, from rows: of those only who let their answers be used, now."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any, Final
from uuid import UUID

import numpy as np
from django.utils import timezone

from kith.core.records import (
    NOBODY,
    NONE,
    Act,
    ActLog,
    Assignments,
    Chairs,
    Decisions,
    End,
    FollowUp,
    Help,
    Mode,
    Observations,
    Prompts,
    StudyRecords,
)
from kith.web.acts import choices as acts_choices
from kith.web.acts import queries as acts
from kith.web.circles import access as circles
from kith.web.study import access
from kith.web.study.bridge.document import plan_of
from kith.web.study.bridge.scoring import measures_of, values_of
from kith.web.study.models import Assignment, Consent, Decision, Prompt, Study

_DAY: Final = timedelta(days=1)
_MODES: Final = {
    acts_choices.Mode.IN_PERSON: Mode.IN_PERSON,
    acts_choices.Mode.VIDEO: Mode.VIDEO,
    acts_choices.Mode.VOICE: Mode.VOICE,
    acts_choices.Mode.TEXT: Mode.TEXT,
}
_HELPS: Final = {
    acts_choices.Help.NONE: Help.NONE,
    acts_choices.Help.GIVEN: Help.GIVEN,
    acts_choices.Help.RECEIVED: Help.RECEIVED,
    acts_choices.Help.BOTH: Help.BOTH,
}


@dataclass(frozen=True, slots=True)
class _Frame:
    """Who is which number, and from when days are counted."""

    numbers: dict[UUID, int]
    epoch: datetime

    @property
    def people(self) -> int:
        return len(self.numbers)

    def day(self, at: datetime | None) -> float:
        return float("nan") if at is None else (at - self.epoch) / _DAY

    def of(self, keys: Iterable[UUID]) -> Any:
        return np.array([self.numbers[key] for key in keys], np.int32)

    def days(self, moments: Iterable[datetime | None]) -> Any:
        return np.array([self.day(at) for at in moments], np.float64)


def records(study: Study, *, share_only: bool = False) -> StudyRecords:
    """Return all that `study` knows of those who let it use their answers, as things stand.

    Whoever took it back is not in it; nor, with `share_only`, is who did not say that it may be
    shared. An act is in it only if both let whom they met be counted, and a chair in a circle only
    of whoever let it. Days are counted from the day the study was locked.
    """
    consents = [one for one in access.used_in(study) if one.share or not share_only]
    frame = _Frame(
        {one.person_id: number for number, one in enumerate(consents)},
        study.locked_at or study.made_at,
    )
    decisions = list(access.decisions_in(study, frame.numbers))
    prompts = list(access.prompts_in(study, frame.numbers))
    return StudyRecords(
        people=frame.people,
        acts=_acts(frame, [one for one in consents if one.ties]),
        assignments=_assignments(study, frame, list(access.assignments_in(study, frame.numbers))),
        decisions=_decisions(frame, decisions),
        prompts=_prompts(frame, prompts, decisions),
        observations=_observations(frame, prompts),
        follow_up=_follow_up(study, frame, consents),
        chairs=_chairs(frame, [one for one in consents if one.ties]),
    )


def _acts(frame: _Frame, consents: Sequence[Consent]) -> ActLog:
    since = {one.person_id: one.said_at for one in consents}
    found: Any = acts.acts_among(since, since=frame.epoch.date()) if since else []
    return ActLog.of(
        (
            Act(
                day=float((act.on - frame.epoch.date()).days),
                actor=frame.numbers[act.actor_id],
                other=frame.numbers[act.other_id],
                mode=_MODES[acts_choices.Mode(act.mode)],
                minutes=act.minutes,
                help=_HELPS[acts_choices.Help(act.help)],
            )
            for act in found
            # What was before somebody said yes is not the study's.
            if act.on >= max(since[act.actor_id], since[act.other_id]).date()
        ),
        frame.people,
    )


def _chairs(frame: _Frame, consents: Sequence[Consent]) -> Chairs:
    """Return from when to when they sat in which circle: nothing from before they said yes."""
    since = {one.person_id: one.said_at for one in consents}
    rows = [
        (
            row,
            max(_midnight(row.since), since[row.person_id]),
            _last(row.left_on, row.circle.closed_on),
        )
        for row in circles.chairs_ever(since)
        if row.since is not None
    ]
    rows = [(row, starts, ends) for row, starts, ends in rows if ends is None or starts < ends]
    # A number of its own in each set of records: it leads back to no row.
    number = {
        circle: n for n, circle in enumerate(dict.fromkeys(row.circle_id for row, *_ in rows))
    }
    return Chairs(
        people=frame.people,
        person=frame.of(row.person_id for row, *_ in rows),
        circle=np.array([number[row.circle_id] for row, *_ in rows], np.int32),
        starts=frame.days(starts for _, starts, _ in rows),
        ends=frame.days(ends for *_, ends in rows),
    )


def _last(*days: date | None) -> datetime | None:
    """Return the end of the first of these days; None if there is none of them."""
    known = [day for day in days if day is not None]
    return _midnight(min(known)) + _DAY if known else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_default_timezone())


def _assignments(study: Study, frame: _Frame, rows: Sequence[Assignment]) -> Assignments:
    arms = [arm.key for arm in plan_of(study).arms]
    return Assignments(
        people=frame.people,
        arms=tuple(arms),
        person=frame.of(row.person_id for row in rows),
        arm=np.array([arms.index(row.arm) for row in rows], np.int16),
        day=frame.days(row.drawn_at for row in rows),
        probability=np.array([row.probability for row in rows], np.float64),
        stratum=np.array([row.stratum for row in rows], np.int32),
        cluster=np.full(len(rows), NONE, np.int32),
    )


def _decisions(frame: _Frame, rows: Sequence[Decision]) -> Decisions:
    # A helper who is not of the study is nobody in its records.
    helpers = [
        frame.numbers.get(row.helper_id, NOBODY) if row.helper_id else NOBODY for row in rows
    ]
    is_there = [helper != NOBODY for helper in helpers]
    pairs = list(zip(rows, is_there, strict=True))
    return Decisions(
        people=frame.people,
        person=frame.of(row.person_id for row in rows),
        helper=np.array(helpers, np.int32),
        day=frame.days(row.at for row in rows),
        is_available=np.array([row.is_available for row in rows], np.bool_),
        is_helper_available=np.array([i and row.is_helper_available for row, i in pairs], np.bool_),
        treated=np.array([row.treated for row in rows], np.int8),
        probability=np.array([row.probability for row in rows], np.float64),
        helper_probability=np.array(
            [row.helper_probability if i else 1.0 for row, i in pairs], np.float64
        ),
    )


def _prompts(frame: _Frame, rows: Sequence[Prompt], decisions: Sequence[Decision]) -> Prompts:
    place = {row.pk: number for number, row in enumerate(decisions)}
    return Prompts(
        people=frame.people,
        person=frame.of(row.person_id for row in rows),
        intended=frame.days(row.intended_at for row in rows),
        delivered=frame.days(row.delivered_at for row in rows),
        shown=frame.days(row.shown_at for row in rows),
        answered=frame.days(row.answered_at for row in rows),
        expires=frame.days(row.expires_at for row in rows),
        decision=np.array([place.get(row.decision_id or 0, NONE) for row in rows], np.int32),
    )


def _observations(frame: _Frame, prompts: Sequence[Prompt]) -> Observations:
    now = timezone.now()
    over = [(n, row) for n, row in enumerate(prompts) if row.answered_at or row.expires_at <= now]
    values = [(n, row, *one) for n, row in over for one in values_of(row)]
    measures = measures_of(row.survey for _, row in over)
    place = {measure.name: number for number, measure in enumerate(measures)}
    return Observations(
        people=frame.people,
        measures=tuple(measures),
        person=frame.of(row.person_id for _, row, *_ in values),
        measure=np.array([place[name] for _, _, name, *_ in values], np.int16),
        day=frame.days(row.answered_at or row.intended_at for _, row, *_ in values),
        value=np.array([value for *_, value, _ in values], np.float64),
        missing=np.array([missing for *_, missing in values], np.int8),
        prompt=np.array([number for number, *_ in values], np.int32),
        version=np.array([row.survey.version for _, row, *_ in values], np.int16),
    )


def _follow_up(study: Study, frame: _Frame, consents: Sequence[Consent]) -> FollowUp:
    end = study.closed_at or timezone.now()
    ends = [min(one.stopped_at or end, end) for one in consents]
    return FollowUp(
        people=frame.people,
        person=frame.of(one.person_id for one in consents),
        starts=frame.days(one.said_at for one in consents),
        ends=frame.days(ends),
        why=np.array(
            [End.LEFT if one.stopped_at else End.STUDY_ENDED for one in consents], np.int8
        ),
    )
