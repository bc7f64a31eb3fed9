"""Listings to the rows that hold them, and rows back to listings."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime, time
from functools import lru_cache
from hashlib import blake2b
from typing import Any

from kith.core.listings import Listing, Venue
from kith.core.listings.identity import Likeness, Register, likeness
from kith.core.schedule import Dated, Schedule, canonical_rule
from kith.web.gatherings.choices import Mode, Status
from kith.web.gatherings.models import Gathering, Occasion, Place

# The fields of a gathering that feeds write, in the words of `Listing`.
_SAME = (
    "name", "mode", "join_url", "join_phone", "join_note", "when_note", "about", "openness",
    "touch", "practice", "program", "url",
)  # fmt: skip
_LISTS = ("languages", "audience", "access", "topics", "codes")
FOLDED = (
    *_SAME, *_LISTS, "status", "timezone", "rule", "first_on", "start", "minutes", "except_on",
    "updated_at",
)  # fmt: skip
# What a feed may add to where another said nothing.
_FILLED = tuple(name for name in (*_SAME, *_LISTS) if name not in ("name", "mode", "codes", "url"))
PLACE_TEXTS = ("find_the_door", "from_the_stop")
_VENUE_FIELDS = tuple(name for name in Venue.__dataclass_fields__ if name != "key")
_IDENTITY = tuple(name for name in _VENUE_FIELDS if name not in PLACE_TEXTS)

__all__ = [
    "FOLDED",
    "PLACE_TEXTS",
    "Likeness",
    "Listing",
    "Register",
    "Venue",
    "likeness",
    "likeness_of_row",
]


def folded(listings: Sequence[Listing]) -> Listing:
    """Return what several feeds say of one gathering: the first one's word, gaps filled by others."""
    first, *others = listings
    changes: dict[str, Any] = {}
    for name in _FILLED:
        if not getattr(first, name):
            said = next((v for o in others if (v := getattr(o, name))), None)
            if said:
                changes[name] = said
    modes = {listing.mode for listing in listings}
    if len(modes) > 1:
        # One list knows of the room and another of the call: both are true.
        changes["mode"] = Mode.HYBRID.value
    doors = [listing.venue for listing in listings if listing.mode != Mode.ONLINE]
    door = next(filter(None, doors), None)
    if door and (first.mode == Mode.ONLINE or first.venue is None):
        # The places of single dates belong to the schedule, which is the first one's.
        changes["venues"] = (door, *(venue for venue in first.venues if venue.key))
    return replace(first, **changes) if changes else first


def fields_of(listing: Listing) -> dict[str, Any]:
    """Return the values of `FOLDED` for a gathering."""
    schedule = listing.schedule
    values: dict[str, Any] = {name: getattr(listing, name) for name in _SAME}
    values |= {name: list(getattr(listing, name)) for name in _LISTS}
    return values | {
        "status": Status.PAUSED if listing.is_paused else Status.OPEN,
        "timezone": schedule.timezone,
        "rule": schedule.rule,
        "first_on": schedule.first_on,
        "start": schedule.start,
        "minutes": schedule.duration_minutes,
        "except_on": [on.isoformat() for on in schedule.except_on],
        "when_note": listing.when_note[:255],
        "program": listing.program[:128],
        "join_phone": listing.join_phone[:64],
        "updated_at": listing.updated,
    }


@lru_cache(maxsize=50_000)
def place_key(venue: Venue) -> str:
    """Return what tells the place of `venue` from others: equal places have equal keys."""
    identity = "\x1f".join(str(getattr(venue, name)) for name in _IDENTITY)
    return blake2b(identity.encode("utf-8", "replace"), digest_size=16).hexdigest()


def place_of(venue: Venue) -> Place:
    """Return an unsaved place for `venue`."""
    values = {name: getattr(venue, name) for name in _VENUE_FIELDS}
    limits = {"address": 512, "postal_code": 32, "country": 2}
    for name, value in values.items():
        if isinstance(value, str) and name not in PLACE_TEXTS:
            values[name] = value[: limits.get(name, 255)]
    return Place(key=place_key(venue), **values)


