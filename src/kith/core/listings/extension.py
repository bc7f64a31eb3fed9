"""What kith adds to a record that the format itself cannot carry, so that nothing is lost.

Other readers pass it over; kith reads its own words back.
"""

import re
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime, time
from typing import Any, TypeVar

from kith.core.listings.draft import Draft, Place, RecordRefused, Slot, is_yes
from kith.core.listings.feed_text import scalar_text, shown
from kith.core.listings.listing import MODES, Listing, Venue
from kith.core.places import known_zone
from kith.core.schedule import Dated, Schedule

TOUCHES = ("", "none", "hands", "spotting", "hug")
_CODE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,59}")
_MINUTES_MOST = 31 * 24 * 60
_Date = TypeVar("_Date", bound=date)

_CODES = {"languages": "language", "audience": "audience", "access": "access", "topics": "topic"}
_TEXTS = ("touch", "practice", "program", "when_note")


def extension_of(listing: Listing) -> dict[str, Any]:
    """Return what of `listing` other formats lose, as plain JSON values."""
    values: dict[str, Any] = {name: list(getattr(listing, name)) for name in _CODES}
    values |= {name: getattr(listing, name) for name in (*_TEXTS, "openness")}
    values["codes"] = list(listing.codes)
    values["paused"] = listing.is_paused
    said = {name: value for name, value in values.items() if value}
    return {
        **said,
        "mode": listing.mode,
        "schedule": _schedule_values(listing.schedule),
        "venues": [_venue_values(venue) for venue in listing.venues],
    }


def read_extension(draft: Draft, value: object) -> None:
    """Let what kith itself wrote into a record speak for it, where it did.

    Raises:
        RecordRefused: If it is not what kith writes.
    """
    if not isinstance(value, Mapping):
        return
    try:
        _read(draft, value)
    except (TypeError, ValueError, KeyError, AttributeError, OverflowError) as error:
        raise RecordRefused(f"its kith extension is damaged ({shown(str(error))})") from error


def _read(draft: Draft, value: Mapping[str, Any]) -> None:
    draft.meanings = [f"{k}:{_code(v)}" for n, k in _CODES.items() for v in _list(value, n)]
    if value.get("openness"):
        draft.meanings.append(f"openness:{_code(value['openness'])}")
    for name in _TEXTS:
        setattr(draft, name, scalar_text(value.get(name)))
    if draft.touch not in TOUCHES:
        raise ValueError(f"touch {draft.touch!r}")
    draft.codes = [scalar_text(code) for code in _list(value, "codes")]
    draft.is_paused = value.get("paused") is True
    draft.attendance = value["mode"] if value.get("mode") in MODES else draft.attendance
    places = [_place(venue) for venue in _list(value, "venues")]
    draft.place = next((p for p in places if not p.key), Place())
    draft.more_places = [p for p in places if p.key]
    draft.repairs.clear()
    _read_schedule(draft, value["schedule"])


def _list(value: Mapping[str, Any], name: str) -> list[Any]:
    found = value.get(name, [])
    if not isinstance(found, list):
        raise TypeError(f"{name} is no list")
    return found


def _code(value: object) -> str:
    if not isinstance(value, str) or not _CODE.fullmatch(value):
        raise ValueError(f"code {value!r}")
    return value


def _schedule_values(schedule: Schedule) -> dict[str, Any]:
    values = {
        "timezone": schedule.timezone,
        "start": f"{schedule.start:%H:%M}" if schedule.start is not None else "",
        "minutes": schedule.duration_minutes,
        "rule": schedule.rule,
        "first_on": schedule.first_on.isoformat() if schedule.first_on else "",
        "except_on": [on.isoformat() for on in schedule.except_on],
        "dated": [_dated_values(dated) for dated in schedule.dated],
    }
    return {name: value for name, value in values.items() if value}


def _dated_values(dated: Dated) -> dict[str, Any]:
    values = asdict(dated) | {
        "starts": dated.starts.isoformat(timespec="minutes"),
        "replaces": dated.replaces.isoformat() if dated.replaces else "",
    }
    return {name: value for name, value in values.items() if value}


def _read_schedule(draft: Draft, value: Mapping[str, Any]) -> None:
    draft.zone, draft.zone_is_exact = _zone(value["timezone"]), True
    start = value.get("start", "")
    slot = Slot(
        rule=value.get("rule", ""),
        first_on=_date(value.get("first_on")),
        start=time.fromisoformat(start).strftime("%H:%M") if start else None,
        length=_minutes(value.get("minutes")),
        except_on=tuple(_in_reach(date.fromisoformat(on)) for on in _list(value, "except_on")),
        dated=tuple(_dated(item) for item in _list(value, "dated")),
    )
    if not isinstance(slot.rule, str):
        raise TypeError("rule")
    draft.slots = [slot]


def _dated(value: Mapping[str, Any]) -> Dated:
    starts = _in_reach(datetime.fromisoformat(value["starts"]))
    if starts.tzinfo is not None:
        raise ValueError("a date with an offset")
    return Dated(
        starts=starts,
        timezone=_zone(value["timezone"]),
        duration_minutes=_minutes(value.get("duration_minutes")),
        replaces=_date(value.get("replaces")),
        called_off=value.get("called_off") is True,
        place=_code(value["place"]) if value.get("place") else "",
        note=shown(scalar_text(value.get("note")), 255),
    )


def _zone(value: object) -> str:
    if not isinstance(value, str) or not value or known_zone(value) != value:
        raise ValueError(f"time zone {value!r}")
    return value


def _minutes(value: object) -> int | None:
    if value is None:
        return None
    if type(value) is not int or not 0 < value <= _MINUTES_MOST:
        raise ValueError(f"minutes {value!r}")
    return value


def _date(value: object) -> date | None:
    return _in_reach(date.fromisoformat(value)) if isinstance(value, str) and value else None


def _in_reach(when: _Date) -> _Date:
    if not 1900 <= when.year <= 2200:
        raise ValueError(f"the year {when.year}")
    return when


def _venue_values(venue: Venue) -> dict[str, Any]:
    return {name: value for name, value in asdict(venue).items() if value not in ("", None, False)}


def _place(value: Mapping[str, Any]) -> Place:
    numbers = ("latitude", "longitude", "is_approximate")
    if value.get("key"):
        _code(value["key"])
    texts = {n: scalar_text(value.get(n)) for n in Place.__dataclass_fields__ if n not in numbers}
    return Place(
        latitude=value.get("latitude"),
        longitude=value.get("longitude"),
        is_approximate=is_yes(value.get("is_approximate")),
        **texts,
    )
