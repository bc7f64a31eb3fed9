"""The time zones a calendar uses, each by its IANA name, whatever the calendar calls it."""

import re
from datetime import datetime, timedelta, tzinfo
from functools import cache
from io import StringIO
from zoneinfo import ZoneInfo

from dateutil.tz import tzical

from kith.core.places import known_zone

_VTIMEZONE = re.compile(
    r"^BEGIN:VTIMEZONE\s*$.*?^END:VTIMEZONE\s*$", re.MULTILINE | re.DOTALL | re.IGNORECASE
)
_TZID = re.compile(r"^TZID(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)
_LOCATION = re.compile(r"^X-LIC-LOCATION(?:;[^:\n]*)?:(.*)$", re.MULTILINE | re.IGNORECASE)
_ZONED = re.compile(
    r"^(?P<head>(?:DTSTART|DTEND|RECURRENCE-ID|EXDATE|RDATE)(?:;[^:\n]*?)?)"
    r";TZID=(?:\"(?P<quoted>[^\"\n]*)\"|(?P<plain>[^;:\n]*))",
    re.MULTILINE | re.IGNORECASE,
)
# One zone for each way that clocks are set somewhere, the most people first: for calendars
# that only describe their zone ("Customized Time Zone") and do not name it.
_CLOCKS = (
    "America/New_York", "America/Chicago", "America/Los_Angeles", "America/Denver",
    "Europe/Paris", "Europe/London", "Europe/Athens", "America/Phoenix", "America/Anchorage",
    "Pacific/Honolulu", "America/Halifax", "America/St_Johns", "America/Sao_Paulo",
    "America/Mexico_City", "America/Bogota", "America/Santiago", "Africa/Lagos",
    "Africa/Johannesburg", "Africa/Nairobi", "Africa/Cairo", "Europe/Moscow", "Asia/Jerusalem",
    "Asia/Tehran", "Asia/Dubai", "Asia/Kabul", "Asia/Karachi", "Asia/Kolkata", "Asia/Kathmandu",
    "Asia/Dhaka", "Asia/Yangon", "Asia/Bangkok", "Asia/Shanghai", "Asia/Tokyo",
    "Australia/Sydney", "Australia/Brisbane", "Australia/Adelaide", "Australia/Darwin",
    "Pacific/Auckland", "Pacific/Fiji", "UTC",
)  # fmt: skip
_YEAR = 2026
# What of a VTIMEZONE says how its clocks are set. A rule that is not one day a year is none.
_CLOCK_LINE = re.compile(
    r"^(?:BEGIN|END|TZID|DTSTART|TZOFFSETFROM|TZOFFSETTO|RRULE|RDATE)[;:]", re.IGNORECASE
)
_YEARLY = re.compile(
    r"^RRULE:(?:(?:FREQ=YEARLY|INTERVAL=\d{1,2}|BYMONTH=\d{1,2}|BYDAY=[+-]?\d?[A-Z]{2}|WKST=[A-Z]{2}"
    r"|BYMONTHDAY=[\d,]{1,20}|BY(?:HOUR|MINUTE|SECOND)=\d{1,2}|UNTIL=\w{8,16}|COUNT=\d{1,3})(?:;|$))+$",
    re.IGNORECASE,
)
_DESCRIBED_MOST = 40


def zones_described(unfolded: str, header: str) -> dict[str, str]:
    """Return an IANA zone for each VTIMEZONE: by its name, else one whose clocks are the same.

    `header` is the zone that the calendar's header names, the likeliest one.
    """
    found: dict[str, str] = {}
    for block in _VTIMEZONE.findall(unfolded)[:_DESCRIBED_MOST]:
        name, location = _TZID.search(block), _LOCATION.search(block)
        if name is None:
            continue
        stated = name[1].strip().strip('"')
        zone = zone_named(stated) or (zone_named(location[1].strip()) if location else "")
        zone = zone or _zone_by_clock(block, known_zone(header))
        if zone:
            found[stated] = zone
    return found


def zone_named(stated: str) -> str:
    """Return the zone in "/freeassociation.sourceforge.net/America/New_York" and such, or ""."""
    parts = stated.strip("/").split("/")
    # "(UTC-05:00) Eastern Time (US & Canada)" is how Outlook shows a zone to people.
    bare = re.sub(r"\(.*?\)", "", stated).strip()
    tails = (stated, "/".join(parts[-3:]), "/".join(parts[-2:]), parts[-1], bare)
    return next((zone for tail in tails if tail and (zone := known_zone(tail))), "")


def with_known_zones(unfolded: str, described: dict[str, str]) -> str:
    """Return a calendar's text with every TZID of its dates by IANA name.

    One that is not known becomes an X-ZONE: what parses the date would guess at it.
    """

    def renamed(match: re.Match[str]) -> str:
        stated = match["plain"] if match["quoted"] is None else match["quoted"]
        zone = described.get(stated.strip()) or zone_named(stated)
        return f"{match['head']};TZID={zone}" if zone else f'{match["head"]};X-ZONE="{stated}"'

    return _ZONED.sub(renamed, unfolded)


def _zone_by_clock(block: str, likely: str) -> str:
    lines = [line.strip() for line in block.split("\n") if _CLOCK_LINE.match(line)]
    if any(line[:5].upper() == "RRULE" and not _YEARLY.match(line) for line in lines):
        return ""
    text = "\n".join(("BEGIN:VCALENDAR", *lines, "END:VCALENDAR", ""))
    try:
        described = tzical(StringIO(text)).get()
        offsets = _offsets(described) if described else None
    except (ValueError, OverflowError, TypeError, AttributeError):
        return ""
    return next((z for z in (likely, *_CLOCKS) if z and _offsets_of(z) == offsets), "")


@cache
def _offsets_of(zone: str) -> tuple[timedelta | None, ...]:
    return _offsets(ZoneInfo(zone))


def _offsets(zone: tzinfo) -> tuple[timedelta | None, ...]:
    """Return how far clocks are from UTC, week by week through a year."""
    first = datetime(2026, 1, 4, 12, tzinfo=zone)
    return tuple((first + timedelta(weeks=week)).utcoffset() for week in range(52))
