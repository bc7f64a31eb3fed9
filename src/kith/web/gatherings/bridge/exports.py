"""Gatherings in the forms that other programs read, and that kith reads back."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from kith.core.listings import calendar_text, writing
from kith.core.listings.meanings import codes_written
from kith.core.schedule import pattern
from kith.web.gatherings.bridge import rows
from kith.web.gatherings.choices import Mode, Openness, Status
from kith.web.gatherings.models import Gathering, Occasion

_Many = Iterable[tuple[Gathering, Sequence[Occasion], str]]

BMLT_FORMATS = {code: n for n, code in enumerate(codes_written("bmlt"), start=1)}
BMLT_MEANINGS = codes_written("bmlt")


def meeting_guide(
    gathering: Gathering, occasions: Sequence[Occasion], *, url: str
) -> dict[str, Any]:
    """Return a record of a Meeting Guide feed."""
    return writing.meeting_guide(rows.listing_of_row(gathering, occasions), url=url)


def calendar(many: _Many, *, now: datetime, name: str, host: str) -> bytes:
    """Return an iCalendar of gatherings, each given with its dates and the address of its page."""
    listings = ((rows.listing_of_row(g, occasions), url) for g, occasions, url in many)
    # A line break in a name would end its line in the file.
    return calendar_text.calendar(listings, now=now, name=" ".join(name.split()), host=host)


def bmlt_rows(gathering: Gathering) -> list[dict[str, str]]:
    """Return `gathering` as BMLT's rows, one for each weekday; none if it is not weekly."""
    listing = rows.listing_of_row(gathering)
    numbers = range(gathering.pk * 7, gathering.pk * 7 + 7)
    return [
        writing.bmlt(day, number=number, format_ids=BMLT_FORMATS)
        for number, day in zip(numbers, writing.by_single_days(listing), strict=False)
    ]


_MODES = {Mode.IN_PERSON: "Offline", Mode.ONLINE: "Online", Mode.HYBRID: "Mixed"}
_WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def schema_org(
    gathering: Gathering, next_starts: datetime | None, next_ends: datetime | None, *, url: str
) -> dict[str, Any]:
    """Return `gathering` as a schema.org Event, for those who read pages by machine."""
    event: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": gathering.name,
        "url": url,
        "eventAttendanceMode": f"https://schema.org/{_MODES[Mode(gathering.mode)]}EventAttendanceMode",
        "eventStatus": "https://schema.org/EventScheduled"
        if gathering.status == Status.OPEN
        else "https://schema.org/EventPostponed",
        "isAccessibleForFree": True,
        "location": _locations(gathering),
    }
    if gathering.about:
        event["description"] = gathering.about
    if gathering.languages:
        event["inLanguage"] = gathering.languages
    if next_starts and next_ends:
        event |= {"startDate": next_starts.isoformat(), "endDate": next_ends.isoformat()}
    if gathering.openness == Openness.OPEN:
        event["audience"] = {"@type": "Audience", "audienceType": "Everyone"}
    if gathering.rule and gathering.start:
        event["eventSchedule"] = _schedule(gathering)
    return event


def _schedule(gathering: Gathering) -> dict[str, Any]:
    found = pattern(gathering.rule)
    units = {"daily": "D", "weekly": "W", "monthly": "M", "yearly": "Y"}
    schedule: dict[str, Any] = {
        "@type": "Schedule",
        "repeatFrequency": f"P{found.interval}{units[found.frequency]}",
        "startTime": f"{gathering.start:%H:%M:%S}",
        "scheduleTimezone": gathering.timezone,
    }
    if found.weekdays:
        schedule["byDay"] = [f"https://schema.org/{_WEEKDAYS[day]}" for _nth, day in found.weekdays]
    if found.month_days:
        schedule["byMonthDay"] = list(found.month_days)
    if gathering.minutes:
        schedule["duration"] = f"PT{gathering.minutes}M"
    if gathering.first_on:
        schedule["startDate"] = gathering.first_on.isoformat()
    if found.until:
        schedule["endDate"] = found.until.isoformat()
    return schedule


def _locations(gathering: Gathering) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = []
    place = gathering.place
    if place is not None and gathering.mode != Mode.ONLINE:
        door: dict[str, Any] = {"@type": "Place", "name": place.name or place.address}
        door["address"] = place.address
        if place.has_point:
            door["geo"] = {
                "@type": "GeoCoordinates",
                "latitude": place.latitude,
                "longitude": place.longitude,
            }
        found.append(door)
    if gathering.join_url and gathering.mode != Mode.IN_PERSON:
        found.append({"@type": "VirtualLocation", "url": gathering.join_url})
    return found
