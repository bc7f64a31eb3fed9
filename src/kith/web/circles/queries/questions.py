"""Reads for the page of a circle: what is asked of whoever looks, and of nobody else."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format

from kith.web.circles import access
from kith.web.circles.models import Chair
from kith.web.circles.queries import words
from kith.web.circles.queries.glance import Glance, Seat


@dataclass(frozen=True, slots=True)
class Questions:
    """What is asked of one who sits in a circle, or told to them alone."""

    # The evening of which they may say that they were there, and its day in words.
    was_there_on: date | None
    was_there: str
    goes_on: bool
    is_still_mine: bool
    # Who would close the circle, if anybody would and not all do yet.
    would_close: str
    hard_weeks: list[Seat]
    # Who was told that they have a hard week; None if they have not said so.
    told_of_mine: str | None


def questions_of(glance: Glance) -> Questions:
    """Return what is asked of whoever looks."""
    chair, at = glance.chair, glance.at
    evening = _evening_to_speak_of(glance)
    closing = [str(one.person) for one in glance.sits if one.would_close]
    is_asked = glance.calendar.is_asked_whether_it_goes_on(at=at)
    return Questions(
        was_there_on=evening,
        was_there=date_format(evening, "l") if evening else "",
        goes_on=is_asked and chair.goes_on is None,
        is_still_mine=chair.is_still_mine is False,
        would_close=words.joined(closing) if glance.circle.closes_on is None else "",
        hard_weeks=_hard_weeks(glance),
        told_of_mine=told_of_hard_week(chair, at=at),
    )


def told_of_hard_week(chair: Chair, *, at: datetime) -> str | None:
    """Return who was told that whoever sits there has a hard week; None if they did not say so."""
    mine = access.hard_week_of(chair.person, chair.circle, at=at)
    if mine is None:
        return None
    return words.joined([str(one) for one in (mine.near, mine.also_near) if one is not None])


def _evening_to_speak_of(glance: Glance) -> date | None:
    """Return the evening of which whoever looks may still say that they were there, if any."""
    last, chair = glance.last, glance.chair
    if last is None or not glance.calendar.may_be_said(last, at=glance.at):
        return None
    has_said = (chair.person_id, last) in glance.said
    sat_there = chair.since is None or chair.since <= last
    return last if sat_there and not has_said else None


def _hard_weeks(glance: Glance) -> list[Seat]:
    chair = glance.chair
    rows = access.hard_weeks_near(chair.person, chair.circle, at=glance.at)
    theirs = {row.person_id for row in rows}
    return [glance.seat(one, "") for one in glance.sits if one.person_id in theirs]
