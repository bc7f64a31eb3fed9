"""Who came to a town's gatherings in a year, whom they talked with, and whom they thanked."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Final, NamedTuple

from django.utils import timezone

from kith.lab.living import Year
from kith.project.town.acts import write_acts
from kith.project.town.places import KINDS, MINUTES, dates_of
from kith.web.acts.choices import Help, Kind, Setting
from kith.web.acts.choices import Mode as ActMode
from kith.web.acts.models import Act
from kith.web.gatherings.actions.coming import answer, dates_ahead
from kith.web.gatherings.actions.telling import tell_hosts
from kith.web.gatherings.choices import Answer, Mode, Need
from kith.web.gatherings.models import Coming, Gathering, Told
from kith.web.people.models import Person

# A quarter of an evening, as `say_talked` has it.
_TALK_MINUTES: Final = MINUTES / 4
_AT_ONCE: Final = 2_000
# To so many gatherings whoever tries kith as a member means to come.
_EXPECTED: Final = 3
# Of those who go somewhere: how many say beforehand that they come.
_SAYS_SO, _MAYBE = 0.15, 0.2


class There(NamedTuple):
    """Somebody came to a gathering; numbers are places in the lists of people and gatherings."""

    person: int
    gathering: int
    on: date


class Talked(NamedTuple):
    """Two who were there talked; where `is_thanked`, the other helped the first, who said thanks."""

    person: int
    other: int
    gathering: int
    on: date
    is_thanked: bool


@dataclass(frozen=True, slots=True)
class Evenings:
    """What was said of a town's evenings, in the order of their days."""

    there: tuple[There, ...]
    talked: tuple[Talked, ...]


def evenings_of(year: Year, *, first: date, last: date) -> Evenings:
    """Return the evenings that came of who met whom, on days from `first` to `last`.

    Two who met do so at the next evening of what both come to; if they come to nothing together,
    they met elsewhere, and kith knows nothing of it.
    """
    dates = [list(dates_of(kind, first=first, last=last)) for kind in KINDS]
    talked: dict[tuple[int, int, int, date], Talked] = {}
    for met in year.met:
        both = sorted(set(year.goes[met.one]) & set(year.goes[met.other]))
        day = first + timedelta(days=met.day)
        ahead = min(
            ((on, where) for where in both for on in dates[where] if on >= day), default=None
        )
        if ahead is not None:
            on, where = ahead
            low, high = sorted((met.one, met.other))
            said = Talked(met.one, met.other, where, on, met.is_helped)
            talked.setdefault((low, high, where, on), said)
    some = sorted(talked.values(), key=lambda one: (one.on, one.gathering, one.person, one.other))
    ends = ((end, one.gathering, one.on) for one in some for end in (one.person, one.other))
    there = sorted({There(*one) for one in ends}, key=lambda one: (one.on, *one))
    return Evenings(tuple(there), tuple(some))


def write_evenings(
    evenings: Evenings, people: Sequence[Person], gatherings: Sequence[Gathering]
) -> None:
    """Write in bulk what `say_was_there`, `say_talked` and `thank` would write, one by one."""
    Coming.objects.bulk_create(
        (
            Coming(
                person=people[person],
                gathering=gatherings[where],
                on=on,
                answer=Answer.COME,
                was_there=True,
            )
            for person, where, on in evenings.there
        ),
        batch_size=_AT_ONCE,
    )
    write_acts(_acts(evenings, people, gatherings))


def _acts(
    evenings: Evenings, people: Sequence[Person], gatherings: Sequence[Gathering]
) -> Iterator[Act]:
    for who, where, on in evenings.there:
        yield _act(Kind.WAS_THERE, people[who], gatherings[where], on, minutes=MINUTES)
    for one in evenings.talked:
        person, other, gathering = people[one.person], people[one.other], gatherings[one.gathering]
        yield _act(Kind.TALKED, person, gathering, one.on, other=other, minutes=_TALK_MINUTES)
        if one.is_thanked:
            yield Act(
                kind=Kind.THANKED, actor=person, other=other, on=one.on, mode=ActMode.TEXT,
                help=Help.RECEIVED, setting=Setting.GATHERING, number=gathering.pk,
            )  # fmt: skip


def _act(
    kind: Kind,
    person: Person,
    gathering: Gathering,
    on: date,
    *,
    minutes: float,
    other: Person | None = None,
) -> Act:
    is_online = gathering.mode == Mode.ONLINE
    return Act(
        kind=kind,
        actor=person,
        other=other,
        on=on,
        mode=ActMode.VIDEO if is_online else ActMode.IN_PERSON,
        setting=Setting.GATHERING,
        number=gathering.pk,
        minutes=minutes,
    )


def answer_ahead(
    year: Year, people: Sequence[Person], gatherings: Sequence[Gathering], *, seed: int
) -> None:
    """Let some people say now whether they come next time, as anybody says it."""
    dice = Random(f"{seed} ahead")  # noqa: S311 - nobody is kept out by it
    ahead = [min(dates_ahead(one), default=None) for one in gatherings]
    for person, where in ((p, g) for p, goes in enumerate(year.goes) for g in goes):
        says_so, is_maybe = dice.random() < _SAYS_SO, dice.random() < _MAYBE
        if says_so and ahead[where] is not None:
            said = Answer.MAYBE if is_maybe else Answer.COME
            answer(person=people[person], gathering=gatherings[where], on=ahead[where], said=said)


def expect(person: Person, gatherings: Sequence[Gathering]) -> None:
    """Let `person` come to the next date of three gatherings, and somebody new to the first.

    The hosts of the first read what whoever is new would like.
    """
    for gathering in gatherings[:_EXPECTED]:
        on = min(dates_ahead(gathering))
        answer(person=person, gathering=gathering, on=on, said=Answer.COME)
    first = Coming.objects.filter(gathering=gatherings[0], on__gt=timezone.localdate())
    new = first.exclude(person=person).select_related("person").order_by("person__joined_on").last()
    if new is not None and new.on is not None:
        told = Told(first_time=True, needs=(Need.SIT_WITH,), needs_words="I am shy at the door.")
        tell_hosts(
            person=new.person, gathering=gatherings[0], on=new.on, told=told, is_for_once=True
        )
