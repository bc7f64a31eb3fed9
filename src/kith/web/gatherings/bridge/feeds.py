"""What a feed's bytes say, ready to be kept."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kith.core.listings import (
    FORMATS,
    FeedRefusedError,
    Hints,
    Listing,
    MappingError,
    Outcome,
    mapping_from_toml,
)
from kith.core.listings import read as read_listings
from kith.core.places import country_code, known_zone
from kith.core.recipe import all_practices
from kith.errors import RefusalError
from kith.web.gatherings.bridge import keeping, records
from kith.web.gatherings.models import Feed

FORMAT_NAMES: Final = FORMATS
REFUSALS: Final = (FeedRefusedError, MappingError)


@dataclass(frozen=True, slots=True)
class Entry:
    """One gathering that a record names.

    Args:
        key: Names it within its feed.
        text: The listing, to keep.
        digest: Tells a changed one from the one before.
    """

    key: str
    listing: Listing
    text: bytes
    digest: bytes


@dataclass(frozen=True, slots=True)
class Record:
    """One record of a feed: entries if it was accepted, else the reason why not."""

    label: str
    entries: tuple[Entry, ...]
    reason: str
    repairs: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Read:
    """A feed, read: its format, one record for each of its own, and remarks on the whole."""

    format: str
    records: Sequence[Record]
    remarks: tuple[str, ...]


def read(feed: Feed, body: bytes, *, formats: object = None) -> Read:
    """Return what `body`, fetched for `feed`, says; `formats` is a BMLT server's own table.

    Raises:
        FeedRefusedError: If it is no feed that kith can read.
        MappingError: If the feed's mapping is none.
    """
    hints = Hints(
        source=feed.address,
        timezone=feed.timezone,
        country=feed.country,
        practice=feed.practice,
        program=feed.program,
        languages=tuple(feed.languages),
    )
    mapping = mapping_from_toml(feed.mapping) if feed.mapping.strip() else None
    found = read_listings(body, format=feed.format, mapping=mapping, formats=formats, hints=hints)
    return Read(found.format, list(_records(found.outcomes)), found.remarks)


def check_hints(stated: Mapping[str, Any]) -> None:
    """Refuse what a steward said of a feed, where it names nothing that kith knows.

    Raises:
        RefusalError: With what it was, and what would do.
    """
    zone, country, practice = (stated.get(n) for n in ("timezone", "country", "practice"))
    if zone and known_zone(zone) != zone:
        raise RefusalError(f"{zone!r} is no time zone. One is Europe/London.")
    if country and country_code(country) != country:
        raise RefusalError(f"{country!r} is no country. Two letters, such as NZ.")
    if practice and practice not in all_practices():
        raise RefusalError(
            f"{practice!r} is no practice of kith's. One of: {', '.join(all_practices())}."
        )
    if stated.get("format", "") not in ("", *FORMATS):
        raise RefusalError(f"{stated['format']!r} is no format. One of: {', '.join(FORMATS)}.")


def _records(outcomes: Sequence[Outcome]) -> Iterator[Record]:
    for outcome in outcomes:
        label = _storable(outcome.record)
        repairs = tuple((_storable(r.field), _storable(r.why)) for r in outcome.repairs)
        try:
            entries = tuple(_entry(listing) for listing in outcome.listings)
        except keeping.UnkeepableError as error:
            yield Record(label, (), _storable(str(error)), repairs)
        except TypeError as error:
            # orjson's word for text that is no Unicode: no database would take it either.
            yield Record(label, (), f"holds text that cannot be kept ({error})", repairs)
        else:
            yield Record(label, entries, _storable(outcome.reason), repairs)


def _entry(listing: Listing) -> Entry:
    text = records.text_of(listing)
    keeping.check(listing, text)
    return Entry(_storable(listing.key)[:300], listing, text, records.digest_of(text))


def _storable(text: str) -> str:
    """Return `text` without what no database takes: null characters and halves of characters."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode()
