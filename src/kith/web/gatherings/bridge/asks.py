"""The one ask somebody could answer this evening, and the one thing they could ask for."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from kith.web.gatherings import queries
from kith.web.gatherings.bridge.evenings import Evening
from kith.web.gatherings.choices import Need, Offer
from kith.web.people import access as people
from kith.web.people.models import Person

# Farther ahead than this an ask is nobody's yet.
_SOON = timedelta(days=3)


def ask_i_could_answer(
    person: Person,
    ahead: Sequence[Evening],
    *,
    holding: queries.Holding,
    now: datetime,
) -> Evening | None:
    """Return the soonest evening of `ahead` on which `person` could sit with somebody new.

    Somebody whom they see comes for the first time and would like company. `person`
    comes as well, said that they would do it, is not new, and has not answered for that date.
    """
    if people.is_new(person):
        return None
    free = [
        evening
        for evening in ahead
        if _is_free(evening, now=now) and _others_hold(person, evening, holding)
    ]
    willing = [evening for evening in free if Offer.SIT in evening.said.told.offers]
    dates: dict[int, list[date]] = {}
    for evening in willing or free:
        dates.setdefault(evening.gathering.pk, []).append(evening.meeting.on)
    if not dates:
        return None
    # Whoever said it of neither the evening nor themselves is asked for nothing: one question.
    alone = queries.newcomers_alone(dates, me=person, if_i_would_sit=not willing)
    found = (e for e in willing or free if (e.gathering.pk, e.meeting.on) in alone)
    return next(found, None)


def something_i_could_ask(
    person: Person, evening: Evening | None, *, holding: queries.Holding
) -> Evening | None:
    """Return `evening`, if `person` told its hosts nothing and could ask for somebody to sit with."""
    if evening is None or evening.meeting.called_off or evening.said.has_told:
        return None
    return evening if _others_hold(person, evening, holding) else None


def _is_free(evening: Evening, *, now: datetime) -> bool:
    """Return whether somebody surely comes, soon, asks for nobody themselves, and has not answered."""
    said, meeting = evening.said, evening.meeting
    has_answered = said.once is not None and said.once.sits is not None
    asks_too = said.told.first_time or Need.SIT_WITH in said.told.needs
    is_near = meeting.begins <= now + _SOON and not meeting.called_off
    return evening.is_sure and is_near and not has_answered and not asks_too


def _others_hold(person: Person, evening: Evening, holding: queries.Holding) -> bool:
    hosts = holding.get(evening.gathering.pk, ())
    return bool(hosts) and person.pk not in hosts
