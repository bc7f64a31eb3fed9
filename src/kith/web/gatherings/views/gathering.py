"""One gathering: when, where, what the first time is like, and what studies say."""

from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass
from datetime import UTC, datetime
from urllib.parse import quote, urlencode

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import Resolver404, resolve
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from kith.errors import RefusalError
from kith.web.gatherings import access, queries
from kith.web.gatherings.actions import words_of_greeter
from kith.web.gatherings.bridge import exports, hours, meetings, recipes, words
from kith.web.gatherings.bridge.meetings import Meeting
from kith.web.gatherings.choices import (
    ACCESS,
    AUDIENCE,
    INGREDIENTS,
    PRACTICES,
    TOPICS,
    FoundBy,
    Mode,
    Openness,
    Status,
    language_name,
)
from kith.web.gatherings.forms import ToldForm
from kith.web.gatherings.models import Gathering, Host, Place
from kith.web.kit.pictures import SYSTEMS
from kith.web.people import access as people
from kith.web.people.models import Person
from kith.web.people.views.doors import unkept
from kith.web.safety import access as safety

MEETINGS_SHOWN = 6
INGREDIENTS_SHOWN = 6
STUDIES_SHOWN = 4
OTHERS_SHOWN = 8
AMOUNT_BARS = {"most": "a3", "some": "a2", "a_little": "a1"}
_ICONS = {
    "step_free": "accessibility",
    "step_free_toilet": "accessibility",
    "children_welcome": "baby",
    "childcare": "baby",
    "hearing_loop": "volume-2",
    "sign_language": "hand",
}


@require_safe
def gathering(request: HttpRequest, slug: str) -> HttpResponse:
    """Show one gathering; a retired one says that it is over and what meets there now."""
    return show(request, access.open_gathering(slug, seen_by=reader_of(request)))


def reader_of(request: HttpRequest) -> Person | None:
    """Return who reads, or None for somebody we do not know."""
    return people.me(request) if people.is_in(request) else None


def show(
    request: HttpRequest,
    found: Gathering,
    *,
    refusal: RefusalError | None = None,
    form: ToldForm | None = None,
) -> HttpResponse:
    """Show one gathering, and what a rule just said or a form is missing."""
    now = datetime.now(UTC)
    zone = _zone(request, found)
    reader = reader_of(request)
    coming = meetings.meetings_of(
        _as_if_open(found), queries.dates_of_one(found), zone=zone, now=now, most=MEETINGS_SHOWN
    )
    place = _place_now(found, coming)
    hosts = _hosts(found, reader)
    answers = _answers(reader, found, coming, hosts)
    context = {
        "current": "gatherings",
        "gathering": found,
        "meetings": coming,
        "next": next((m for m in coming if not m.called_off), None),
        "called_off": coming[0] if coming and coming[0].called_off else None,
        "rhythm": words.said_rhythm(found),
        "place": place if found.mode != Mode.ONLINE else None,
        "directions": _directions(place) if place and found.mode != Mode.ONLINE else None,
        "others": _others(found, place),
        "sources": queries.sources_of(found),
        "is_retired": found.status == Status.RETIRED,
        "is_paused": found.status == Status.PAUSED,
        "is_waiting": found.status == Status.WAITING,
        "is_listed": found.status != Status.RETIRED and _is_listed(found),
        "is_mine": reader in [host.person for host in hosts.seen],
        "hosts": _hosts_shown(hosts, reader),
        "is_open_to_all": found.openness == Openness.OPEN,
        "steward_contact": settings.KITH_STEWARD_CONTACT,
        "zone_words": zone.rpartition("/")[2].replace("_", " "),
        "event": _event(request, found, coming),
        "answers": answers,
        "telling": form or (ToldForm.showing(answers.told) if answers else None),
        "expected": words_of_greeter(answers.greeter) if answers and answers.greeter else "",
        "is_form_wrong": form is not None,
        "refusal": refusal,
        **_insides(found),
    }
    response = render(request, "gatherings/gathering_page.html", context)
    if found.status == Status.RETIRED:
        response.status_code = 410
    elif refusal or form:
        response.status_code = 400
    return unkept(response) if people.is_in(request) else response


def _as_if_open(found: Gathering) -> Gathering:
    """Return `found`; of one that waits, what it will be, so that its hosts see it beforehand."""
    if found.status != Status.WAITING:
        return found
    shown = copy(found)
    shown.status = Status.OPEN
    return shown


def _is_listed(found: Gathering) -> bool:
    return found.status != Status.WAITING and found.found_by == FoundBy.ALL


@dataclass(frozen=True, slots=True)
class HostsShown:
    """Who hosts, as far as the reader is told.

    Args:
        named: What each is called, and the address of their page, or "".
        is_more: Whether there are others.
        are_two: Whether there are exactly two in all.
    """

    named: list[tuple[str, str]]
    is_more: bool
    are_two: bool


@dataclass(frozen=True, slots=True)
class _Hosts:
    """Everybody who hosts a gathering, and those whom the reader sees."""

    everybody: list[Host]
    seen: list[Host]


def _hosts(found: Gathering, reader: Person | None) -> _Hosts:
    everybody = access.hosts_beside(None, found)
    return _Hosts(everybody, access.seen_of(everybody, reader) if reader else [])


