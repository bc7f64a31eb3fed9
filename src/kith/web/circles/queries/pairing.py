"""A listening pair, as one of its two reads it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.web.circles.choices import Way
from kith.web.circles.choices.cards import CARDS, EACH, SETS, Card
from kith.web.circles.models import Pair
from kith.web.circles.queries.words import is_tonight
from kith.web.kit.languages import language_name
from kith.web.kit.practices import PRACTICES
from kith.web.kit.times import said_day, said_time
from kith.web.people import access as people
from kith.web.people import queries as people_queries
from kith.web.people.choices import Gift
from kith.web.people.models import Person
from kith.web.rooms.choices import DOOR_BEFORE

_TURNS: Final = 3
# Ten minutes to listen, and as long as they like before and after.
_ROOM_LASTS: Final = timedelta(hours=1)
_TRUE: Final[dict[str, Promise]] = {
    "practice": _("You both like this: %(thing)s."),
    "receives": _("You would like this, and they can give it: %(thing)s."),
    "gives": _("They would like this, and you can give it: %(thing)s."),
    "language": _("You both speak %(thing)s."),
    "met": _("You have met before."),
    "hour": _("You both have time then."),
}


@dataclass(frozen=True, slots=True)
class When:
    """A moment by somebody's clock, as people say it."""

    day: str
    at: str


@dataclass(frozen=True, slots=True)
class Two:
    """A pair as one of its two reads it.

    Args:
        says: What they themselves said: yes, not this week, or nothing yet (none).
        is_past: Whether the hour has come.
        things: What is true of the two.
        other, reference: Who the other one is and what a page calls them by, once both said yes.
        did: Whether the reader said that they listened to each other.
        rooms: Whether kith may suggest a room of the community's own server.
        door: When the door of their room of kith opens, and whether it is open.
    """

    pair: Pair
    when: When
    says: bool | None
    is_past: bool
    things: tuple[str, ...]
    other: Person | None
    reference: str
    did: bool
    rooms: bool
    door: str
    is_door_open: bool

    @property
    def is_online(self) -> bool:
        """Whether they meet by video."""
        return self.pair.way == Way.ONLINE

    @property
    def where(self) -> str:
        """The place or link that one of them gave, or ""."""
        return self.pair.link if self.is_online else self.pair.place

    @property
    def host(self) -> str:
        """On whose computer the link leads."""
        return urlsplit(self.where).hostname or ""


@dataclass(frozen=True, slots=True)
class Turn:
    """One of the three parts of the ten minutes: one talks, the other does, and thanks.

    Args:
        number: 1, 2 or 3.
        is_mine: Whether the reader talks.
        card: What to talk about, and `kind` what kind of card it is.
        another, deeper: Numbers of cards to take instead; deeper is None at the deepest.
    """

    pair: Pair
    other: Person
    number: int
    is_mine: bool
    card: Card
    kind: Promise
    chosen: int
    another: int
    deeper: int | None


def pair_as_seen_by(person: Person, pair: Pair, *, zone: str, at: datetime) -> Two:
    """Return `pair` as `person`, one of its two, reads it at `at`, by the clock of `zone`.

    Until both said yes, nothing in it depends on the other one.
    """
    other = pair.other(person) if pair.is_on else None
    clock = ZoneInfo(zone or people_queries.clock_of(person) or settings.TIME_ZONE)
    reasons = pair.reasons["low" if person.pk == pair.low_id else "high"]
    return Two(
        pair=pair,
        when=said_when(pair.starts_at.astimezone(clock), at.astimezone(clock)),
        says=pair.says(person),
        is_past=at >= pair.starts_at,
        things=tuple(_in_words(reasons)),
        other=other,
        reference=people.reference_to(other, seen_by=person) if other else "",
        did=pair.did(person),
        rooms=bool(settings.KITH_ROOMS) and pair.way == Way.ONLINE,
        door=said_time((pair.starts_at - DOOR_BEFORE).astimezone(clock).time()),
        is_door_open=is_door_open(pair, at=at),
    )


def is_door_open(pair: Pair, *, at: datetime) -> bool:
    """Return whether the two of `pair` may go into their room of kith: from shortly before on."""
    has_own = pair.way == Way.ONLINE and not pair.link
    return has_own and pair.is_on and pair.starts_at - DOOR_BEFORE <= at < room_ends(pair)


def room_ends(pair: Pair) -> datetime:
    """Return when the room of `pair` ends."""
    return pair.starts_at + _ROOM_LASTS


def turn_of(pair: Pair, person: Person, *, asked: Mapping[str, str]) -> Turn:
    """Return the part of the ten minutes that was `asked` for, as `person` reads it.

    Both find the same card and the same one who begins, on whatever screen.
    """
    dice = sum(pair.token.encode())
    number = _whole(asked.get("turn"), most=_TURNS) or 1
    chosen = _whole(asked.get("card"), most=len(CARDS) - 1) if "card" in asked else dice % EACH
    first = pair.low if dice // EACH % 2 else pair.high
    depth, place = divmod(chosen, EACH)
    return Turn(
        pair=pair,
        other=pair.other(person),
        number=number,
        is_mine=(first.pk == person.pk) == (number == 1),
        card=CARDS[chosen],
        kind=SETS[depth][0],
        chosen=chosen,
        another=depth * EACH + (place + 1) % EACH,
        deeper=(depth + 1) * EACH + place if depth + 1 < len(SETS) else None,
    )


def said_when(local: datetime, now: datetime) -> When:
    """Return a local moment as people call it at local `now`: tonight, tomorrow, or its day."""
    day = gettext("Tonight") if is_tonight(local, now) else said_day(local.date(), now.date())
    return When(day, said_time(local.time()))


def _in_words(reasons: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    for thing in reasons:
        for kind, code in thing.items():
            if kind in _TRUE:
                yield str(_TRUE[kind]) % {"thing": _name(kind, code)}


def _name(kind: str, code: Any) -> str:
    if kind == "practice":
        return str(PRACTICES.get(code, code)).lower()
    if kind in {"receives", "gives"}:
        return str(Gift(code).label).lower()
    return language_name(code) if kind == "language" else ""


def _whole(text: str | None, *, most: int) -> int:
    """Return the number from 0 to `most` that an address holds, or 0."""
    try:
        number = int(text or "")
    except ValueError:
        return 0
    return number if 0 <= number <= most else 0
