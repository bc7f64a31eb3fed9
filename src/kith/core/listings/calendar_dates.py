"""When an event of a calendar is: its rule, its single dates, what was moved or called off."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta, tzinfo

from icalendar import Event

from kith.core.listings.calendar_events import (
    dates_in,
    first_in,
    is_in_reach,
    is_utc,
    text_in,
    when_in,
    zone_stated,
)
from kith.core.listings.calendar_places import place_of
from kith.core.listings.draft import Draft, RecordRefused, Slot
from kith.core.listings.feed_text import shown
from kith.core.schedule import Dated

_MINUTES_MOST = 31 * 24 * 60


def slot_of(draft: Draft, head: Event, changes: Sequence[Event], calendar_zone: str) -> Slot:
    """Return when an event is, with its changed dates; the zone of its times goes to `draft`.

    Raises:
        RecordRefused: If it has no start, or repeats in a way that cannot be kept.
    """
    starts = when_in(head, "DTSTART")
    if starts is None:
        raise RecordRefused("has no start that can be read")
    if "EXRULE" in head:
        raise RecordRefused("leaves out dates by a rule (EXRULE): list them as EXDATE instead")
    if not is_in_reach(starts):
        raise RecordRefused(f"starts in the year {starts.year}: is that a mistake?")
    zone = starts.tzinfo if isinstance(starts, datetime) else None
    _put_zone(draft, head, starts, calendar_zone)
    local = _local(starts, zone)
    minutes = _length(draft, head, starts)
    # A series keeps one length, of a day at most; a weekend is the length of its own date.
    own = minutes if minutes and minutes > 24 * 60 else None
    added = [Dated(d, "", own) for d in _added(head, zone, local)]
    changed = [c for e in changes if (c := changed_date(draft, e, zone, local.time()))]
    excepted = (d for d in dates_in(head, "EXDATE") if is_in_reach(d))
    except_on = tuple(_local(d, zone).date() for d in excepted)
    rule = _rule(head)
    if rule:
        dated = _latest(added, changed, has_rule=True)
        start = local.strftime("%H:%M") if isinstance(starts, datetime) else None
        return Slot(
            rule=rule,
            first_on=local.date(),
            start=start,
            length=minutes,
            except_on=except_on,
            dated=dated,
        )
    held = [d for d in (Dated(local, "", own), *added) if d.starts.date() not in except_on]
    dated = _latest(held, changed, has_rule=False)
    if not dated:
        raise RecordRefused("leaves out every date it has")
    return Slot(length=None if own else minutes, dated=dated)


def _put_zone(draft: Draft, head: Event, starts: date | datetime, calendar_zone: str) -> None:
    if not is_utc(starts):
        draft.zone = zone_stated(head) or calendar_zone
    elif "RRULE" in head or "RDATE" in head:
        draft.zone = "UTC"
    else:
        # A single moment, exact as it is: the zone is only the one to show it in.
        draft.zone, draft.is_utc = calendar_zone, True


def _added(head: Event, zone: tzinfo | None, local: datetime) -> list[datetime]:
    """Return the dates RDATE adds; one without a clock time has that of the series."""
    found = [_local(when, zone) for when in dates_in(head, "RDATE") if is_in_reach(when)]
    timed = (d if d.time() != time() else datetime.combine(d, local.time()) for d in found)
    return [d for d in timed if d != local]


def _latest(dated: list[Dated], changed: list[Dated], *, has_rule: bool) -> tuple[Dated, ...]:
    """Return `dated` with `changed` in the stead of what they replace."""
    single = {d.starts: d for d in dated}
    of_rule: dict[date | None, Dated] = {}
    for change in changed:
        replaced = [starts for starts in single if starts.date() == change.replaces]
        for starts in replaced:
            del single[starts]
        if has_rule and not replaced:
            of_rule[change.replaces] = change
        elif replaced or not change.called_off:
            single[change.starts] = replace(change, replaces=None)
    return tuple(sorted((*single.values(), *of_rule.values()), key=lambda d: d.starts))


def changed_date(draft: Draft, event: Event, zone: tzinfo | None, at: time) -> Dated | None:
    """Return what an event with a RECURRENCE-ID says of its date, None if that cannot be read.

    `zone` is that of the series, `at` its clock time; a place of its own goes to `draft`.
    """
    replaced = when_in(event, "RECURRENCE-ID")
    starts = when_in(event, "DTSTART") or replaced
    if replaced is None or starts is None or not (is_in_reach(replaced) and is_in_reach(starts)):
        draft.repair("RECURRENCE-ID", "left out: a changed date that cannot be read")
        return None
    if event["RECURRENCE-ID"].params.get("RANGE"):
        draft.repair("RECURRENCE-ID", "a change of all later dates, taken for its own date only")
    local = _local(starts, zone)
    if not isinstance(starts, datetime):
        local = datetime.combine(local.date(), at)
    place = place_of(event)
    key = ""
    if place.address and place.address != draft.place.address:
        key = f"{local:%Y%m%d}"
        draft.more_places.append(replace(place, key=key))
    return Dated(
        starts=local,
        timezone="",
        duration_minutes=_length(draft, event, starts),
        replaces=_local(replaced, zone).date(),
        called_off=text_in(event, "STATUS").upper() == "CANCELLED",
        place=key,
        note=shown(text_in(event, "COMMENT"), 250),
    )


def _local(when: date | datetime, zone: tzinfo | None) -> datetime:
    """Return a date or moment as a naive clock time in `zone` (None: as it is written)."""
    if not isinstance(when, datetime):
        return datetime.combine(when, time())
    if when.tzinfo is not None and zone is not None:
        when = when.astimezone(zone)
    return when.replace(tzinfo=None, second=0, microsecond=0)


def _length(draft: Draft, event: Event, starts: date | datetime) -> int | None:
    """Return how many minutes an event lasts, or None if it does not say, or says nonsense."""
    ends, stated = when_in(event, "DTEND"), getattr(first_in(event, "DURATION"), "dt", None)
    if isinstance(stated, timedelta):
        minutes = int(stated.total_seconds()) // 60
    elif ends is None:
        return None if isinstance(starts, datetime) else 24 * 60
    elif isinstance(ends, datetime) and isinstance(starts, datetime):
        if (ends.tzinfo is None) != (starts.tzinfo is None):
            ends, starts = ends.replace(tzinfo=None), starts.replace(tzinfo=None)
        minutes = int((ends - starts).total_seconds()) // 60
    else:
        minutes = (_local(ends, None).date() - _local(starts, None).date()).days * 24 * 60
    if 0 < minutes <= _MINUTES_MOST:
        return minutes
    if minutes != 0:
        draft.repair("DTEND", "left out: an end before the start, or over a month later")
    return None


def _rule(event: Event) -> str:
    rule = event.get("RRULE")
    if rule is None:
        if any(str(name).upper() == "RRULE" for name, _why in event.errors):
            raise RecordRefused("repeats by a rule that cannot be read")
        return ""
    if isinstance(rule, list):
        raise RecordRefused("repeats by more than one rule")
    text = str(rule.to_ical().decode())
    if not text:
        raise RecordRefused("repeats by a rule that cannot be read")
    return text
