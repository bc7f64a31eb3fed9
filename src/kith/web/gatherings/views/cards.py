"""What a row of the list says of a gathering, made once and kept while it holds.

A busy evening asks for the same few hundred rows again and again. So a row is written by code
rather than by a template, and only its time and distance are new each time.
"""

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import Generic, TypeVar

import orjson
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from kith.web.gatherings import queries
from kith.web.gatherings.bridge import hours, recipes, shelf, words
from kith.web.gatherings.bridge.finding import Hit
from kith.web.gatherings.choices import (
    ACCESS,
    AUDIENCE,
    Mode,
    Openness,
    Status,
    Touch,
    language_name,
)
from kith.web.gatherings.models import Gathering
from kith.web.kit import times
from kith.web.kit.pictures import petals_svg

KEPT = 50_000
WARM_AT_ONCE = 8
TAGS_MOST = 4
# Said on a row where they are true; the rest is for the page.
_TOLD_ACCESS = ("step_free", "hearing_loop", "sign_language", "children_welcome", "outdoors")


@dataclass(frozen=True, slots=True)
class Card:
    """One gathering, ready for a list; everything is escaped already."""

    slug: str
    zone: str
    at: tuple[float, float] | None
    point: str
    place: SafeString
    name: SafeString
    tags: SafeString
    petals: SafeString


@dataclass(frozen=True, slots=True)
class Fragment:
    """One gathering, ready for other programs: what of its JSON does not depend on who asks."""

    zone: str
    json: orjson.Fragment


@dataclass(frozen=True, slots=True)
class Reader:
    """How somebody reads times and distances."""

    zone: str
    language: str | None
    miles: bool


# The number of a gathering, the edition it was read at, and the reader's language.
_Key = tuple[int, int, str | None]
Ready = TypeVar("Ready", Card, Fragment)
_NEEDED = (
    "slug", "name", "edition", "status", "mode", "timezone", "practice", "program", "doses",
    "languages", "audience", "access", "openness", "touch", "join_url", "join_phone",
    "place__name", "place__street", "place__city", "place__address", "place__latitude",
    "place__longitude",
)  # fmt: skip
_NEEDED_BY_PROGRAMS = (*_NEEDED, "rule", "minutes", "place__country", "place__is_approximate")


class _Kept(Generic[Ready]):
    """The last thousands of something that were asked for."""

    def __init__(self, needed: tuple[str, ...], made: Callable[[Gathering], Ready]) -> None:
        self._needed = needed
        self._made: Callable[[Gathering], Ready] = made
        self._kept: OrderedDict[_Key, Ready] = OrderedDict()
        self._lock = Lock()

    def of(self, numbers: Iterable[int], language: str | None) -> dict[int, Ready]:
        """Return what was made of gatherings, by number, in one query at most."""
        editions = shelf.current().editions
        found: dict[int, Ready] = {}
        missing: list[int] = []
        for number in set(numbers):
            ready = self._kept.get((number, editions.get(number, -1), language))
            if ready is None:
                missing.append(number)
            else:
                found[number] = ready
        if missing:
            for gathering in queries.with_numbers(missing, fields=self._needed):
                found[gathering.pk] = ready = self._made(gathering)
                self._keep((gathering.pk, gathering.edition, language), ready)
        return found

    def forget(self) -> None:
        """Drop all of them."""
        with self._lock:
            self._kept.clear()

    def _keep(self, key: _Key, ready: Ready) -> None:
        with self._lock:
            self._kept[key] = ready
            while len(self._kept) > KEPT:
                self._kept.popitem(last=False)


def cards(numbers: Iterable[int], language: str | None) -> dict[int, Card]:
    """Return the cards of gatherings by number; `language` is the active one."""
    return _cards.of(numbers, language)


def fragments(numbers: Iterable[int]) -> dict[int, Fragment]:
    """Return the JSON of gatherings by number."""
    return _fragments.of(numbers, None)


def row(card: Card, hit: Hit, reader: Reader, now: datetime) -> str:
    """Return the row of one meeting as HTML: when, what, where, and the petals."""
    language = reader.language
    begins = datetime.fromtimestamp(hit.starts * 60, hours.zone(reader.zone))
    time, half = times.clock(begins.hour * 60 + begins.minute, language)
    where: str = card.place
    if hit.km is not None:
        comma = ", " if where else ""
        far = words.distance(round(hit.km, 1), reader.miles, language)
        where = f'{where}{comma}<span class="g-d">{far}</span>'
    if card.zone != reader.zone:
        where += _own_time(begins, card.zone)
    tags: str = card.tags
    if begins <= now:
        ends = datetime.fromtimestamp(hit.ends * 60, hours.zone(reader.zone))
        on = gettext("On now, until %(time)s.") % {"time": times.said_time(ends.time())}
        tags = f'<b class="g-on">{on}</b> {tags}'
    return (
        f'<li{card.point}><a class="gath" href="/gatherings/{card.slug}/">'
        f'<span class="when"><b>{time}</b>{half}</span><span class="what">'
        f'<span class="g-n">{card.name}</span><span class="g-w">{where}</span>'
        f'<span class="g-f">{tags}</span></span>{card.petals}</a></li>'
    )


