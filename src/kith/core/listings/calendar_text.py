"""Writes listings as iCalendar (RFC 5545), for anybody's calendar and for other instances."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import orjson
from icalendar import Calendar, Event, vRecur

from kith.core.listings.extension import extension_of
from kith.core.listings.listing import Listing, Venue
from kith.core.schedule import Dated, Schedule, dates, instant
from kith.core.schedule.instants import ASSUMED_MINUTES
from kith.core.schedule.rule import is_phase_unknown

# How far ahead the first date of a rule that has always held is looked for.
_AHEAD = timedelta(days=366)


def calendar(
    listings: Iterable[tuple[Listing, str]], *, now: datetime, name: str, host: str
) -> bytes:
    """Return a calendar of `listings`, each given with the address of its page.

    What meets by arrangement has no date, and is left out. A rule that has always held begins
    with its next date; one whose weeks nobody knows is marked tentative.

    Args:
        listings: What to write, in order.
        now: An aware time.
        name: What the calendar is called in somebody's app.
        host: Makes the UIDs unique in the world.
    """
    document = Calendar()
    document.add("PRODID", "-//kith//gatherings//EN")
    document.add("VERSION", "2.0")
    document.add("X-WR-CALNAME", name)
    for listing, url in listings:
        for event in _events(listing, url, now, host):
            document.add_component(event)
    document.add_missing_timezones()
    return bytes(document.to_ical())


def _events(listing: Listing, url: str, now: datetime, host: str) -> list[Event]:
    first = _first(listing.schedule, now)
    if first is None:
        return []
    head = _described(listing, listing.venue, url, now, host)
    head.add("X-KITH", _own(listing, url))
    _put_when(head, listing.schedule, first)
    changed = [_changed(listing, d, url, now, host) for d in listing.schedule.dated]
    return [head, *(event for event in changed if event is not None)]


def _first(schedule: Schedule, now: datetime) -> datetime | date | None:
    """Return what becomes DTSTART, a date where no clock time is known, or None."""
    if not schedule.rule:
        held = sorted(
            schedule.dated, key=lambda d: instant(d.starts.date(), d.starts.time(), d.timezone)
        )
        return _local(held[0]) if held else None
    zone = ZoneInfo(schedule.timezone)
    since = schedule.first_on or now.astimezone(zone).date()
    found = dates(schedule.rule, schedule.first_on, since, since + _AHEAD)
    if not found:
        return None
    return found[0] if schedule.start is None else datetime.combine(found[0], schedule.start, zone)


def _local(dated: Dated) -> datetime:
    return dated.starts.replace(tzinfo=ZoneInfo(dated.timezone))


def _put_when(event: Event, schedule: Schedule, first: datetime | date) -> None:
    event.add("DTSTART", first)
    if isinstance(first, datetime):
        event.add("DURATION", timedelta(minutes=schedule.duration_minutes or ASSUMED_MINUTES))
    if not schedule.rule:
        zone = ZoneInfo(schedule.timezone)
        later = [moment for d in schedule.dated if (moment := _local(d)) != first]
        if later:
            event.add("RDATE", [moment.astimezone(zone) for moment in later])
        return
    if is_phase_unknown(schedule.rule, schedule.first_on):
        event.add("STATUS", "TENTATIVE")
    event.add("RRULE", vRecur.from_ical(_with_until(schedule)))
    replaced = {d.replaces for d in schedule.dated if d.replaces}
    for on in schedule.except_on:
        # Of a date that is taken out, other software shows no replacement either.
        if on not in replaced:
            event.add("EXDATE", _at(on, schedule))
    zone = ZoneInfo(schedule.timezone)
    added: list[datetime | date] = [
        _local(d).astimezone(zone)
        for d in schedule.dated
        if d.replaces is None and not d.called_off
    ]
    # Nor of one that the rule does not give.
    added += [_at(on, schedule) for on in sorted(replaced) if not _gives(schedule, on)]
    if added:
        event.add("RDATE", added)


def _gives(schedule: Schedule, on: date) -> bool:
    return bool(dates(schedule.rule, schedule.first_on, on, on))


def _with_until(schedule: Schedule) -> str:
    """Return the rule with UNTIL as RFC 5545 wants it beside a DTSTART with a zone: in UTC."""
    parts = schedule.rule.split(";")
    for place, part in enumerate(parts):
        if part.startswith("UNTIL=") and schedule.start is not None:
            last = instant(date.fromisoformat(part[6:]), schedule.start, schedule.timezone)
            parts[place] = f"UNTIL={last:%Y%m%dT%H%M%SZ}"
    return ";".join(parts)


def _at(on: date, schedule: Schedule) -> datetime | date:
    if schedule.start is None:
        return on
    return datetime.combine(on, schedule.start, ZoneInfo(schedule.timezone))


def _changed(listing: Listing, dated: Dated, url: str, now: datetime, host: str) -> Event | None:
    """Return the event that says what is different on one date, or None if nothing is."""
    own_venue = next((v for v in listing.venues if v.key and v.key == dated.place), None)
    is_plain = dated.replaces is None and not dated.called_off and own_venue is None
    if is_plain and dated.duration_minutes is None and dated.timezone == listing.schedule.timezone:
        return None
    event = _described(listing, own_venue or listing.venue, url, now, host)
    moment = _local(dated)
    zone = ZoneInfo(listing.schedule.timezone)
    replaced = _at(dated.replaces, listing.schedule) if dated.replaces else moment.astimezone(zone)
    event.add("RECURRENCE-ID", replaced)
    event.add("DTSTART", moment)
    minutes = dated.duration_minutes or listing.schedule.duration_minutes or ASSUMED_MINUTES
    event.add("DURATION", timedelta(minutes=minutes))
    if dated.called_off:
        event.add("STATUS", "CANCELLED")
    if dated.note:
        event.add("COMMENT", dated.note)
    return event


def _described(listing: Listing, venue: Venue | None, url: str, now: datetime, host: str) -> Event:
    event = Event()
    event.add("UID", f"{listing.key}@{host}")
    event.add("DTSTAMP", (listing.updated or now).astimezone(UTC))
    event.add("SUMMARY", listing.name)
    event.add("URL", url)
    if listing.mode != "online" and venue is not None:
        event.add("LOCATION", ", ".join(filter(None, (venue.name, venue.address))))
        if venue.latitude is not None and venue.longitude is not None:
            event.add("GEO", (venue.latitude, venue.longitude))
    elif listing.join_url:
        event.add("LOCATION", listing.join_url)
    said = filter(None, (listing.about, venue.find_the_door if venue else "", listing.join_url))
    event.add("DESCRIPTION", "\n\n".join(said))
    return event


def _own(listing: Listing, url: str) -> str:
    """Return all that a calendar cannot say, for kith to read back."""
    values = extension_of(listing) | {
        "key": listing.key,
        "about": listing.about,
        "join_url": listing.join_url,
        "join_phone": listing.join_phone,
        "join_note": listing.join_note,
        "url": url,
    }
    return orjson.dumps(values).decode()
