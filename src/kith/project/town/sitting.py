"""Circles and pairs of a simulated town: formed by the weekly run, answered, met, listened."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

from kith.project.town.acts import write_acts
from kith.project.town.marking import marked
from kith.web.acts.choices import Kind, Setting
from kith.web.acts.models import Act
from kith.web.circles import actions
from kith.web.circles.actions.evenings import mode_of
from kith.web.circles.choices import Answer, ChairState, Reach, Way
from kith.web.circles.models import Chair, Circle, Meeting, Pair, Presence, Wish
from kith.web.circles.queries.evenings import ARC, WEEK
from kith.web.people.models import Person

# How many weeks ago the run was that these circles are of.
RUNS: Final = (30,)
_PAIR_RUNS: Final = (2, 0)
# Of people: who wishes for a circle, by the time of each run, and for a pair.
_WISH, _PAIR = 0.3, 0.12
_YES, _COMES, _LISTENS = 0.93, 0.85, 0.9
_NAMES: Final = "Lantern Kettle Harbour Ember Willow Bridge Orchard Bench Pocket Window Acorn Ferry".split()  # fmt: skip
_AN_HOUR: Final = timedelta(hours=1)
_A_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Sat:
    """Who was at one evening of a circle, in the order in which they said so."""

    circle: Circle
    on: date
    there: tuple[Person, ...]


# ---- circles ------------------------------------------------------------------------------------
def form(people: Sequence[Person], *, now: datetime, seed: int) -> list[Circle]:
    """Let the weekly run form circles now and then in the year; return those that meet."""
    for weeks_ago in RUNS:
        at = now - timedelta(weeks=weeks_ago)
        _wish(people, at=at, now=now, seed=seed)
        formation = actions.form_circles(at=at, seed=seed + weeks_ago)
        _answer(Chair.objects.filter(circle__formation=formation), at=at + _A_DAY, seed=seed)
    found = list(Circle.objects.exclude(formation=None).exclude(begun_on=None).order_by("pk"))
    for number, circle in enumerate(found):
        circle.name = marked(f"{_NAMES[number % len(_NAMES)]} circle")
        circle.place = "A simulated room" if circle.way == Way.IN_PERSON else ""
    Circle.objects.bulk_update(found, ["name", "place"])
    return found


def _wish(people: Sequence[Person], *, at: datetime, now: datetime, seed: int) -> None:
    """Let some who are here, and have no chair, wish for a circle."""
    dice = Random(f"{seed} wishes {at - now}")  # noqa: S311 - nobody is kept out by it
    seated = set(Chair.objects.filter(state=ChairState.SITS).values_list("person", flat=True))
    is_wish = [dice.random() < _WISH for _ in people]
    waiting = Wish.objects.filter(circle=True).values_list("person", flat=True)
    new = [
        person
        for person, wishes in zip(people, is_wish, strict=True)
        if wishes
        and person.joined_on < at.date()
        and person.pk not in seated
        and person.pk not in set(waiting)
    ]
    Wish.objects.bulk_create(
        Wish(person=one, circle=True, way=Way.EITHER, reach=Reach.TOWN, since=at.date())
        for one in new
    )


def _answer(chairs: Iterable[Chair], *, at: datetime, seed: int) -> None:
    dice = Random(f"{seed} answers")  # noqa: S311
    for chair in list(chairs):
        said = Answer.YES if dice.random() < _YES else Answer.NOT_NOW
        actions.answer(chair=chair, answer=said, at=at)


def sat(circles: Sequence[Circle], *, last: date, seed: int) -> Iterator[Sat]:
    """Yield the evenings of circles up to `last`, and who was there."""
    for number, circle in enumerate(circles):
        dice = Random(f"{seed} sat {number}")  # noqa: S311
        sits = circle.chairs.filter(state=ChairState.SITS).select_related("person")
        table = [chair.person for chair in sits]
        on = circle.begun_on
        while on is not None and on <= last:
            there = [person for person in table if dice.random() < _COMES]
            dice.shuffle(there)
            yield Sat(circle, on, tuple(there))
            on += WEEK


def write_sat(evenings: Sequence[Sat]) -> None:
    """Write in bulk what `say_was_there` of circles would write, one by one."""
    meetings = Meeting.objects.bulk_create(
        Meeting(circle=one.circle, on=one.on) for one in evenings if one.there
    )
    held = [one for one in evenings if one.there]
    Presence.objects.bulk_create(
        Presence(meeting=meeting, person=person, was_there=True)
        for meeting, one in zip(meetings, held, strict=True)
        for person in one.there
    )
    write_acts(act for one in held for act in _acts(one))


def _acts(one: Sat) -> Iterator[Act]:
    for place, person in enumerate(one.there):
        yield _act(Kind.WAS_THERE, one, person)
        for other in one.there[:place]:
            yield _act(Kind.TALKED, one, person, other)


def _act(kind: Kind, one: Sat, person: Person, other: Person | None = None) -> Act:
    return Act(
        kind=kind,
        actor=person,
        other=other,
        mode=mode_of(one.circle),
        minutes=one.circle.minutes,
        on=one.on,
        setting=Setting.CIRCLE,
        number=one.circle.pk,
    )


def go_on(circles: Sequence[Circle], *, last: date) -> None:
    """Let all arcs that are over by `last` be followed by the next: everybody went on."""
    for circle in circles:
        while circle.arc_from is not None and circle.arc_from + ARC * WEEK <= last:
            circle.arc_from += ARC * WEEK
    Circle.objects.bulk_update(circles, ["arc_from"])


# ---- pairs --------------------------------------------------------------------------------------
def listen(people: Sequence[Person], *, now: datetime, seed: int) -> None:
    """Let some be paired week after week, say yes, and listen, as people do; the last are asked."""
    dice = Random(f"{seed} pairs")  # noqa: S311
    wishing = [one.pk for one in people if dice.random() < _PAIR]
    Wish.objects.filter(person__in=wishing).update(pair=True)
    known = set(Wish.objects.filter(person__in=wishing).values_list("person", flat=True))
    Wish.objects.bulk_create(
        Wish(
            person_id=key, pair=True, way=Way.ONLINE, reach=Reach.TOWN, since=now.date() - 4 * WEEK
        )
        for key in wishing
        if key not in known
    )
    for weeks_ago in _PAIR_RUNS:
        at = now - timedelta(weeks=weeks_ago)
        formation = actions.form_pairs(at=at, seed=seed + weeks_ago)
        for pair in formation.pairs.select_related("low", "high"):
            _listen(pair, at=at, now=now, is_well=dice.random() < _LISTENS)


def _listen(pair: Pair, *, at: datetime, now: datetime, is_well: bool) -> None:
    said = min(at + _AN_HOUR, now)
    for person in (pair.low, pair.high) if is_well else (pair.low,):
        if said < pair.starts_at:
            actions.answer_pair(pair=pair, person=person, is_yes=True, at=said)
    if is_well and pair.starts_at + _AN_HOUR < now:
        actions.say_listened(pair=pair, person=pair.low, at=pair.starts_at + _AN_HOUR)
