"""Listings as text, to keep beside each gathering what every feed said of it, and back again."""

from datetime import date, datetime, time
from hashlib import blake2b
from typing import Any

import orjson

from kith.core.listings import Listing, Venue
from kith.core.schedule import Dated, Schedule

DIGEST_BYTES = 16


def text_of(listing: Listing) -> bytes:
    """Return `listing` as JSON: the same listing gives the same bytes."""
    # A copy: orjson's own sits in a buffer several times as long, and a feed keeps thousands.
    return b"%b" % orjson.dumps(listing)


def digest_of(text: bytes) -> bytes:
    """Return what tells one text from another."""
    return blake2b(text, digest_size=DIGEST_BYTES).digest()


def listing_of(text: str | bytes) -> Listing:
    """Return the listing that `text_of` wrote."""
    values: dict[str, Any] = orjson.loads(text)
    schedule = values.pop("schedule")
    venues = values.pop("venues")
    updated = values.pop("updated")
    rest: dict[str, Any] = {n: tuple(v) if isinstance(v, list) else v for n, v in values.items()}
    return Listing(
        schedule=_schedule(schedule),
        venues=tuple(Venue(**venue) for venue in venues),
        updated=datetime.fromisoformat(updated) if updated else None,
        **rest,
    )


def _schedule(values: dict[str, Any]) -> Schedule:
    return Schedule(
        timezone=values["timezone"],
        start=time.fromisoformat(values["start"]) if values["start"] else None,
        duration_minutes=values["duration_minutes"],
        rule=values["rule"],
        first_on=_date(values["first_on"]),
        except_on=tuple(date.fromisoformat(on) for on in values["except_on"]),
        dated=tuple(_dated(dated) for dated in values["dated"]),
    )


def _dated(values: dict[str, Any]) -> Dated:
    return Dated(
        **values
        | {
            "starts": datetime.fromisoformat(values["starts"]),
            "replaces": _date(values["replaces"]),
        }
    )


def _date(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