def untimed_row(card: Card, km: float, reader: Reader) -> str:
    """Return the row of a gathering without a time."""
    far = words.distance(round(km, 1), reader.miles, reader.language)
    return (
        f'<li{card.point}><a class="gath" href="/gatherings/{card.slug}/">'
        f'<span class="when">{gettext("Ask")}</span><span class="what">'
        f'<span class="g-n">{card.name}</span><span class="g-w">{card.place}, '
        f'<span class="g-d">{far}</span></span>'
        f'<span class="g-f">{card.tags}</span></span>{card.petals}</a></li>'
    )


def hit_json(fragment: Fragment, hit: Hit) -> dict[str, object]:
    """Return one meeting for other programs; `gathering` is what does not change with who asks."""
    zone = hours.zone(fragment.zone)
    return {
        "starts": datetime.fromtimestamp(hit.starts * 60, zone).isoformat(timespec="minutes"),
        "ends": datetime.fromtimestamp(hit.ends * 60, zone).isoformat(timespec="minutes"),
        "distance_km": None if hit.km is None else round(hit.km, 2),
        "gathering": fragment.json,
    }


def _own_time(begins: datetime, zone: str) -> str:
    """Return the gathering's own time, where its clocks say another one."""
    there = begins.astimezone(hours.zone(zone))
    if there.utcoffset() == begins.utcoffset():
        return ""
    said = words.said_time_in(there.time(), zone)
    return f' <span class="g-o">({conditional_escape(said)})</span>'


def _card(gathering: Gathering) -> Card:
    letters = recipes.letters_of(gathering.practice, gathering.doses)
    at = _door(gathering)
    return Card(
        slug=gathering.slug,
        zone=gathering.timezone,
        at=at,
        point=f' data-at="{at[0]:.5f},{at[1]:.5f}"' if at else "",
        place=conditional_escape(where_words(gathering)),
        name=conditional_escape(gathering.name),
        tags=conditional_escape(" ".join(f"{tag}." for tag in tags_of(gathering))),
        petals=petals_svg(letters, 40) if letters else SafeString(""),
    )


def _door(gathering: Gathering) -> tuple[float, float] | None:
    place = gathering.place
    if place is None or gathering.mode == Mode.ONLINE:
        return None
    if place.latitude is None or place.longitude is None:
        return None
    return place.latitude, place.longitude


def where_words(gathering: Gathering) -> str:
    """Return where it is in a few words."""
    place = gathering.place
    if gathering.mode == Mode.ONLINE:
        is_call = gathering.join_phone and not gathering.join_url
        return gettext("By phone") if is_call else gettext("Online")
    if place is None:
        return ""
    said = place.name or place.street or place.address or place.city
    if place.city and place.city not in said:
        said = f"{said}, {place.city}"
    return (
        gettext("%(place)s, and online") % {"place": said}
        if gathering.mode == Mode.HYBRID
        else said
    )


def tags_of(gathering: Gathering) -> list[str]:
    """Return a few words on what it is and who can get in, the most telling first."""
    said: list[str] = []
    if gathering.status == Status.PAUSED:
        said.append(gettext("Paused for now"))
    if gathering.program:
        said.append(gathering.program)
    said += [str(AUDIENCE[code]) for code in gathering.audience if code in AUDIENCE][:2]
    said += [str(ACCESS[code]) for code in _TOLD_ACCESS if code in gathering.access][:2]
    if gathering.touch == Touch.NONE:
        said.append(str(Touch.NONE.label))
    if gathering.languages:
        said.append(", ".join(language_name(code) for code in gathering.languages[:3]))
    if gathering.openness == Openness.OPEN and len(said) < TAGS_MOST:
        said.append(str(Openness.OPEN.label))
    return said[: TAGS_MOST + 1]


def _fragment(gathering: Gathering) -> Fragment:
    values = gathering_json(gathering)
    return Fragment(gathering.timezone, orjson.Fragment(orjson.dumps(values)))


def gathering_json(gathering: Gathering) -> dict[str, object]:
    """Return a gathering for other programs, in plain words of the glossary."""
    place = gathering.place
    letters = recipes.letters_of(gathering.practice, gathering.doses)
    return {
        "id": gathering.pk,
        "slug": gathering.slug,
        "url": f"/gatherings/{gathering.slug}/",
        "name": gathering.name,
        "mode": gathering.mode,
        "status": gathering.status,
        "timezone": gathering.timezone,
        "rule": gathering.rule,
        "minutes": gathering.minutes,
        "practice": gathering.practice,
        "program": gathering.program,
        "petals": letters.split(",") if letters else [],
        "languages": gathering.languages,
        "audience": gathering.audience,
        "access": gathering.access,
        "openness": gathering.openness,
        "touch": gathering.touch,
        "join_url": gathering.join_url,
        "place": None
        if place is None
        else {
            "name": place.name,
            "address": place.address,
            "city": place.city,
            "country": place.country,
            "latitude": place.latitude,
            "longitude": place.longitude,
            "is_approximate": place.is_approximate,
        },
    }


_cards = _Kept(_NEEDED, _card)
_fragments = _Kept(_NEEDED_BY_PROGRAMS, _fragment)


def warm(rest: Callable[[], None]) -> None:
    """Make what the first readers will ask for, a little at a time, with a `rest` in between."""
    numbers = list(shelf.current().entries)[:KEPT]
    for begin in range(0, len(numbers), WARM_AT_ONCE):
        some = numbers[begin : begin + WARM_AT_ONCE]
        cards(some, get_language())
        fragments(some)
        rest()


def forget() -> None:
    """Drop every card and every fragment."""
    _cards.forget()
    _fragments.forget()