def _hosts_shown(hosts: _Hosts, reader: Person | None) -> HostsShown | None:
    """Return who hosts: to strangers, only those who want to be read; None if nobody does."""
    everybody = hosts.everybody
    if not everybody:
        return None
    if reader is None or safety.paused_until(reader) is not None:
        willing = [host for host in everybody if host.is_named and host.person.called]
        named = [(host.person.called, "") for host in willing]
    else:
        named = [(str(host.person), _card_of(host.person, reader)) for host in hosts.seen]
    return HostsShown(
        named, is_more=len(named) < len(everybody), are_two=len(everybody) == access.HOSTS_LEAST
    )


def _card_of(other: Person, reader: Person) -> str:
    """Return the address of what `other` says of themselves, or "" if this kith has no such page."""
    if other == reader:
        return ""
    path = f"/person/{people.reference_to(other, seen_by=reader)}/"
    try:
        resolve(path)
    except Resolver404:
        return ""
    return path


def _answers(
    reader: Person | None, found: Gathering, coming: Sequence[Meeting], hosts: _Hosts
) -> queries.Answers | None:
    """Return what the reader said of the next meeting, or None if there is nothing to come to."""
    upcoming = next((m for m in coming if not m.called_off), None)
    if upcoming is None or found.status != Status.OPEN:
        return None
    seen = [host.person for host in hosts.seen]
    return queries.answers_of(reader, found, upcoming.on, hosts=seen)


def _zone(request: HttpRequest, found: Gathering) -> str:
    """Return the clock to read times by: the reader's, unless they have to be there in person."""
    if found.mode == Mode.IN_PERSON:
        return found.timezone
    return hours.zone_kept(request.COOKIES) or found.timezone


def _place_now(found: Gathering, coming: Sequence[Meeting]) -> Place | None:
    """Return where the next meeting is: on a tour, each is somewhere else."""
    upcoming = next((m for m in coming if not m.called_off), None)
    return upcoming.place if upcoming and upcoming.place else found.place


def _others(found: Gathering, place: Place | None) -> list[Gathering]:
    """Return what else meets at that door, if it is one."""
    if place is None or found.mode == Mode.ONLINE or place.is_approximate:
        return []
    return list(queries.others_at(place, besides=found)[:OTHERS_SHOWN])


def _directions(place: Place) -> dict[str, str]:
    """Return links into people's own map apps; nothing is loaded before one is followed."""
    said = place.address or ", ".join(filter(None, (place.street, place.city, place.postal_code)))
    links = {"address": ", ".join(filter(None, (place.name, said)))}
    if place.has_point and not (place.is_approximate and place.street):
        point = f"{place.latitude:.6f},{place.longitude:.6f}"
        label = quote(place.name or said)
        links |= {
            "geo": f"geo:{point}?q={point}({label})",
            "osm": "https://www.openstreetmap.org/directions?" + urlencode({"to": point}),
            "apple": "https://maps.apple.com/?" + urlencode({"daddr": point, "q": place.name}),
            "google": "https://www.google.com/maps/dir/?"
            + urlencode({"api": 1, "destination": point}),
        }
    elif said:
        links |= {
            "osm": "https://www.openstreetmap.org/search?" + urlencode({"query": said}),
            "apple": "https://maps.apple.com/?" + urlencode({"q": said}),
            "google": "https://www.google.com/maps/search/?" + urlencode({"api": 1, "query": said}),
        }
    return links


def _insides(found: Gathering) -> dict[str, object]:
    letters = recipes.letters_of(found.practice, found.doses)
    portions = recipes.portions_of(found)
    return {
        "practice": PRACTICES.get(found.practice, ""),
        "letters": letters,
        "portions": [
            (INGREDIENTS[p.ingredient], p.amount, AMOUNT_BARS[p.amount])
            for p in portions[:INGREDIENTS_SHOWN]
        ],
        "statements": [_said(s) for s in recipes.said_of(found)],
        "is_listed_recipe": not found.doses,
        "getting_in": [
            (ACCESS[code], _ICONS.get(code, "check")) for code in found.access if code in ACCESS
        ],
        "spoken": [language_name(code) for code in found.languages],
        "audience": [AUDIENCE[code] for code in found.audience if code in AUDIENCE],
        "topics": [TOPICS[code] for code in found.topics if code in TOPICS],
    }


def _said(statement: recipes.Statement) -> dict[str, object]:
    """Return a row of the table of studies: one petal, its word, and what stands behind it."""
    symbols = ["N"] * 5
    place = [name for name, _, _ in SYSTEMS].index(statement.system)
    symbols[place] = statement.letter.symbol
    return {
        "glyph": ",".join(symbols),
        "system": SYSTEMS[place][2],
        "strength": statement.letter.symbol[0],
        "disputed": statement.letter.disputed,
        "rests_on": [INGREDIENTS[code] for code in statement.rests_on],
        "limit": statement.about.honest_limit,
        "studies": [
            (finding.reference.citation, finding.reference.link, finding.note)
            for finding in statement.citable[:STUDIES_SHOWN]
            if finding.reference
        ],
    }


def _event(request: HttpRequest, found: Gathering, coming: Sequence[Meeting]) -> SafeString:
    """Return the page's schema.org data as JSON that cannot end the element it stands in."""
    first = next((m for m in coming if not m.called_off), None)
    url = request.build_absolute_uri(found.get_absolute_url())
    event = exports.schema_org(
        found, first.begins if first else None, first.ends if first else None, url=url
    )
    text = orjson.dumps(event).decode()
    return SafeString(text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026"))