def occasions_of(
    listing: Listing, gathering_id: int, places: Mapping[str, Place]
) -> list[Occasion]:
    """Return unsaved occasions; `places` are the saved ones by the keys of `listing.venues`."""
    return [
        Occasion(
            gathering_id=gathering_id,
            on=dated.starts.date(),
            at=dated.starts.time(),
            timezone=dated.timezone,
            minutes=dated.duration_minutes,
            replaces=dated.replaces,
            called_off=dated.called_off,
            place=places.get(dated.place) if dated.place else None,
            place_key=dated.place[:64],
            note=dated.note[:255],
        )
        for dated in listing.schedule.dated
    ]


def schedule_of(gathering: Gathering, occasions: Sequence[Occasion] = ()) -> Schedule:
    """Return when `gathering` meets."""
    return schedule_from(
        gathering.timezone,
        gathering.rule,
        gathering.first_on,
        gathering.start,
        gathering.minutes,
        gathering.except_on,
        occasions,
    )


def schedule_from(  # noqa: PLR0913, PLR0917 - the columns of a schedule
    timezone: str,
    rule: str,
    first_on: date | None,
    start: time | None,
    minutes: int | None,
    except_on: Sequence[str],
    occasions: Sequence[Occasion],
) -> Schedule:
    """Return the schedule that these columns hold."""
    return Schedule(
        timezone=timezone,
        start=start,
        duration_minutes=minutes,
        rule=rule,
        first_on=first_on,
        except_on=tuple(map(date.fromisoformat, except_on)),
        dated=tuple(map(_dated, occasions)),
    )


def tidy_rule(rule: str) -> str:
    """Return `rule` in the one form kith keeps.

    Raises:
        ValueError: If it is no rule of RFC 5545 that a gathering can keep.
    """
    return canonical_rule(rule, first_on=None)


def are_days(values: object) -> bool:
    """Return whether `values` is a list of ISO dates."""
    try:
        return isinstance(values, list) and all(date.fromisoformat(v) for v in values)
    except (TypeError, ValueError):
        return False


def _dated(occasion: Occasion) -> Dated:
    return Dated(
        starts=datetime.combine(occasion.on, occasion.at),
        timezone=occasion.timezone,
        duration_minutes=occasion.minutes,
        replaces=occasion.replaces,
        called_off=occasion.called_off,
        place=occasion.place_key or (f"place-{occasion.place_id}" if occasion.place_id else ""),
        note=occasion.note,
    )


def listing_of_row(gathering: Gathering, occasions: Sequence[Occasion] = ()) -> Listing:
    """Return `gathering` as a listing, to write it in any format; its key is its slug."""
    schedule = schedule_of(gathering, occasions)
    venues = [_venue(gathering.place)] if gathering.place else []
    for occasion, dated in zip(occasions, schedule.dated, strict=True):
        if occasion.place and dated.place not in {v.key for v in venues}:
            venues.append(replace(_venue(occasion.place), key=dated.place))
    values: dict[str, Any] = {name: getattr(gathering, name) for name in _SAME}
    values |= {name: tuple(getattr(gathering, name)) for name in _LISTS}
    return Listing(
        key=gathering.slug,
        schedule=schedule,
        is_paused=gathering.status == Status.PAUSED,
        venues=tuple(venues),
        updated=gathering.updated_at,
        **values,
    )


def _venue(place: Place) -> Venue:
    return Venue(**{name: getattr(place, name) for name in _VENUE_FIELDS})


def likeness_of_row(gathering: Gathering) -> Likeness:
    """Return what tells `gathering` from others, as `likeness` does for a listing."""
    place = gathering.place
    point = None
    if place is not None and place.has_point and not place.is_approximate:
        point = (place.latitude or 0.0, place.longitude or 0.0)
    return Likeness(
        name=gathering.name,
        rule=gathering.rule,
        start=gathering.start,
        timezone=gathering.timezone,
        mode=gathering.mode,
        point=point,
        join_url=gathering.join_url,
        program=gathering.program,
        audience=frozenset(gathering.audience),
    )
