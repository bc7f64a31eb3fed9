"""Reads iCalendar (RFC 5545): one record for each UID, its moved and called-off dates within."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta, tzinfo

import orjson
from icalendar import Event

from kith.core.listings.addresses import taken_apart
from kith.core.listings.draft import Draft, Place, RecordRefused, Slot, text_of
from kith.core.listings.extension import read_extension
from kith.core.listings.listing import Outcome
from kith.core.listings.meanings import meanings_of
from kith.core.places import known_zone
from kith.core.schedule import Dated

_BLOCK = re.compile(
    r"^BEGIN:VEVENT\s*$.*?^END:VEVENT\s*$", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_PROPERTY = re.compile(
    r"^(X-WR-TIMEZONE|X-WR-CALNAME)(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE
)
_CALL_LINK = re.compile(
    r"https?://[^\s<>\"']*(?:zoom\.us|meet\.google\.com|teams\.microsoft|webex\.com|whereby\.com"
    r"|meet\.jit\.si|gotomeet|discord\.gg|skype\.com)[^\s<>\"']*",
    re.IGNORECASE,
)
_NEVER_PUBLIC = frozenset({"PRIVATE", "CONFIDENTIAL"})


def drafts_of(text: str) -> list[Draft | Outcome]:
    """Return a draft for each UID of a calendar, or an outcome for one that had to be refused."""
    unfolded = re.sub(r"\r?\n[ \t]", "", text.replace("\r\n", "\n").replace("\r", "\n"))
    header = {m[1].upper(): m[2].strip() for m in _PROPERTY.finditer(unfolded)}
    zone = header.get("X-WR-TIMEZONE", "")
    return [_draft_or_refusal(events, zone) for events in _by_uid(unfolded)]


def _by_uid(unfolded: str) -> Iterator[list[Event]]:
    series: dict[str, list[Event]] = {}
    for number, block in enumerate(_BLOCK.finditer(unfolded), start=1):
        event = Event.from_ical(block[0])
        if not isinstance(event, Event):
            continue
        uid = str(event.get("UID", "")).strip() or f"#{number}"
        series.setdefault(uid, []).append(event)
    for events in series.values():
        # The series itself first; then what was changed later, the latest change last.
        yield sorted(events, key=lambda e: ("RECURRENCE-ID" in e, _sequence(e)))


def _sequence(event: Event) -> int:
    try:
        return int(event.get("SEQUENCE", 0))
    except (TypeError, ValueError):
        return 0


def _draft_or_refusal(events: Sequence[Event], calendar_zone: str) -> Draft | Outcome:
    uid = str(events[0].get("UID", "")).strip()
    label = " ".join(
        filter(None, (_text(events[0], "SUMMARY")[:80], f"({uid[:80]})" if uid else ""))
    )
    try:
        return _draft(events, uid, label, calendar_zone)
    except RecordRefused as refusal:
        return Outcome(label or "an event without UID", reason=str(refusal))


def _draft(events: Sequence[Event], uid: str, label: str, calendar_zone: str) -> Draft:
    head = events[-1] if "RECURRENCE-ID" not in events[-1] else events[0]
    if _text(head, "CLASS").upper() in _NEVER_PUBLIC:
        raise RecordRefused("its calendar marks it private")
    if _text(head, "STATUS").upper() == "CANCELLED":
        raise RecordRefused("its calendar has it cancelled")
    draft = Draft(record=label, key=uid, name=_text(head, "SUMMARY"), zone_is_exact=True)
    draft.key = draft.key or draft.name
    _note_errors(draft, head)
    draft.place = _place(head)
    draft.about = _text(head, "DESCRIPTION")
    draft.url = _text(head, "URL")
    draft.join_url = _join_url(head)
    draft.updated = _moment(head, "LAST-MODIFIED") or _moment(head, "DTSTAMP")
    _read_categories(draft, head)
    draft.slots = [_slot(draft, head, events, calendar_zone)]
    _read_own(draft, head)
    return draft


def _slot(draft: Draft, head: Event, events: Sequence[Event], calendar_zone: str) -> Slot:
    starts = _when(head, "DTSTART")
    if starts is None:
        raise RecordRefused("has no start that can be read")
    zone, draft.zone = _zone(head, starts, calendar_zone)
    is_series = "RRULE" in head or "RDATE" in head
    if isinstance(starts, datetime) and starts.tzinfo is UTC and not is_series:
        draft.zone, draft.is_utc = calendar_zone, True
        zone = None
    local = _local(starts, zone)
    length = _length(draft, head, starts)
    slot = Slot(rule=_rule(head), length=length, first_on=local.date())
    if isinstance(starts, datetime):
        slot.start = local.strftime("%H:%M")
    slot.except_on = tuple(d.date() for d in _dates(head, "EXDATE", zone))
    added = [d for d in _dates(head, "RDATE", zone) if d != local]
    changed = [_changed(draft, event, zone, local) for event in events if "RECURRENCE-ID" in event]
    dated = [
        Dated(d if d.time() != time() else datetime.combine(d, local.time()), "") for d in added
    ]
    if not slot.rule:
        dated.insert(0, Dated(local, ""))
        slot.first_on = None
        slot.start = None
    slot.dated = tuple(
        _latest(dated, [c for c in changed if c is not None], has_rule=bool(slot.rule))
    )
    return slot


def _latest(dated: list[Dated], changed: list[Dated], *, has_rule: bool) -> list[Dated]:
    """Return `dated` with `changed` in the stead of what they replace."""
    kept = {d.starts.date(): d for d in dated}
    for change in changed:
        if change.replaces in kept:
            del kept[change.replaces]
            kept[change.starts.date()] = replace(change, replaces=None)
        elif has_rule:
            kept[change.replaces or change.starts.date()] = change
    return sorted(kept.values(), key=lambda d: d.starts)


def _changed(draft: Draft, event: Event, zone: tzinfo | None, series: datetime) -> Dated | None:
    replaced = _when(event, "RECURRENCE-ID")
    starts = _when(event, "DTSTART") or replaced
    if replaced is None or starts is None:
        draft.repair("RECURRENCE-ID", "left out: a changed date that cannot be read")
        return None
    on = _local(replaced, zone).date()
    local = _local(starts, zone)
    if not isinstance(starts, datetime):
        local = datetime.combine(local.date(), series.time())
    place = _place(event)
    key = ""
    if place.address and place.address != draft.place.address:
        key = f"{local:%Y%m%d}"
        draft.more_places.append(replace(place, key=key))
    return Dated(
        starts=local,
        timezone="",
        duration_minutes=_length(draft, event, starts),
        replaces=on,
        called_off=_text(event, "STATUS").upper() == "CANCELLED",
        place=key,
        note=_text(event, "COMMENT")[:255],
    )


def _when(event: Event, name: str) -> date | datetime | None:
    value = event.get(name)
    found = getattr(value[0] if isinstance(value, list) else value, "dt", None)
    return found if isinstance(found, date) else None


def _zone(event: Event, starts: date | datetime, calendar_zone: str) -> tuple[tzinfo | None, str]:
    """Return the zone that the event's local times are in, and its name as the feed has it."""
    if not isinstance(starts, datetime):
        return None, calendar_zone
    stated = (
        str(event["DTSTART"].params.get("TZID", "")) if hasattr(event["DTSTART"], "params") else ""
    )
    # "/freeassociation.sourceforge.net/America/New_York", "tzone://Microsoft/Utc": take the end.
    tail = "/".join(stated.strip("/").split("/")[-2:])
    name = next((t for t in (stated, tail, tail.split("/")[-1]) if t and known_zone(t)), stated)
    if starts.tzinfo is UTC:
        return UTC, "UTC"
    return starts.tzinfo, name or calendar_zone


