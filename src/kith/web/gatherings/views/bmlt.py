"""The questions that clients of BMLT ask, answered so that they need no change.

After BMLT's semantic interface (bmlt-enabled/bmlt-server): GetSearchResults with its parameters,
GetFormats, GetServiceBodies, GetFieldKeys, GetFieldValues, GetServerInfo and GetCoverageArea, as
json, jsonp, csv and tsml. It knows weekly meetings only; others are in the other feeds.
"""

import csv
import io
import re
from collections.abc import Callable
from typing import Any

import orjson
from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.views.decorators.http import require_safe

from kith import __version__
from kith.web.gatherings import queries
from kith.web.gatherings.bridge import bmlt, exports, spots
from kith.web.gatherings.bridge.bmlt import KM_PER_MILE, Found, Near, Row, Test
from kith.web.gatherings.choices import ACCESS, AUDIENCE, TOPICS, Openness, language_name

_CALLBACK = re.compile(r"^[A-Za-z_$][\w$.]{0,63}$")
_AUTO_RADIUS = 10
_ANYWHERE_KM = 20_037.0
_SERVICE_BODY = 1
# The version whose answers these are shaped after.
_LIKE_VERSION = "3.1.0"


@require_safe
def answer(request: HttpRequest, form: str) -> HttpResponse:
    """Answer one question, in one of the forms that BMLT's clients ask for."""
    query = request.GET
    respond = _SWITCHES.get(query.get("switcher", ""))
    if respond is None or form not in ("json", "jsonp", "csv", "tsml"):
        return _plain(b'{"error":"Unknown switcher or form."}', "application/json", status=404)
    if query.get("switcher") == "GetSearchResults":
        return _search(request, form)
    found = respond(query)
    if form == "csv" and isinstance(found, list):
        return _plain(_csv(found), "text/csv; charset=utf-8")
    return _wrapped(orjson.dumps(found), form, query)


def _search(request: HttpRequest, form: str) -> HttpResponse:
    query = request.GET
    found = _ordered(_found(query), query)
    if form == "tsml":
        return _tsml(request, found)
    if form == "csv" or "data_field_key" in query:
        rows = [_narrowed(row.values(km), query) for row, km in found]
        if form == "csv":
            return _plain(_csv(rows), "text/csv; charset=utf-8")
        body = orjson.dumps(rows)
    else:
        body = b"[" + b",".join([row.json(km) for row, km in found]) + b"]"
    if query.get("get_formats_only") == "1":
        body = b'{"formats":' + _used_formats(found) + b"}"
    elif query.get("get_used_formats") == "1":
        body = b'{"meetings":' + body + b',"formats":' + _used_formats(found) + b"}"
    return _wrapped(body, form, query)


def _found(query: QueryDict) -> Found:
    return bmlt.meetings(_near(query), list(_tests(query)))


def _near(query: QueryDict) -> Near | None:
    """Return where to look: a point and a width, or an address to be found among our towns."""
    lat, lon = _float(query, "lat_val"), _float(query, "long_val")
    if lat is not None and lon is not None and abs(lat) <= 90 and abs(lon) <= 360:
        miles, km = _float(query, "geo_width"), _float(query, "geo_width_km")
        width = km if km is not None else (miles or 0.0) * KM_PER_MILE
        count = miles if miles is not None and miles < 0 else km
        if count is not None and count < 0:
            return Near(lat, lon, _ANYWHERE_KM, count=min(int(-count), 10_000) or _AUTO_RADIUS)
        return Near(lat, lon, width) if width > 0 else None
    if query.get("StringSearchIsAnAddress") == "1" and query.get("SearchString"):
        named = spots.spots_named(query.get("SearchString", ""))
        radius = _float(query, "SearchStringRadius")
        if not named:
            return Near(0.0, 0.0, 0.0)
        if radius is None or radius < 0:
            count = int(-(radius or -_AUTO_RADIUS))
            return Near(named[0].latitude, named[0].longitude, _ANYWHERE_KM, count=count)
        return Near(named[0].latitude, named[0].longitude, radius * KM_PER_MILE)
    return None


