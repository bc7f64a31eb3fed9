"""When a record meets: its slots as schedules, in a time zone that can be stood by."""

import re
from dataclasses import replace
from datetime import UTC, datetime, time
from functools import cache
from zoneinfo import ZoneInfo

from kith.core.listings.clock import ClockTime, clock_time, zone_word
from kith.core.listings.draft import Draft, Hints, RecordRefused, Slot, text_of
from kith.core.listings.facts import Facts, zone_beside_time
from kith.core.listings.lengths import minutes_long
from kith.core.listings.listing import Venue
from kith.core.listings.rhythm import rhythm
from kith.core.listings.spans import time_range
from kith.core.places import known_zone, region_of, same_clock, zone_at, zone_of_region, zones_of
from kith.core.schedule import Dated, Schedule, canonical_rule, weekly_rule
from kith.errors import InvalidInputError

# A meeting may run into the night, but one that "ends" later than this ended before it began.
_LONGEST_OVERNIGHT = 8 * 60
_LONGEST = 24 * 60
_SHORTEST = 10


def schedules_of(
    draft: Draft, venue: Venue | None, mode: str, facts: Facts, hints: Hints
) -> list[tuple[Schedule, str]]:
    """Return each slot's schedule with the words to show where its time could not be read.

    Raises:
        RecordRefused: If a time is given and nothing tells its zone, or its rule is no rule.
    """
    slots = draft.slots or [Slot()]
    return [_schedule(draft, slot, venue, mode, facts, hints) for slot in slots]


def _schedule(
    draft: Draft, slot: Slot, venue: Venue | None, mode: str, facts: Facts, hints: Hints
) -> tuple[Schedule, str]:
    start, end, words = _clock(draft, slot, facts)
    zone = _zone(draft, slot, venue, mode, facts, hints)
    if not zone and (start is not None or slot.dated):
        raise RecordRefused("gives a time but no time zone, and nothing else tells it")
    minutes = _length(draft, slot, start, end)
    at, days = _on_its_day(draft, slot, start)
    rule = _rule(draft, slot, days, at, zone or "UTC")
    dated = _in_zone(slot, zone, is_utc=draft.is_utc)
    if at is None and dated:
        at = dated[0].starts.time()
    return (
        Schedule(
            timezone=zone or "UTC",
            start=at,
            duration_minutes=minutes,
            rule=rule,
            first_on=slot.first_on,
            except_on=slot.except_on,
            dated=dated,
        ),
        words,
    )


def _on_its_day(
    draft: Draft, slot: Slot, start: ClockTime | None
) -> tuple[time | None, tuple[int, ...]]:
    """Return the start and the weekdays it falls on: "Friday, 24:00" is Saturday, 00:00."""
    if start is None or not start.is_next_day:
        return start.at if start else None, slot.days
    if slot.rule:
        # The day after the second Friday is not always the second Saturday.
        draft.repair("time", "24:00 read as 23:59, the end of its day")
        return time(23, 59), slot.days
    draft.repair("time", "24:00 read as midnight, the start of the next day")
    return start.at, tuple(sorted((day + 1) % 7 for day in slot.days))


def _in_zone(slot: Slot, zone: str, *, is_utc: bool) -> tuple[Dated, ...]:
    """Return a slot's single dates in `zone`: shown in it if they were UTC, else written in it."""
    if not is_utc:
        return tuple(replace(d, timezone=d.timezone or zone) for d in slot.dated)
    return tuple(
        replace(
            d,
            starts=d.starts.replace(tzinfo=UTC).astimezone(ZoneInfo(zone)).replace(tzinfo=None),
            timezone=zone,
        )
        for d in slot.dated
    )


def _clock(
    draft: Draft, slot: Slot, facts: Facts
) -> tuple[ClockTime | None, ClockTime | None, str]:
    written = text_of(slot.start).strip()[:80]
    if not written:
        if slot.days:
            draft.repair("time", "no time is given; listed under its day without one")
        return None, None, ""
    start, end = time_range(slot.start)
    if start is None:
        draft.repair("time", f"{written!r} is no time that can be read; shown as written")
        return None, None, written
    if start.is_half_unknown and facts.uses_halves:
        found = _half_elsewhere(draft, start.at)
        if found is None:
            draft.repair("time", f"{written!r} does not say morning or evening; shown as written")
            return None, None, written
        draft.repair("time", f"{written!r} read as {found:%H:%M}, as the record says elsewhere")
        start = ClockTime(found)
    return start, end, ""


def _half_elsewhere(draft: Draft, at: time) -> time | None:
    """Return `at` with the am or pm it has elsewhere in the record, if it has one."""
    pattern = rf"\b{at.hour % 12 or 12}[:.]{at.minute:02d}\s*(?:-|–|to)?\s*(?:\d{{1,2}}[:.]?\d*)?\s*([ap])\.?\s?m"
    found = {
        m.lower()
        for m in re.findall(pattern, f"{draft.name} {draft.aside} {draft.about}", re.IGNORECASE)
    }
    if len(found) != 1:
        return None
    return time(at.hour % 12 + (12 if found == {"p"} else 0), at.minute)


