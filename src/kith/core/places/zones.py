"""Time zones: of a point, by name, and as people write them."""

from datetime import UTC, datetime
from functools import cache
from zoneinfo import ZoneInfo, available_timezones

import tzfpy
from icalendar.timezone.windows_to_olson import WINDOWS_TO_OLSON

from kith.core.places.names import fold

# Words that name a zone in real listings. Only those that mean one thing in their part of the
# world; the second set is believed only when the country is known.
_WORDS = {
    "est": "America/New_York", "edt": "America/New_York", "et": "America/New_York",
    "eastern": "America/New_York", "eastern time": "America/New_York",
    "eastern standard time": "America/New_York", "us eastern": "America/New_York",
    "eastern daylight time": "America/New_York", "us eastern time": "America/New_York",
    "cdt": "America/Chicago", "ct": "America/Chicago", "central": "America/Chicago",
    "central time": "America/Chicago", "us central": "America/Chicago",
    "mdt": "America/Denver", "mt": "America/Denver", "mountain": "America/Denver",
    "mountain time": "America/Denver", "us mountain": "America/Denver",
    "pst": "America/Los_Angeles", "pdt": "America/Los_Angeles", "pt": "America/Los_Angeles",
    "pacific": "America/Los_Angeles", "pacific time": "America/Los_Angeles",
    "us pacific": "America/Los_Angeles", "pacific standard time": "America/Los_Angeles",
    "akst": "America/Anchorage", "akdt": "America/Anchorage", "alaska time": "America/Anchorage",
    "hst": "Pacific/Honolulu", "hawaii time": "Pacific/Honolulu",
    "ast": "America/Halifax", "adt": "America/Halifax", "atlantic time": "America/Halifax",
    "nst": "America/St_Johns", "ndt": "America/St_Johns",
    "gmt": "Europe/London", "uk time": "Europe/London", "uk": "Europe/London",
    "london": "Europe/London", "london time": "Europe/London", "irish time": "Europe/Dublin",
    "cet": "Europe/Paris", "cest": "Europe/Paris", "central european time": "Europe/Paris",
    "central european summer time": "Europe/Paris", "eastern european time": "Europe/Athens",
    "eastern european summer time": "Europe/Athens", "eet": "Europe/Athens", "eest": "Europe/Athens",
    "aest": "Australia/Sydney", "aedt": "Australia/Sydney", "acst": "Australia/Adelaide",
    "acdt": "Australia/Adelaide", "awst": "Australia/Perth",
    "nzst": "Pacific/Auckland", "nzdt": "Pacific/Auckland", "nz time": "Pacific/Auckland",
    "sast": "Africa/Johannesburg",
    "south african time": "Africa/Johannesburg", "msk": "Europe/Moscow", "jst": "Asia/Tokyo",
    "utc": "UTC", "zulu": "UTC",
}  # fmt: skip
_WORDS_BY_COUNTRY = {
    ("cst", "US"): "America/Chicago", ("cst", "CA"): "America/Winnipeg",
    ("cst", "MX"): "America/Mexico_City", ("cst", "CN"): "Asia/Shanghai",
    ("mst", "US"): "America/Denver", ("mst", "CA"): "America/Edmonton",
    ("bst", "GB"): "Europe/London", ("bst", "BD"): "Asia/Dhaka",
    ("ist", "IE"): "Europe/Dublin", ("ist", "IN"): "Asia/Kolkata", ("ist", "IL"): "Asia/Jerusalem",
    ("wet", "PT"): "Europe/Lisbon", ("est", "AU"): "Australia/Sydney",
    ("gmt", "IE"): "Europe/Dublin", ("gmt", "PT"): "Europe/Lisbon", ("gmt", "GH"): "Africa/Accra",
}  # fmt: skip


def zone_at(latitude: float, longitude: float) -> str:
    """Return the IANA zone of a point in degrees, or "" at sea and where none is known."""
    zone = tzfpy.get_tz(longitude, latitude)
    return zone if zone in _all_zones() and not zone.startswith("Etc/") else ""


def known_zone(text: str, country: str = "") -> str:
    """Return the IANA zone that `text` names in any spelling we know, or "".

    Takes IANA names in any case, Windows names ("Pacific Standard Time"), abbreviations and
    words ("Eastern", "UK time"); `country` (ISO) settles the ambiguous ones.
    """
    tidy = text.strip().replace(" ", "_").lstrip(":")
    exact = _all_zones().get(tidy.lower(), "")
    if exact:
        return exact
    if text.strip() in WINDOWS_TO_OLSON:
        return str(WINDOWS_TO_OLSON[text.strip()])
    return _from_word(text, country)


def _from_word(text: str, country: str) -> str:
    word = fold(text)
    by_country = _WORDS_BY_COUNTRY.get((word, country))
    if by_country:
        return by_country
    if word in ("cst", "mst") and not country:
        # Meeting lists without a country are American; China and Mexico always say so.
        return _WORDS_BY_COUNTRY[word, "US"]
    return _WORDS.get(word, "")


@cache
def _all_zones() -> dict[str, str]:
    """Return every zone by name and by lower-case name.

    Single-word names ("EST", "Cuba") are left to the words above: most are old aliases
    without daylight saving, which is never what somebody who writes them means.
    """
    named = [z for z in available_timezones() if "/" in z or z == "UTC"]
    table = {z.lower(): z for z in named}
    table.update({z: z for z in named})
    return table


@cache
def same_clock(zone_a: str, zone_b: str) -> bool:
    """Return whether clocks in two zones show the same time now, in January and in July."""
    moments = (datetime(2026, month, 15, 12, tzinfo=UTC) for month in (1, 7))
    return all(
        m.astimezone(ZoneInfo(zone_a)).utcoffset() == m.astimezone(ZoneInfo(zone_b)).utcoffset()
        for m in moments
    )
