"""Looking for gatherings: the page, and the same answer for other programs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.template.loader import render_to_string
from django.utils.dates import WEEKDAYS
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_safe

from kith.web.gatherings import forms
from kith.web.gatherings.bridge import finding, hours, words
from kith.web.gatherings.bridge.finding import Answer, Asked, Hit
from kith.web.gatherings.choices import ACCESS, AUDIENCE, PRACTICES, Mode, language_name
from kith.web.gatherings.views.cards import (
    Card,
    Reader,
    cards,
    fragments,
    hit_json,
    row,
    untimed_row,
)
from kith.web.gatherings.views.sketch import sketch
from kith.web.gatherings.views.streets import streets_url
from kith.web.kit import times
from kith.web.kit.frames import filled, framed

MILES_IN = frozenset({"US", "GB", "LR", "MM"})
# Chips that stand open; the rest waits behind a word.
_OPEN_ACCESS = ("step_free",)
_OPEN_AUDIENCE = ("women",)
_SPOKEN = ("en", "es", "fr", "pl", "pt", "de", "ru", "fa", "mi", "ase")
_JSON_FRESH_S = 30


@dataclass(frozen=True, slots=True)
class Chip:
    """One thing that can be wished for, as a checkbox that looks like a chip."""

    name: str
    value: str
    label: str
    is_on: bool
    icon: str = ""


@require_safe
def gatherings(request: HttpRequest) -> HttpResponse:
    """Show what is on near somewhere, and what comes closest where nothing is."""
    now = datetime.now(UTC)
    search = forms.search_from(request.GET, request.COOKIES)
    asked = search.asked
    if search.has_radius or search.is_unknown:
        answer = finding.find(asked, now)
    else:
        asked, answer = finding.find_widening(asked, now)
    here = _here(search)
    reader = reader_of(asked)
    drawn = {
        "title": _title(search),
        "query": request.GET.urlencode(),
        "near": filled(
            "gatherings/_near.html",
            {
                "typed": search.typed,
                "lat": "" if search.typed else here[0],
                "lon": "" if search.typed else here[1],
                "reach_options": _reach_options(
                    asked.km, reader.language, is_chosen=search.has_radius
                ),
            },
        ),
        "chips": _wishes(asked, is_evening=hours.is_evening(asked.local(now))),
        "found": _found(request.GET, search, asked, answer, now),
    }
    return framed(request, "gatherings/gathering_list.html", drawn, current="gatherings")


def _here(search: forms.Search) -> tuple[str, str]:
    near = search.asked.near
    return (f"{near.latitude:.5f}", f"{near.longitude:.5f}") if near else ("", "")


def _found(
    query: QueryDict, search: forms.Search, asked: Asked, answer: Answer, now: datetime
) -> SafeString:
    """Return the part of the page that changes with every wish: the list, or what comes closest."""
    reader = reader_of(asked)
    found = cards((hit.number for hit in answer.hits), reader.language)
    lat, lon = _here(search)
    next_name, next_query = _next(query, asked, now)
    parts = {
        "typed": search.typed,
        "lat": lat,
        "lon": lon,
        "km": f"{asked.km:g}",
        "days": _days(answer.hits, found, asked, now),
        "reach_words": words.said_reach(asked.km, miles=reader.miles),
        "untimed": _untimed(asked),
        "next_name": next_name,
        "next_query": next_query,
        "zone_words": asked.zone.rpartition("/")[2].replace("_", " "),
        "query": query.urlencode(),
        "streets": streets_url(),
        "sketch": sketch(asked, answer.hits, found, reader) if asked.near else SafeString(""),
    }
    flags = {
        "is_cut": answer.n_in_all > len(answer.hits),
        "is_widened": asked.km != search.asked.km,
        "is_unknown": search.is_unknown,
    }
    if answer.hits and not search.others:
        true = frozenset(name for name, is_so in flags.items() if is_so)
        return filled("gatherings/_found.html", parts, flags=true)
    context = {**parts, **flags, "others": search.others}
    if not answer.hits:
        context["closest"] = list(_closest(query, asked, now))
    return SafeString(render_to_string("gatherings/_found.html", context))


def _title(search: forms.Search) -> str:
    if not search.typed:
        return gettext("Gatherings")
    return gettext("Gatherings near %(place)s") % {"place": search.typed}


@lru_cache(maxsize=256)
def _reach_options(km: float, language: str | None, *, is_chosen: bool) -> SafeString:  # noqa: ARG001 - part of the key
    """Return the choices of how far, the present one first if nobody chose it."""
    miles = uses_miles()
    options = [
        (f"{choice:g}", words.said_reach(choice, miles=miles)) for choice in forms.KM_CHOICES
    ]
    pairs = [
        (value, SafeString(" selected" if is_chosen and value == f"{km:g}" else ""), label)
        for value, label in options
    ]
    if not is_chosen:
        pairs.insert(0, ("", SafeString(" selected"), words.said_reach(km, miles=miles)))
    return format_html_join("", '<option value="{}"{}>{}</option>', pairs)


@require_safe
def gatherings_json(request: HttpRequest) -> HttpResponse:
    """Answer a search for other programs; the parameters are those of the page."""
    now = datetime.now(UTC)
    search = forms.search_from(request.GET, request.COOKIES)
    answer = finding.find(search.asked, now)
    found = fragments(hit.number for hit in answer.hits)
    near = search.asked.near
    body = {
        "near": None
        if near is None
        else {"name": near.name, "latitude": near.latitude, "longitude": near.longitude},
        "unknown_place": search.is_unknown,
        "within_km": search.asked.km,
        "timezone": search.asked.zone,
        "found": answer.n_in_all,
        "meetings": [
            hit_json(found[hit.number], hit) for hit in answer.hits if hit.number in found
        ],
    }
    response = HttpResponse(orjson.dumps(body), content_type="application/json")
    response["Cache-Control"] = f"private, max-age={_JSON_FRESH_S}"
    return response


def uses_miles() -> bool:
    """Return whether people here think in miles."""
    return settings.KITH_COUNTRY in MILES_IN


def reader_of(asked: Asked) -> Reader:
    """Return how the one who asked reads times and distances."""
    return Reader(asked.zone, get_language(), uses_miles())


def rows_html(
    hits: Sequence[Hit], found: dict[int, Card], reader: Reader, now: datetime
) -> SafeString:
    """Return the rows of `hits`."""
    rows = [row(found[hit.number], hit, reader, now) for hit in hits if hit.number in found]
    return SafeString("".join(rows))


def _days(hits: tuple[Hit, ...], found: dict[int, Card], asked: Asked, now: datetime) -> SafeString:
    local = asked.local(now)
    today = hours.day_of(local)
    zone = hours.zone(asked.zone)
    reader = reader_of(asked)

    def day_of(hit: Hit) -> date:
        # What began before today's dawn and is still on belongs to tonight.
        return max(today, hours.day_of(datetime.fromtimestamp(hit.starts * 60, zone)))

    drawn = []
    for day, some in groupby(hits, key=day_of):
        name = times.said_day(day, today)
        if day == today and hours.is_evening(local):
            name = gettext("Tonight")
        weekday = f" <span>{WEEKDAYS[day.weekday()]}</span>" if (day - today).days < 2 else ""
        rows = rows_html(list(some), found, reader, now)
        drawn.append(f'<h2 class="dayhead">{name}{weekday}</h2><ul class="list">{rows}</ul>')
    return SafeString("".join(drawn))


def _untimed(asked: Asked) -> SafeString:
    near = finding.untimed_near(asked)
    if not near:
        return SafeString("")
    reader = reader_of(asked)
    found = cards((number for number, _km in near), reader.language)
    rows = (untimed_row(found[n], km, reader) for n, km in near if n in found)
    return SafeString("".join(rows))


@dataclass(frozen=True, slots=True)
class _Chosen:
    """The wishes that are ticked: what the chips depend on, and nothing else."""

    language: str | None
    is_evening: bool
    whens: tuple[str, ...]
    parts: tuple[str, ...]
    modes: tuple[str, ...]
    practices: tuple[str, ...]
    languages: tuple[str, ...]
    audience: tuple[str, ...]
    access: tuple[str, ...]
    is_untouched: bool


def _wishes(asked: Asked, *, is_evening: bool) -> SafeString:
    """Return the chips as HTML. Most people tick the same few, so they are drawn once."""
    names = [
        name for name in _Chosen.__dataclass_fields__ if name not in ("language", "is_evening")
    ]
    ticked: dict[str, Any] = {name: getattr(asked, name) for name in names}
    return _drawn(_Chosen(language=get_language(), is_evening=is_evening, **ticked))


@lru_cache(maxsize=512)
def _drawn(chosen: _Chosen) -> SafeString:
    return SafeString(render_to_string("gatherings/_wishes.html", _chips(chosen)))


def _chips(asked: _Chosen) -> dict[str, object]:
    whens = [
        (hours.NOW, gettext("On now")),
        (hours.TONIGHT, gettext("Tonight") if asked.is_evening else gettext("Today")),
        (hours.TOMORROW, gettext("Tomorrow")),
        (hours.WEEKEND, gettext("Weekend")),
    ]
    parts = {
        "morning": gettext("Morning"),
        "afternoon": gettext("Afternoon"),
        "evening": gettext("Evening"),
        "night": gettext("Late"),
    }
    days = [(code, str(WEEKDAYS[n])) for n, code in enumerate(hours.WEEKDAYS)]
    open_access = [(code, str(ACCESS[code])) for code in _OPEN_ACCESS]
    more_access = [(c, str(label)) for c, label in ACCESS.items() if c not in _OPEN_ACCESS][:8]
    open_whom = [(code, gettext("Women only")) for code in _OPEN_AUDIENCE]
    more_whom = [(c, str(label)) for c, label in AUDIENCE.items() if c not in _OPEN_AUDIENCE][:10]
    spoken = [(code, language_name(code)) for code in _spoken(asked)]
    groups = {
        "when_chips": _some("when", whens, asked.whens),
        "day_chips": _some("when", days, asked.whens),
        "part_chips": _some("part", parts.items(), asked.parts),
        "practice_chips": _some("practice", PRACTICES.items(), asked.practices),
        "language_chips": _some("language", spoken, asked.languages),
        "mode_chips": _some(
            "mode",
            [(Mode.IN_PERSON.value, gettext("In person")), (Mode.ONLINE.value, gettext("Online"))],
            asked.modes,
        ),
        "access_chips": _some("access", open_access, asked.access, icon="accessibility"),
        "audience_chips": _some("for", open_whom, asked.audience),
        "more_chips": [
            *_some("access", more_access, asked.access),
            *_some("for", more_whom, asked.audience),
        ],
    }
    inside = ("day_chips", "part_chips", "practice_chips", "language_chips", "more_chips")
    chosen = [chip.label for name in inside for chip in groups[name] if chip.is_on]
    return {
        **groups,
        "touch_chip": Chip("touch", "none", gettext("No touch"), asked.is_untouched),
        "more_chosen": ", ".join(chosen),
    }


def _spoken(asked: _Chosen) -> list[str]:
    return list(dict.fromkeys((*_SPOKEN, *asked.languages)))


def _some(name: str, labels: object, chosen: tuple[str, ...], icon: str = "") -> list[Chip]:
    return [Chip(name, v, str(label), v in chosen, icon) for v, label in labels]  # type: ignore[attr-defined]


def _next(query: QueryDict, asked: Asked, now: datetime) -> tuple[str, str]:
    """Return the day after those shown, and how to ask for it: lists end, and say what comes next."""
    today = hours.day_of(asked.local(now))
    shown = hours.days_of(asked.whens, asked.local(now)) or [today - timedelta(days=1)]
    day = shown[-1] + timedelta(days=1)
    if (day - today).days > 6:
        return "", ""
    changed = query.copy()
    changed.setlist("when", [day.isoformat()])
    return times.said_day(day, today), changed.urlencode()


def _closest(query: QueryDict, asked: Asked, now: datetime) -> Iterator[dict[str, str]]:
    """Yield what comes closest, each with what to change and the first thing that is on."""
    options = finding.alternatives(asked, now)
    found = cards((hit.number for *_, hit in options), get_language())
    for kind, value, changed, hit in options:
        begins = hit.at.astimezone(hours.zone(asked.zone))
        day = times.said_day(hours.day_of(begins), hours.day_of(asked.local(now)))
        card = found[hit.number]
        yield {
            "label": _option_words(kind, value, changed),
            "query": _option_query(query, kind, value, changed),
            "first": format_html("{}, {}, {}", card.name, day, times.said_time(begins.time())),
        }


def _option_words(kind: str, value: str, changed: Asked) -> str:
    if kind == "tomorrow":
        return gettext("Look tomorrow instead")
    if kind == "week":
        return gettext("Look at the whole week")
    if kind == "anything":
        return gettext("See everything there this week")
    if kind == "online":
        return gettext("Be with people online")
    if kind == "wider":
        return gettext("Look %(reach)s") % {
            "reach": words.said_reach(changed.km, miles=uses_miles())
        }
    labels = {
        "practices": PRACTICES.get(value),
        "languages": language_name(value),
        "audience": AUDIENCE.get(value),
        "access": ACCESS.get(value),
        "is_untouched": gettext("No touch"),
    }
    return gettext("Leave out “%(label)s”") % {"label": labels.get(kind) or value}


def _option_query(query: QueryDict, kind: str, value: str, changed: Asked) -> str:
    new = query.copy()
    if kind == "anything":
        new = QueryDict(mutable=True)
        for name in ("near", "lat", "lon", "km"):
            new[name] = query.get(name, "")
        new.setlist("when", list(changed.whens))
        return new.urlencode()
    names = {"practices": "practice", "languages": "language", "audience": "for", "access": "access", "parts": "part"}  # fmt: skip
    if kind in names:
        new.setlist(names[kind], [v for v in query.getlist(names[kind]) if v != value])
    elif kind == "is_untouched":
        new.pop("touch", None)
    elif kind in ("tomorrow", "week"):
        new.setlist("when", list(changed.whens))
    elif kind == "wider":
        new["km"] = f"{changed.km:g}"
    else:
        new.setlist("mode", [Mode.ONLINE.value])
    return new.urlencode()