def _tests(query: QueryDict) -> list[Test]:
    tests: list[Test] = []
    for name, of in _ONE_OF.items():
        wanted, unwanted = _signed(query, name)
        if wanted:
            tests.append(lambda row, of=of, some=wanted: of(row) in some)  # type: ignore[misc]
        if unwanted:
            tests.append(lambda row, of=of, some=unwanted: of(row) not in some)  # type: ignore[misc]
    wanted, unwanted = _signed(query, "formats")
    if wanted and query.get("formats_comparison_operator", "AND").upper() == "OR":
        tests.append(lambda row: bool(row.formats & wanted))
    elif wanted:
        tests.append(lambda row: row.formats >= wanted)
    if unwanted:
        tests.append(lambda row: not row.formats & unwanted)
    tests += _time_tests(query)
    text = query.get("SearchString", "").strip().casefold()
    if text and query.get("StringSearchIsAnAddress") != "1":
        tests.append(lambda row: text in _text_of(row))
    key, value = query.get("meeting_key", ""), query.get("meeting_key_value", "").casefold()
    if key:
        tests.append(lambda row: row.values(None).get(key, "").casefold() == value)
    return tests


_ONE_OF: dict[str, Callable[[Row], int]] = {
    "weekdays": lambda row: row.weekday,
    "venue_types": lambda row: row.venue_type,
    "services": lambda _row: _SERVICE_BODY,
    "meeting_ids": lambda row: row.id,
}


def _time_tests(query: QueryDict) -> list[Test]:
    after, before = _minutes(query, "StartsAfter"), _minutes(query, "StartsBefore")
    ends = _minutes(query, "EndsBefore")
    shortest, longest = _minutes(query, "MinDuration"), _minutes(query, "MaxDuration")
    tests: list[Test] = []
    if after is not None:
        tests.append(lambda row: row.starts > after)
    if before is not None:
        tests.append(lambda row: row.starts < before)
    if ends is not None:
        tests.append(lambda row: row.starts + row.minutes <= ends)
    if shortest is not None:
        tests.append(lambda row: row.minutes >= shortest)
    if longest is not None:
        tests.append(lambda row: row.minutes <= longest)
    return tests


def _minutes(query: QueryDict, name: str) -> int | None:
    hours, minutes = _float(query, f"{name}H"), _float(query, f"{name}M")
    if hours is None and minutes is None:
        return None
    return int(hours or 0) * 60 + int(minutes or 0)


def _text_of(row: Row) -> str:
    values = row.values(None)
    names = ("meeting_name", "location_text", "location_street", "location_municipality")
    more = ("location_neighborhood", "location_province", "location_postal_code_1", "comments")
    return " ".join(values[name] for name in (*names, *more)).casefold()


def _signed(query: QueryDict, name: str) -> tuple[frozenset[int], frozenset[int]]:
    """Return the numbers wanted under `name`, and those not wanted (negative ones)."""
    texts = ",".join([*query.getlist(name), *query.getlist(f"{name}[]")]).split(",")
    numbers = [int(text) for text in texts if re.fullmatch(r"-?\d{1,12}", text.strip())]
    return frozenset(n for n in numbers if n > 0), frozenset(-n for n in numbers if n < 0)


def _float(query: QueryDict, name: str) -> float | None:
    try:
        found = float(query.get(name, ""))
    except ValueError:
        return None
    return found if abs(found) < 1e9 else None


_SORTS: dict[str, Callable[[Row], Any]] = {
    "weekday": lambda row: (row.weekday, row.starts),
    "time": lambda row: (row.starts, row.weekday),
    "town": lambda row: (row.region, row.town, row.weekday, row.starts),
    "state": lambda row: (row.region, row.weekday, row.starts),
    "weekday_state": lambda row: (row.weekday, row.region, row.starts),
    "weekday_tinyint": lambda row: row.weekday,
    "start_time": lambda row: row.starts,
    "duration_time": lambda row: row.minutes,
    "location_municipality": lambda row: row.town,
    "location_province": lambda row: row.region,
    "id_bigint": lambda row: row.id,
}


def _ordered(found: Found, query: QueryDict) -> Found:
    keys = [key for key in query.get("sort_keys", "").split(",") if key in _SORTS]
    keys = keys or [key for key in (query.get("sort_key", "weekday"),) if key in _SORTS]
    by_distance = query.get("sort_results_by_distance") == "1"
    # From the least to the most important: each sort keeps the order of the one before.
    for key in reversed(keys):
        by = _SORTS[key]
        found.sort(key=lambda pair, by=by: by(pair[0]))  # type: ignore[misc]
    if by_distance:
        found.sort(key=lambda pair: pair[1] if pair[1] is not None else float("inf"))
    size, page = _float(query, "page_size"), _float(query, "page_num")
    if size is not None and size >= 1:
        begin = (max(1, int(page or 1)) - 1) * int(size)
        return found[begin : begin + int(size)]
    return found


