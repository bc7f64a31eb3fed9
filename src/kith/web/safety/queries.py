"""Reads for the pages of safety."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db.models import QuerySet
from django.dispatch import Signal
from django.utils import timezone

from kith.web.people import access as people
from kith.web.people.choices import ShownTo
from kith.web.people.models import Person
from kith.web.people.queries import said_to
from kith.web.safety import access
from kith.web.safety.choices import Kind, State
from kith.web.safety.models import Look, Pause, Report

# Asked with the address of a page as `where`; whoever knows it returns the people who hold it.
# They do not review what happened there. Apps above this one answer.
who_holds = Signal()
CLOSED_SHOWN = timedelta(days=90)


@dataclass(frozen=True, slots=True)
class Card:
    """Somebody, as their card shows them to one other person."""

    called: str
    reference: str
    kept: frozenset[str]
    # What they chose to show to people whom they meet here: pairs of a label and words.
    shown: tuple[tuple[str, str], ...]


def card_of(other: Person, *, seen_by: Person) -> Card:
    """Return the card of `other` for `seen_by`."""
    kinds = access.distances_of(seen_by).filter(whom=other).values_list("kind", flat=True)
    return Card(
        called=str(other),
        reference=people.reference_to(other, seen_by=seen_by),
        kept=frozenset(kinds),
        shown=tuple((said.label, said.words) for said in said_to(ShownTo.HERE, other)),
    )


@dataclass(frozen=True, slots=True)
class Kept:
    """Somebody from whom a person keeps away."""

    called: str
    reference: str


def kept_by(person: Person) -> dict[str, list[Kept]]:
    """Return from whom `person` keeps away, by how far; a kind of distance that is not kept is not there."""
    found: dict[str, list[Kept]] = {kind: [] for kind in Kind.values}
    for distance in access.distances_of(person).select_related("whom").order_by("since", "pk"):
        whom = distance.whom
        reference = people.reference_to(whom, seen_by=person)
        found[distance.kind].append(Kept(called=str(whom), reference=reference))
    return {kind: kept for kind, kept in found.items() if kept}


def told_by(person: Person) -> QuerySet[Report]:
    """Return what `person` told the stewards, the latest first."""
    return Report.objects.filter(by=person)


def holders_of(where: str) -> Iterator[Person]:
    """Yield the people who hold the page at `where`, as far as any app knows."""
    answers: list[tuple[Any, Any]] = who_holds.send(sender=Report, where=where)
    for _app, holders in answers:
        yield from holders


# ---- the stewards' desk -------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Desk:
    """What waits for a steward, what is in hand, and what was closed of late."""

    new: list[Report]
    in_hand: list[Report]
    closed: list[Report]


def desk_of(steward: Person) -> Desk:
    """Return the reports that `steward` may look at."""
    mine = access.reports_for(steward)
    since = timezone.now() - CLOSED_SHOWN
    return Desk(
        new=list(mine.filter(state=State.NEW)),
        in_hand=list(mine.filter(state=State.SEEN)),
        closed=list(mine.filter(state=State.CLOSED, closed_at__gt=since)),
    )


@dataclass(frozen=True, slots=True)
class Background:
    """What a steward should know beside a report: what was before, and who looked."""

    earlier: list[Report]
    pauses: list[Pause]
    pause: Pause | None
    looks: list[Look]


def background_of(report: Report, *, steward: Person) -> Background:
    """Return what was before about the same person, as far as `steward` has no part in it."""
    about = report.about
    others: Iterable[Report] = ()
    pauses: Iterable[Pause] = ()
    if about is not None:
        others = access.reports_for(steward).filter(about=about).exclude(pk=report.pk)
        pauses = about.pauses.all()
    return Background(
        earlier=list(others),
        pauses=list(pauses),
        pause=access.paused_until(about) if about else None,
        looks=list(report.looks.select_related("steward")),
    )