def _local(when: date | datetime, zone: tzinfo | None) -> datetime:
    """Return a date or moment as a naive clock time in `zone` (None: as it is written)."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time())
    if when.tzinfo is not None and zone is not None:
        when = when.astimezone(zone)
    return when.replace(tzinfo=None, second=0, microsecond=0)


def _dates(event: Event, name: str, zone: tzinfo | None) -> list[datetime]:
    values = event.get(name, [])
    lists = values if isinstance(values, list) else [values]
    items = (item.dt for value in lists for item in getattr(value, "dts", []))
    return [_local(when, zone) for when in items if isinstance(when, date)]


def _length(draft: Draft, event: Event, starts: date | datetime) -> int | None:
    ends, stated = _when(event, "DTEND"), getattr(event.get("DURATION"), "dt", None)
    if isinstance(stated, timedelta):
        return int(stated.total_seconds()) // 60
    if ends is None:
        return None if isinstance(starts, datetime) else 24 * 60
    if isinstance(ends, datetime) and isinstance(starts, datetime):
        if (ends.tzinfo is None) != (starts.tzinfo is None):
            ends, starts = ends.replace(tzinfo=None), starts.replace(tzinfo=None)
        minutes = int((ends - starts).total_seconds()) // 60
    else:
        minutes = (_local(ends, None).date() - _local(starts, None).date()).days * 24 * 60
    if minutes <= 0 or minutes > 31 * 24 * 60:
        draft.repair("DTEND", "left out: an end that is not after the start, or over a month later")
        return None
    return minutes


def _rule(event: Event) -> str:
    rule = event.get("RRULE")
    if rule is None:
        return ""
    if isinstance(rule, list):
        raise RecordRefused("repeats by more than one rule")
    try:
        return str(rule.to_ical().decode())
    except (AttributeError, ValueError, KeyError) as error:
        raise RecordRefused("repeats by a rule that cannot be read") from error


def _place(event: Event) -> Place:
    location = _text(event, "LOCATION")
    if _CALL_LINK.search(location) or location.lower().startswith(("http://", "https://")):
        location = ""
    first, comma, rest = location.replace("\n", ", ").partition(",")
    geo = event.get("GEO")
    place = Place(
        latitude=getattr(geo, "latitude", None), longitude=getattr(geo, "longitude", None)
    )
    if comma and not any(c.isdigit() for c in first):
        place = replace(place, name=first.strip(), address=rest.strip())
    elif not any(c.isdigit() for c in location):
        place = replace(place, name=location.strip())
    else:
        place = replace(place, address=location.replace("\n", ", ").strip())
    return taken_apart(place)


def _join_url(event: Event) -> str:
    conference = event.get("CONFERENCE")
    if conference is not None:
        return str(conference[0] if isinstance(conference, list) else conference)
    for name in ("LOCATION", "URL", "X-GOOGLE-CONFERENCE", "DESCRIPTION"):
        match = _CALL_LINK.search(_text(event, name))
        if match:
            return match[0].rstrip(").,;")
    return ""


def _read_categories(draft: Draft, event: Event) -> None:
    values = event.get("CATEGORIES", [])
    for value in values if isinstance(values, list) else [values]:
        for category in getattr(value, "cats", []):
            word = str(category)
            draft.codes.append(word[:40])
            draft.meanings += meanings_of(word, "words") or meanings_of(word, "meeting_guide") or ()


def _read_own(draft: Draft, event: Event) -> None:
    """Read back what kith itself wrote (`kith.core.listings.calendar_text`)."""
    try:
        own = orjson.loads(_text(event, "X-KITH"))
    except orjson.JSONDecodeError:
        return
    if not isinstance(own, dict):
        return
    for name in ("key", "about", "join_url", "join_phone", "join_note", "url"):
        setattr(draft, name, text_of(own.get(name)))
    read_extension(draft, own)


def _note_errors(draft: Draft, event: Event) -> None:
    for name, why in event.errors:
        draft.repair(str(name or "calendar"), f"left out: {str(why)[:120]}")


def _moment(event: Event, name: str) -> datetime | None:
    found = _when(event, name)
    return found.replace(tzinfo=found.tzinfo or UTC) if isinstance(found, datetime) else None


def _text(event: Event, name: str) -> str:
    value = event.get(name, "")
    value = value[0] if isinstance(value, list) and value else value
    return str(value) if isinstance(value, str) else ""
