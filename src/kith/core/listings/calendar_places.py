"""Where an event of a calendar is: its place, and the link to join it."""

import re
from dataclasses import replace

from icalendar import Event

from kith.core.listings.addresses import taken_apart
from kith.core.listings.calendar_events import first_in, text_in
from kith.core.listings.draft import Place

_CALL_LINK = re.compile(
    r"https?://[^\s<>\"']*(?:zoom\.us|meet\.google\.com|teams\.microsoft|teams\.live|webex\.com"
    r"|whereby\.com|meet\.jit\.si|gotomeet|discord\.gg|skype\.com)[^\s<>\"']*",
    re.IGNORECASE,
)
_GEO_ADDRESS = re.compile(r"^geo:(-?\d+(?:\.\d+)?),(-?\d+(?:\.\d+)?)", re.IGNORECASE)


def place_of(event: Event) -> Place:
    """Return the place an event names; its LOCATION is one line, mostly "name, address"."""
    location = _CALL_LINK.sub("", text_in(event, "LOCATION")).replace("\n", ", ").strip(" ,;|/-")
    if location.lower().startswith(("http://", "https://")):
        location = ""
    first, comma, rest = location.partition(",")
    latitude, longitude = _point(event)
    place = Place(latitude=latitude, longitude=longitude)
    if comma and not any(c.isdigit() for c in first):
        place = replace(place, name=first.strip(), address=rest.strip())
    elif not any(c.isdigit() for c in location):
        place = replace(place, name=location)
    else:
        place = replace(place, address=location)
    return taken_apart(place)


def _point(event: Event) -> tuple[object, object]:
    geo = first_in(event, "GEO")
    if geo is not None:
        return geo.latitude, geo.longitude
    # Apple's way, which calendar plugins write for everybody.
    match = _GEO_ADDRESS.match(text_in(event, "X-APPLE-STRUCTURED-LOCATION"))
    return (match[1], match[2]) if match else (None, None)


def join_url_of(event: Event) -> str:
    """Return the link of the call that an event is, wherever it stands in it, or ""."""
    conference = text_in(event, "CONFERENCE")
    if conference.lower().startswith("http"):
        return conference
    for name in ("LOCATION", "URL", "X-GOOGLE-CONFERENCE", "DESCRIPTION"):
        match = _CALL_LINK.search(text_in(event, name))
        if match:
            return match[0].rstrip(").,;")
    return ""
