"""Reads iCalendar (RFC 5545): one record for each UID, its moved and called-off dates within."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, time

import orjson
from icalendar import Event

from kith.core.listings.calendar_dates import changed_date, slot_of
from kith.core.listings.calendar_events import Block, calendar_of, event_of, text_in, when_in
from kith.core.listings.calendar_places import join_url_of, place_of
from kith.core.listings.draft import Draft, RecordRefused, text_of
from kith.core.listings.extension import read_extension
from kith.core.listings.feed_text import shown
from kith.core.listings.finish import attempt
from kith.core.listings.listing import Outcome
from kith.core.listings.meanings import meanings_of

_NEVER_PUBLIC = frozenset({"PRIVATE", "CONFIDENTIAL"})


@dataclass(slots=True)
class _Series:
    """One record: the event itself, and the changes of single dates, the latest change last."""

    label: str
    heads: list[Event] = field(default_factory=list)
    changes: list[Event] = field(default_factory=list)


def drafts_of(text: str) -> tuple[list[Draft | Outcome], tuple[str, ...]]:
    """Return a draft for each record of a calendar, and remarks on the whole.

    Events of one UID are one record: a series with its changed dates. Where a UID was given
    to several different events, each is a record. One that had to be refused is an outcome.
    """
    calendar = calendar_of(text)
    series: dict[str, _Series] = {}
    found: list[_Series | Outcome] = []
    for block in calendar.events:
        event = attempt(_label(block), _read, block)
        if isinstance(event, Outcome):
            found.append(event)
            continue
        uid = text_in(event, "UID").strip() or f"#{block.number}"
        if uid not in series:
            series[uid] = _Series(_label(block))
            found.append(series[uid])
        of = series[uid]
        (of.changes if "RECURRENCE-ID" in event else of.heads).append(event)
    return [d for one in found for d in _drafts(one, calendar.zone)], calendar.remarks


def _label(block: Block) -> str:
    """Return how people would recognize an event, from its lines as they stand."""
    values: dict[str, str] = {}
    for line in block.lines:
        name, _colon, value = line.partition(":")
        values.setdefault(name.partition(";")[0].upper(), value)
    name, uid = shown(values.get("SUMMARY", ""), 80), shown(values.get("UID", ""), 80)
    return f"{name} ({uid or f'event {block.number}'})".strip()


def _read(block: Block) -> Event:
    if block.is_cut:
        raise RecordRefused("breaks off before its END:VEVENT: the file has not come whole")
    return event_of(block)


def _drafts(series: _Series | Outcome, zone: str) -> list[Draft | Outcome]:
    if isinstance(series, Outcome):
        return [series]
    changes = sorted(series.changes, key=_sequence)
    if not series.heads:
        return [attempt(series.label, _orphan, changes, series.label, zone)]
    newest = max(map(_sequence, series.heads))
    heads = {_telling(e): e for e in series.heads if _sequence(e) == newest}
    repeating = [e for e in heads.values() if "RRULE" in e or "RDATE" in e]
    # Changed dates belong to what repeats.
    owner = (repeating or list(heads.values()))[0]
    return [
        attempt(series.label, _draft, e, changes if e is owner else [], series.label, zone)
        for e in heads.values()
    ]


def _telling(event: Event) -> tuple[str, ...]:
    """Return what two events of one UID must share to be two copies of one."""
    return (text_in(event, "SUMMARY"), str(when_in(event, "DTSTART")), str(event.get("RRULE", "")))


def _sequence(event: Event) -> int:
    value = event.get("SEQUENCE", 0)
    return value if isinstance(value, int) else 0


def _orphan(changes: Sequence[Event], label: str, zone: str) -> Draft:
    """Return the draft of dates whose series the calendar does not hold: they are all there is."""
    held = [e for e in changes if text_in(e, "STATUS").upper() != "CANCELLED"]
    draft = _draft((held or list(changes))[-1], [], label, zone)
    (slot,) = draft.slots
    others = [changed_date(draft, event, None, time()) for event in held[:-1]]
    dated = [replace(d, replaces=None) for d in others if d is not None]
    slot.dated = tuple(sorted((*slot.dated, *dated), key=lambda d: d.starts))
    return draft


def _draft(head: Event, changes: Sequence[Event], label: str, zone: str) -> Draft:
    if text_in(head, "CLASS").upper() in _NEVER_PUBLIC:
        raise RecordRefused("its calendar marks it private")
    if text_in(head, "STATUS").upper() == "CANCELLED":
        raise RecordRefused("its calendar has it cancelled")
    name = text_in(head, "SUMMARY")
    draft = Draft(record=label, key=text_in(head, "UID").strip(), name=name, zone_is_exact=True)
    draft.key = draft.key or name.strip()
    for about, why in head.errors:
        draft.repair(str(about or "calendar"), f"left out: {shown(str(why), 120)}")
    draft.place = place_of(head)
    draft.about = text_in(head, "DESCRIPTION")
    draft.url = text_in(head, "URL")
    draft.join_url = join_url_of(head)
    draft.updated = _moment(head, "LAST-MODIFIED") or _moment(head, "DTSTAMP")
    _read_categories(draft, head)
    draft.slots = [slot_of(draft, head, changes, zone)]
    _read_own(draft, head)
    return draft


def _read_categories(draft: Draft, event: Event) -> None:
    values = event.get("CATEGORIES", [])
    for value in values if isinstance(values, list) else [values]:
        for category in value.cats:
            word = str(category)
            draft.codes.append(word[:40])
            draft.meanings += meanings_of(word, "words") or meanings_of(word, "meeting_guide") or ()


def _read_own(draft: Draft, event: Event) -> None:
    """Read back what kith itself wrote (`kith.core.listings.calendar_text`)."""
    own = _json(text_in(event, "X-KITH"))
    if not isinstance(own, dict):
        return
    for name in ("key", "about", "join_url", "join_phone", "join_note", "url"):
        setattr(draft, name, text_of(own.get(name)))
    read_extension(draft, own)


def _json(text: str) -> object:
    """Return what a property holds, escaped as text or not: libraries differ over X-properties."""
    plain = re.sub(r"\\([\\,;])", r"\1", text)
    for form in (text, plain):
        try:
            return orjson.loads(form)
        except orjson.JSONDecodeError:
            continue
    return None


def _moment(event: Event, name: str) -> datetime | None:
    found = when_in(event, name)
    return found.replace(tzinfo=found.tzinfo or UTC) if isinstance(found, datetime) else None
