"""What other programs read of this instance: Meeting Guide, BMLT and iCalendar."""

from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256

import orjson
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from kith.web.gatherings import access, forms, queries
from kith.web.gatherings.bridge import exports, finding, shelf
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Gathering, Occasion
from kith.web.gatherings.views.gathering import reader_of

FRESH_S = 300
BATCH = 1_000
CALENDAR_MOST = 500


@require_safe
def meeting_guide(request: HttpRequest) -> HttpResponseBase:
    """Answer with everything that is not retired, as a Meeting Guide feed."""
    edition = shelf.current().edition
    root = request.build_absolute_uri("/")[:-1]
    etag = f'"{edition}-{sha256(root.encode()).hexdigest()[:12]}"'
    # Whoever has it already is not made to wait for it.
    known = get_conditional_response(request, etag=etag)
    if known is not None:
        known["ETag"] = etag
        return known
    key = f"gatherings:meeting-guide:{etag}"
    body = cache.get(key)
    if body is None:
        body = b"[" + b",\n".join(_records(root)) + b"]\n"
        cache.set(key, body, FRESH_S)
    response = HttpResponse(body, content_type="application/json")
    response["ETag"] = etag
    response["Cache-Control"] = f"public, max-age={FRESH_S}"
    # Public lists are for every page that wants to show them.
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _records(root: str) -> Iterator[bytes]:
    for gathering, occasions in _with_dates(list(queries.everything())):
        url = f"{root}{gathering.get_absolute_url()}"
        yield orjson.dumps(exports.meeting_guide(gathering, occasions, url=url))


@require_safe
def gathering_calendar(request: HttpRequest, slug: str) -> HttpResponse:
    """Answer with one gathering as a calendar."""
    gathering = access.open_gathering(slug, seen_by=reader_of(request))
    found = [] if gathering.status in {Status.RETIRED, Status.WAITING} else [gathering]
    return _calendar(request, found, name=gathering.name, file=gathering.slug)


@require_safe
def place_calendar(request: HttpRequest, number: int) -> HttpResponse:
    """Answer with all that meets at a place as a calendar."""
    place = access.open_place(number)
    return _calendar(request, queries.all_at(place), name=str(place), file=f"place-{place.pk}")


@require_safe
def search_calendar(request: HttpRequest) -> HttpResponse:
    """Answer with what a search finds as a calendar: each gathering once, with its whole rhythm."""
    search = forms.search_from(request.GET, request.COOKIES)
    now = datetime.now(UTC)
    if search.has_radius:
        answer = finding.find(search.asked, now)
    else:
        _asked, answer = finding.find_widening(search.asked, now)
    numbers = list(dict.fromkeys(hit.number for hit in answer.hits))[:CALENDAR_MOST]
    name = gettext("Gatherings near %(place)s") % {"place": search.typed or settings.KITH_NAME}
    return _calendar(request, queries.in_order(numbers), name=name, file="gatherings")


def _calendar(
    request: HttpRequest, gatherings: Sequence[Gathering], *, name: str, file: str
) -> HttpResponse:
    many = (
        (gathering, occasions, request.build_absolute_uri(gathering.get_absolute_url()))
        for gathering, occasions in _with_dates(gatherings)
    )
    body = exports.calendar(many, now=datetime.now(UTC), name=name, host=request.get_host())
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{file}.ics"'
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _with_dates(
    gatherings: Sequence[Gathering],
) -> Iterator[tuple[Gathering, Sequence[Occasion]]]:
    for begin in range(0, len(gatherings), BATCH):
        some = gatherings[begin : begin + BATCH]
        dated = queries.occasions_by_gathering(some)
        for gathering in some:
            yield gathering, dated.get(gathering.pk, [])
