"""What comes first of gatherings and circles, and what after that."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from kith.web.circles.queries import tonight as circles
from kith.web.gatherings.bridge.evenings import Evening


@dataclass(frozen=True, slots=True)
class Later:
    """One evening that comes after the next: what, where it leads, and when in words."""

    name: str
    path: str
    when: str
    begins: datetime


@dataclass(frozen=True, slots=True)
class Ahead:
    """What is next, which is an evening of a circle or of a gathering, and what follows it."""

    circle: circles.Evening | None
    gathering: Evening | None
    after: tuple[Later, ...]


def ahead_of(
    gatherings: Sequence[Evening], evenings: Sequence[circles.Evening], *, most: int
) -> Ahead:
    """Return what comes first of both, and at most so many that come after it."""
    circle = evenings[0] if evenings else None
    gathering = gatherings[0] if gatherings else None
    if circle and gathering and gathering.meeting.begins <= circle.begins:
        circle = None
    elif circle:
        gathering = None
    rest = [*_of_gatherings(gatherings, gathering), *_of_circles(evenings, circle)]
    rest.sort(key=lambda later: later.begins)
    return Ahead(circle, gathering, tuple(rest[:most]))


def _of_gatherings(evenings: Iterable[Evening], first: Evening | None) -> Iterable[Later]:
    for evening in evenings:
        if evening is not first:
            meeting, gathering = evening.meeting, evening.gathering
            when = f"{meeting.day}, {meeting.span}"
            if not evening.is_sure:
                when = f"{when}, {_('maybe')}"
            yield Later(gathering.name, gathering.get_absolute_url(), when, meeting.begins)


def _of_circles(
    evenings: Iterable[circles.Evening], first: circles.Evening | None
) -> Iterable[Later]:
    for evening in evenings:
        if evening is not first:
            when = f"{evening.when.day}, {evening.when.at}"
            yield Later(evening.name, evening.path, when, evening.begins)
