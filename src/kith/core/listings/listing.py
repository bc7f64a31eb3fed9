"""One entry of a meeting list, understood: what every feed is read into and written from."""

from dataclasses import dataclass
from datetime import datetime

from kith.core.schedule import Schedule

MODES = ("in_person", "online", "hybrid")


@dataclass(frozen=True, slots=True)
class Venue:
    """Where people meet.

    Args:
        key: Tells the venues of one listing apart; "" is the series' own.
        country: ISO 3166-1 alpha-2, or "".
        address: One line as people write it, without the name.
        latitude, longitude: Degrees (WGS 84), or both None.
        is_approximate: The point is a town or a postcode, not a door.
        find_the_door: How to find the door once there.
        from_the_stop: The walk from the nearest stop.
    """

    key: str = ""
    name: str = ""
    street: str = ""
    neighborhood: str = ""
    borough: str = ""
    city: str = ""
    county: str = ""
    region: str = ""
    postal_code: str = ""
    country: str = ""
    address: str = ""
    latitude: float | None = None
    longitude: float | None = None
    is_approximate: bool = False
    find_the_door: str = ""
    from_the_stop: str = ""


@dataclass(frozen=True, slots=True)
class Listing:
    """A gathering as a feed describes it, in kith's own terms, safe to publish.

    Args:
        key: Names the record within its feed, from one reading to the next.
        mode: One of MODES.
        is_paused: Not meeting for now; not gone.
        venues: The series' own first, if it has one; then those of single dates.
        languages: BCP 47.
        audience, access, topics: Codes of `kith.core.listings.meanings`.
        openness: "open", "closed" or "".
        touch: "none", "hands", "spotting", "hug" or "" where nobody said.
        practice: A code of `kith.core.recipe`, or "".
        program: The fellowship's own name, or "".
        when_note: The time as the feed wrote it, where it could not be read.
        codes: The feed's own codes, as given, so that nothing is lost on the way out.
        url: The record's page at its source.
        updated: When the source says it changed, in UTC.
    """

    key: str
    name: str
    schedule: Schedule
    mode: str
    is_paused: bool = False
    venues: tuple[Venue, ...] = ()
    join_url: str = ""
    join_phone: str = ""
    join_note: str = ""
    when_note: str = ""
    about: str = ""
    languages: tuple[str, ...] = ()
    audience: tuple[str, ...] = ()
    access: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    openness: str = ""
    touch: str = ""
    practice: str = ""
    program: str = ""
    codes: tuple[str, ...] = ()
    url: str = ""
    updated: datetime | None = None

    @property
    def venue(self) -> Venue | None:
        """The series' own venue, if it has one."""
        return self.venues[0] if self.venues and not self.venues[0].key else None


@dataclass(frozen=True, slots=True)
class Repair:
    """Something the feed said that was not taken as it stood."""

    field: str
    why: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one record: accepted (one or more listings) or refused, never neither.

    Args:
        record: How the feed's own people would recognize it: its name and its key or number.
        listings: One for each time of the week that the record names; () if refused.
        reason: Why it was refused, for the feed's keeper to read; "" if accepted.
    """

    record: str
    listings: tuple[Listing, ...] = ()
    reason: str = ""
    repairs: tuple[Repair, ...] = ()