def _length(draft: Draft, slot: Slot, start: ClockTime | None, end: ClockTime | None) -> int | None:
    if slot.length not in (None, ""):
        minutes = minutes_long(slot.length)
        if minutes is None or not _SHORTEST <= minutes <= 24 * 60:
            draft.repair(
                "duration", f"left out: {text_of(slot.length).strip()[:40]!r} is no length"
            )
            return None
        return minutes
    if slot.end not in (None, ""):
        end = clock_time(slot.end)
        if end is None:
            draft.repair("end_time", f"left out: {text_of(slot.end)[:40]!r} is no time")
    if start is None or end is None:
        return None
    return _between(draft, start, end)


def _between(draft: Draft, start: ClockTime, end: ClockTime) -> int | None:
    begins = start.at.hour * 60 + start.at.minute
    minutes = end.at.hour * 60 + end.at.minute - begins + (1440 if end.is_next_day else 0)
    if minutes < 0 and minutes + 1440 <= _LONGEST_OVERNIGHT:
        return minutes + 1440
    if minutes < 0 and end.is_half_unknown and 0 < minutes + 720 <= _LONGEST_OVERNIGHT:
        end = ClockTime(time(end.at.hour + 12, end.at.minute))
        draft.repair("end_time", f"before its start; read as {end.at:%H:%M}")
        return minutes + 720
    if not _SHORTEST <= minutes <= _LONGEST:
        draft.repair(
            "end_time", f"left out: an end at {end.at:%H:%M} for a start at {start.at:%H:%M}"
        )
        return None
    return minutes


def _rule(draft: Draft, slot: Slot, days: tuple[int, ...], at: time | None, zone: str) -> str:
    if slot.rule:
        try:
            return canonical_rule(slot.rule, first_on=slot.first_on, start=at, timezone=zone)
        except InvalidInputError as error:
            raise RecordRefused(str(error)) from error
    if not days:
        return ""
    named = rhythm(draft.name, days)
    if named is None or set(named.weekdays) != set(days):
        return weekly_rule(days)
    if not named.is_sure:
        draft.repair("schedule", f"kept weekly, though its name speaks of {named.words!r}")
        return weekly_rule(days)
    draft.repair("schedule", f"not every week: its name says {named.words!r}")
    return canonical_rule(named.rule, first_on=None)


def _zone(
    draft: Draft, slot: Slot, venue: Venue | None, mode: str, facts: Facts, hints: Hints
) -> str:
    country = venue.country if venue else hints.country
    local = _zone_of_venue(venue)
    stated = _stated_zone(draft, country)
    if stated:
        is_loose = mode == "in_person" and not draft.zone_is_exact
        if is_loose and local and not same_clock(stated, local):
            draft.repair("timezone", f"{stated} is not the time at its place, {local}")
            return local
        return stated
    spoken = _spoken_zone(draft, slot, country)
    if spoken and local and mode != "online" and _is_called_alike(spoken, local):
        return local
    if spoken:
        if spoken != local:
            draft.repair("timezone", f"{spoken}, from its own words")
        return spoken
    if mode == "online":
        return _online_zone(draft, local, facts, hints)
    return local or hints.timezone or _assumed(draft, facts)


def _stated_zone(draft: Draft, country: str) -> str:
    written = draft.zone.strip()
    if not written:
        return ""
    stated = known_zone(written, country)
    if not stated:
        draft.repair("timezone", f"left out: there is no time zone {written[:40]!r}")
    elif stated != written:
        draft.repair("timezone", f"{written[:40]!r} read as {stated}")
    return stated


def _spoken_zone(draft: Draft, slot: Slot, country: str) -> str:
    """Return the zone that stands behind the time, or beside it in the record's own words."""
    behind = known_zone(zone_word(slot.start), country)
    texts = (draft.name, draft.aside, draft.about)
    beside = (zone_beside_time(text, slot.start, country) for text in texts)
    return behind or next(filter(None, beside), "")


@cache
def _is_called_alike(spoken: str, local: str) -> bool:
    """Return whether people at `local` may well call their time by the name of `spoken`.

    In Arizona it is always "Mountain", in Denver for half the year; in Berlin it is "CET", for
    which a word can only stand for one city of its zone.
    """
    moments = (datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 7))
    return any(
        m.astimezone(ZoneInfo(spoken)).utcoffset() == m.astimezone(ZoneInfo(local)).utcoffset()
        for m in moments
    )


def _online_zone(draft: Draft, local: str, facts: Facts, hints: Hints) -> str:
    if hints.timezone:
        return hints.timezone
    if facts.online_zone:
        if facts.online_zone != local:
            draft.repair("timezone", f"{facts.online_zone}, which this feed writes online times in")
        return facts.online_zone
    return local or _assumed(draft, facts)


def _zone_of_venue(venue: Venue | None) -> str:
    """Return the zone at a venue: of its point, else of its whole state or country."""
    if venue is None:
        return ""
    if venue.latitude is not None and venue.longitude is not None:
        of_point = zone_at(venue.latitude, venue.longitude)
        if of_point:
            return of_point
    of_state = zone_of_region(region_of(venue.region, venue.country)[0]) if venue.region else ""
    of_country = zones_of(venue.country)
    return of_state or (of_country[0] if len(of_country) == 1 else "")


def _assumed(draft: Draft, facts: Facts) -> str:
    if facts.zone:
        draft.repair("timezone", f"assumed {facts.zone}, as nearly all of this feed")
    return facts.zone