def _narrowed(values: dict[str, str], query: QueryDict) -> dict[str, str]:
    keys = [key for key in query.get("data_field_key", "").split(",") if key]
    return {key: values[key] for key in keys if key in values} if keys else values


def _used_formats(found: Found) -> bytes:
    used = {number for row, _km in found for number in row.formats}
    return orjson.dumps([f for f in _formats(QueryDict()) if int(f["id"]) in used])


def _formats(query: QueryDict) -> list[dict[str, str]]:
    wanted = set(query.get("key_strings", "").upper().split(",")) - {""}
    return [
        {
            "key_string": key,
            "name_string": _meant(exports.BMLT_MEANINGS[key]),
            "description_string": _meant(exports.BMLT_MEANINGS[key]),
            "lang": "en",
            "id": str(number),
            "world_id": "",
            "format_type_enum": "O" if exports.BMLT_MEANINGS[key].startswith("openness") else "FC1",
            "root_server_uri": "",
        }
        for key, number in exports.BMLT_FORMATS.items()
        if not wanted or key.upper() in wanted
    ]


def _meant(meaning: str) -> str:
    kind, _colon, value = meaning.partition(":")
    if not value:
        return kind.replace("_", " ").capitalize()
    tables: dict[str, Any] = {"access": ACCESS, "audience": AUDIENCE, "topic": TOPICS}
    if kind == "language":
        return language_name(value)
    if kind == "openness":
        return str(Openness(value).label)
    return str(tables.get(kind, {}).get(value, value.replace("_", " ")))


def _service_bodies(_query: QueryDict) -> list[dict[str, str]]:
    return [
        {
            "id": str(_SERVICE_BODY),
            "parent_id": "0",
            "name": settings.KITH_NAME,
            "description": "",
            "type": "AS",
            "url": "",
            "helpline": "",
            "world_id": "",
        }
    ]


def _field_keys(_query: QueryDict) -> list[dict[str, str]]:
    first = next(iter(bmlt.meetings(None, [])), None)
    keys = list(first[0].values(None)) if first else []
    return [{"key": key, "description": key.replace("_", " ").capitalize()} for key in keys]


def _field_values(query: QueryDict) -> list[dict[str, str]]:
    key = query.get("meeting_key", "")
    ids: dict[str, list[str]] = {}
    for row, _km in bmlt.meetings(None, []):
        ids.setdefault(row.values(None).get(key, ""), []).append(str(row.id))
    return [{key: value, "ids": ",".join(some)} for value, some in sorted(ids.items())]


def _server_info(_query: QueryDict) -> list[dict[str, str]]:
    return [
        {
            "version": _LIKE_VERSION,
            "versionInt": "3001000",
            "langs": "en",
            "nativeLang": "en",
            "semanticAdmin": "0",
            "emailEnabled": "0",
            "changesPerMeeting": "0",
            "default_duration": "1:00:00",
            "available_keys": "",
            "kith": __version__,
        }
    ]


def _coverage(_query: QueryDict) -> list[dict[str, str]]:
    return queries.coverage()


def _none(_query: QueryDict) -> list[dict[str, str]]:
    return []


_SWITCHES: dict[str, Callable[[QueryDict], list[dict[str, str]]]] = {
    "GetSearchResults": _none,
    "GetFormats": _formats,
    "GetServiceBodies": _service_bodies,
    "GetFieldKeys": _field_keys,
    "GetFieldValues": _field_values,
    "GetServerInfo": _server_info,
    "GetCoverageArea": _coverage,
    "GetChanges": _none,
}


def _tsml(request: HttpRequest, found: Found) -> HttpResponse:
    numbers = list(dict.fromkeys(row.gathering for row, _km in found))
    records = [
        exports.meeting_guide(g, (), url=request.build_absolute_uri(g.get_absolute_url()))
        for g in queries.in_order(numbers)
    ]
    return _plain(orjson.dumps(records), "application/json")


def _csv(rows: list[dict[str, str]]) -> bytes:
    text = io.StringIO()
    writer = csv.DictWriter(text, fieldnames=list(rows[0]) if rows else [], quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue().encode()


def _wrapped(body: bytes, form: str, query: QueryDict) -> HttpResponse:
    callback = query.get("callback", "")
    if form == "jsonp" and _CALLBACK.fullmatch(callback):
        return _plain(b"/**/" + callback.encode() + b"(" + body + b");", "text/javascript")
    return _plain(body, "application/json")


def _plain(body: bytes, kind: str, status: int = 200) -> HttpResponse:
    response = HttpResponse(body, content_type=kind, status=status)
    response["Access-Control-Allow-Origin"] = "*"
    return response
