"""Writing gatherings from the records that speak of them: the first one's word, gaps filled."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.utils.text import slugify

from kith.web.gatherings.actions.editions import next_edition
from kith.web.gatherings.bridge import records, rows
from kith.web.gatherings.bridge.feeds import Entry
from kith.web.gatherings.bridge.rows import Listing, Venue
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Feed, FeedRecord, Gathering, Occasion, Place

BATCH = 500
_FOLDED = (*rows.FOLDED, "place", "retired_at", "changed_at", "edition")
# Addresses that lead elsewhere (see urls.py).
NOT_SLUGS = frozenset({"changes", "yours"})
_SLUG_MOST = 56
T = TypeVar("T")


@dataclass(slots=True)
class Changes:
    """What one reading of a feed will write.

    Gatherings that do not exist yet go by negative numbers: -1 is the first of `new`.
    """

    feed: Feed
    now: datetime
    new: list[list[tuple[str, Entry]]] = field(default_factory=list)
    joined: list[tuple[str, Entry, int]] = field(default_factory=list)
    updated: list[tuple[int, int, Entry]] = field(default_factory=list)

    def create(self, key: str, entry: Entry) -> int:
        """Note a new gathering, and return its number until it has one of its own."""
        self.new.append([(key, entry)])
        return -len(self.new)

    def join(self, key: str, entry: Entry, number: int) -> None:
        """Note a new record of a gathering that is known, or noted, already."""
        if number < 0:
            self.new[-number - 1].append((key, entry))
        else:
            self.joined.append((key, entry, number))

    def update(self, record_id: int, gathering_id: int, entry: Entry) -> None:
        """Note that a record says something else now, or is back."""
        self.updated.append((record_id, gathering_id, entry))


def write(changes: Changes) -> int:
    """Write all of `changes` and return how many gatherings that concerned."""
    if not (changes.new or changes.joined or changes.updated):
        return 0
    edition = next_edition()
    _create(changes, edition)
    _save_records(changes)
    concerned = {number for *_, number in changes.joined}
    concerned |= {gathering_id for _, gathering_id, _ in changes.updated}
    refold(concerned, now=changes.now, edition=edition)
    return len(changes.new) + len(concerned)


def retire_without_records(ids: Iterable[int], changes: Changes) -> tuple[int, int]:
    """Retire those of `ids` that no feed names any more, fold the others anew; return counts."""
    ids = set(ids)
    if not ids:
        return 0, 0
    edition = next_edition()
    live = set(
        FeedRecord.objects.filter(gathering_id__in=ids, gone_at=None).values_list(
            "gathering_id", flat=True
        )
    )
    retired = 0
    # A steward who said by hand that it meets knows more than a list it is missing from.
    for gathering in Gathering.objects.filter(pk__in=ids - live).only("pk", "held", "status"):
        if "status" not in gathering.held and gathering.status != Status.RETIRED:
            retired += Gathering.objects.filter(pk=gathering.pk).update(
                status=Status.RETIRED,
                retired_at=changes.now,
                changed_at=changes.now,
                edition=edition,
            )
    refold(ids & live, now=changes.now, edition=edition)
    return retired, len(ids & live)


def refold(ids: set[int], *, now: datetime, edition: int) -> None:
    """Write the gatherings `ids` anew from their live records."""
    for some in batches(sorted(ids), BATCH):
        said: dict[int, list[Listing]] = defaultdict(list)
        live = FeedRecord.objects.filter(gathering_id__in=some, gone_at=None).order_by("pk")
        for gathering_id, text in live.values_list("gathering_id", "listing"):
            said[gathering_id].append(records.listing_of(text))
        folded = {pk: rows.folded(listings) for pk, listings in said.items()}
        places = _places(folded.values(), edition)
        found = list(Gathering.objects.filter(pk__in=folded))
        for gathering in found:
            _fill(gathering, folded[gathering.pk], places)
            gathering.changed_at, gathering.edition = now, edition
        Gathering.objects.bulk_create(
            found,
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=_FOLDED,
        )
        free = [g for g in found if "occasions" not in g.held]
        Occasion.objects.filter(gathering__in=free).delete()
        _write_occasions(((g, folded[g.pk]) for g in free), places)


def _create(changes: Changes, edition: int) -> None:
    """Write the new gatherings with their records."""
    slugs = {*NOT_SLUGS, *Gathering.objects.values_list("slug", flat=True)}
    for some in batches(changes.new, BATCH):
        listings = [rows.folded([entry.listing for _, entry in group]) for group in some]
        places = _places(listings, edition)
        fresh = []
        for listing in listings:
            gathering = Gathering(
                slug=_slug(listing, slugs),
                added_at=changes.now,
                changed_at=changes.now,
                edition=edition,
            )
            _fill(gathering, listing, places)
            fresh.append(gathering)
        Gathering.objects.bulk_create(fresh)
        _write_occasions(zip(fresh, listings, strict=True), places)
        FeedRecord.objects.bulk_create(
            _record(changes, key, entry, gathering.pk)
            for gathering, group in zip(fresh, some, strict=True)
            for key, entry in group
        )


def _save_records(changes: Changes) -> None:
    FeedRecord.objects.bulk_create(
        (_record(changes, key, entry, number) for key, entry, number in changes.joined),
        batch_size=BATCH,
    )
    for some in batches(changes.updated, BATCH):
        found = FeedRecord.objects.in_bulk([record_id for record_id, _, _ in some])
        for record_id, _, entry in some:
            record = found[record_id]
            record.digest, record.listing = entry.digest, entry.text.decode()
            record.changed_at, record.gone_at = changes.now, None
        FeedRecord.objects.bulk_create(
            found.values(),
            update_conflicts=True,
            unique_fields=["id"],
            update_fields=["digest", "listing", "changed_at", "gone_at"],
        )


def _record(changes: Changes, key: str, entry: Entry, gathering_id: int) -> FeedRecord:
    return FeedRecord(
        feed=changes.feed,
        key=key,
        gathering_id=gathering_id,
        digest=entry.digest,
        listing=entry.text.decode(),
        first_seen_at=changes.now,
        changed_at=changes.now,
    )


def _fill(gathering: Gathering, listing: Listing, places: dict[str, Place]) -> None:
    """Write what `listing` says into `gathering`, except where a steward wrote."""
    values = rows.fields_of(listing)
    venue = listing.venue
    values["place"] = places[rows.place_key(venue)] if venue else None
    if "status" not in gathering.held:
        values["retired_at"] = None
    for name, value in values.items():
        if name not in gathering.held:
            setattr(gathering, name, value)


def _places(listings: Iterable[Listing], edition: int) -> dict[str, Place]:
    """Return the saved places of `listings` by key, made where they are new."""
    wanted: dict[str, Venue] = {}
    for listing in listings:
        for venue in listing.venues:
            wanted.setdefault(rows.place_key(venue), venue)
    found = {p.key: p for p in Place.objects.filter(key__in=wanted)}
    missing = [rows.place_of(venue) for key, venue in wanted.items() if key not in found]
    Place.objects.bulk_create(missing)
    for place in found.values():
        _bring_words(place, wanted[place.key], edition)
    return found | {place.key: place for place in missing}


def _bring_words(place: Place, said: Venue, edition: int) -> None:
    """Let a feed's newer words about a door replace its older ones, but never a steward's."""
    newer = {
        name: getattr(said, name)
        for name in rows.PLACE_TEXTS
        if getattr(said, name) not in ("", getattr(place, name)) and name not in place.held
    }
    if newer:
        Place.objects.filter(pk=place.pk).update(**newer)
        Gathering.objects.filter(place=place).update(edition=edition)
        Gathering.objects.filter(occasions__place=place).update(edition=edition)


def _write_occasions(pairs: Iterable[tuple[Gathering, Listing]], places: dict[str, Place]) -> None:
    found: list[Occasion] = []
    for gathering, listing in pairs:
        if listing.schedule.dated:
            by_key = {v.key: places[rows.place_key(v)] for v in listing.venues}
            found += rows.occasions_of(listing, gathering.pk, by_key)
    Occasion.objects.bulk_create(found, batch_size=BATCH)


def _slug(listing: Listing, taken: set[str]) -> str:
    """Return an address for `listing` that nothing else has, and take it."""
    base = slug_words(listing.name, listing.venue.city if listing.venue else "")
    slug, number = base, 1
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    taken.add(slug)
    return slug


def slug_words(name: str, city: str) -> str:
    """Return what the address of something called `name` in `city` begins with."""
    words = slugify(name)
    if city and slugify(city) not in words:
        words = f"{words}-{slugify(city)}"
    return words[:_SLUG_MOST].strip("-") or "gathering"


def batches(items: Iterable[T], size: int) -> Iterator[Sequence[T]]:
    """Yield `items` in lists of at most `size`."""
    iterator = iter(items)
    while batch := list(islice(iterator, size)):
        yield batch
