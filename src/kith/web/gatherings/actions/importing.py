"""Bringing gatherings to what a feed says now: idempotent, whole or not at all, all accounted for."""

import gc
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.gatherings.actions import towns
from kith.web.gatherings.actions.editions import one_at_a_time
from kith.web.gatherings.actions.folding import (
    Changes,
    batches,
    retire_without_records,
    write,
)
from kith.web.gatherings.bridge import feeds, rows
from kith.web.gatherings.choices import Status
from kith.web.gatherings.models import Feed, FeedRecord, FeedRun, Gathering

# Rows that travel to the database together.
BATCH = 1_000
RUNS_KEPT = 10
# New objects between two looks for circles of them; Python's own is 700.
_SWEEP_AFTER = 200_000
# A reading nobody watches that would retire more than this waits for somebody to look.
MOST_GONE_SHARE = 0.5
MOST_GONE = 20
# Stands between the key of a record and the number of one more that has the same key.
TWICE = "~~"

Progress = Callable[[int, int], None]


class ImportRefusedError(RefusalError):
    """This feed was not taken in, and nothing was changed; the text says why and what to do."""


@dataclass(slots=True)
class Report:
    """What one reading did. Every record of the feed is in exactly one of five counts."""

    source: str
    format: str
    read: int = 0
    new: int = 0
    updated: int = 0
    unchanged: int = 0
    merged: int = 0
    retired: int = 0
    refused: list[dict[str, str]] = field(default_factory=list)
    repaired: list[dict[str, str]] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def accepted(self) -> int:
        """How many records became gatherings, or part of one."""
        return self.read - len(self.refused)

    def values(self) -> dict[str, Any]:
        """Return the report as plain values, in the order people read it."""
        names = ("source", "format", "read", "accepted", "new", "updated", "unchanged")
        more = ("retired", "merged", "refused", "repaired", "remarks")
        return {name: getattr(self, name) for name in (*names, *more)}


@dataclass(slots=True)
class _Known:
    """What the database holds of a record: its row's id, its gathering, its digest, if it is gone."""

    id: int
    gathering_id: int
    digest: bytes
    is_gone: bool


def import_body(
    *,
    feed: Feed,
    body: bytes,
    formats: object = None,
    dry_run: bool = False,
    unattended: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Bring gatherings to what `body` says, and return what was done.

    Args:
        feed: Whose list it is; saved if it is new.
        body: The feed as it came.
        formats: A BMLT server's GetFormats answer, if there is one.
        dry_run: Do everything, then take it all back.
        unattended: Nobody watches: refuse to retire most of a feed at once.
        progress: Called with (records done, records in all).

    Raises:
        ImportRefusedError: If it is no feed, or an empty one where there was a full one.
    """
    with _seldom_swept():
        try:
            read = feeds.read(feed, body, formats=formats)
        except feeds.REFUSALS as refusal:
            raise ImportRefusedError(str(refusal)) from refusal
        if not read.records:
            raise ImportRefusedError(_("The feed holds no records. Nothing was changed."))
        remarks = list(read.remarks)
        report = Report(feed.address, read.format, read=len(read.records), remarks=remarks)
        with transaction.atomic():
            _take_in(feed, read, report, unattended=unattended, progress=progress)
            transaction.set_rollback(dry_run)
        return report


@contextmanager
def _seldom_swept() -> Iterator[None]:
    """Look for circles of dead objects less often.

    A reading makes a great many objects, few of them in circles; looking through them again
    and again took a quarter of its time.
    """
    before = gc.get_threshold()
    gc.set_threshold(_SWEEP_AFTER, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _take_in(
    feed: Feed, read: feeds.Read, report: Report, *, unattended: bool, progress: Progress | None
) -> None:
    # Two feeds at once would each make a gathering, and a place, of what both name.
    one_at_a_time()
    if not feed.pk:
        # The one before us may have been the first reading of this very feed.
        feed.pk = Feed.objects.filter(address=feed.address).values_list("pk", flat=True).first()
    now = timezone.now()
    feed.format = feed.format or read.format
    feed.read_at, feed.error = now, ""
    feed.save()
    intake = _Intake(feed, now, report)
    done = 0
    for batch in batches(read.records, BATCH):
        intake.take(batch)
        done += len(batch)
        if progress:
            progress(done, len(read.records))
    intake.finish(unattended=unattended)
    FeedRun.objects.create(feed=feed, at=now, report=report.values())
    old = FeedRun.objects.filter(feed=feed).values_list("pk", flat=True)[RUNS_KEPT:]
    FeedRun.objects.filter(pk__in=list(old)).delete()


class _Intake:
    """One reading on its way into the database."""

    def __init__(self, feed: Feed, now: datetime, report: Report) -> None:
        self._feed = feed
        self._report = report
        self._known = _known(feed)
        # What this reading said so far, and of which gathering.
        self._seen: dict[str, tuple[feeds.Entry, int]] = {}
        self._register: rows.Register | None = None
        self._changes = Changes(feed=feed, now=now)

    def take(self, batch: Sequence[feeds.Record]) -> None:
        """Sort the records of `batch` into what is new, changed, merged, unchanged and refused."""
        for record in batch:
            self._note_repairs(record)
            if not record.entries:
                self._report.refused.append({"record": record.label, "reason": record.reason})
                continue
            fates = [self._fate(entry) for entry in record.entries]
            # A record is as new as the newest of the gatherings it names.
            fate = next(f for f in ("new", "merged", "updated", "unchanged") if f in fates)
            setattr(self._report, fate, getattr(self._report, fate) + 1)

    def finish(self, *, unattended: bool) -> None:
        """Write what changed, and retire what the feed no longer names."""
        gone = [k for key, k in self._known.items() if key not in self._seen and not k.is_gone]
        self._refuse_to_empty(len(gone), unattended=unattended)
        changed = write(self._changes)
        FeedRecord.objects.filter(pk__in=[known.id for known in gone]).update(
            gone_at=self._changes.now
        )
        ids = {known.gathering_id for known in gone}
        retired, refolded = retire_without_records(ids, self._changes)
        self._report.retired = retired
        if changed or retired or refolded:
            towns.rebuild()

    def _fate(self, entry: feeds.Entry) -> str:
        key = self._own_key(entry.key)
        known = self._known.get(key)
        if known is None:
            fate, number = self._first_seen(key, entry)
        elif known.digest == entry.digest and not known.is_gone:
            fate, number = "unchanged", known.gathering_id
        else:
            self._changes.update(known.id, known.gathering_id, entry)
            fate, number = "updated", known.gathering_id
        self._seen[key] = entry, number
        return fate

    def _first_seen(self, key: str, entry: feeds.Entry) -> tuple[str, int]:
        if self._register is None:
            self._register = _register()
        of = rows.likeness(entry.listing)
        same = self._written_twice(key, entry) or self._register.find(of)
        if same is not None:
            self._changes.join(key, entry, same)
            return "merged", same
        number = self._changes.create(key, entry)
        self._register.add(number, of)
        return "new", number

    def _written_twice(self, key: str, entry: feeds.Entry) -> int | None:
        """Return the gathering of the record that has the same key and says the very same."""
        first = self._seen.get(key.rpartition(TWICE)[0])
        if first is None or first[0].listing != replace(entry.listing, key=first[0].listing.key):
            return None
        return first[1]

    def _own_key(self, key: str) -> str:
        """Return `key`, or another one if a record of this reading had it already."""
        own, number = key, 1
        while own in self._seen:
            number += 1
            own = f"{key[:290]}{TWICE}{number}"
        return own

    def _note_repairs(self, record: feeds.Record) -> None:
        self._report.repaired += [
            {"record": record.label, "field": name, "why": why} for name, why in record.repairs
        ]

    def _refuse_to_empty(self, n_gone: int, *, unattended: bool) -> None:
        n_live = sum(not known.is_gone for known in self._known.values())
        if n_live and n_gone == n_live and not self._report.accepted:
            raise ImportRefusedError(
                _("Not one record of this feed can be used, and the last reading had %(count)s. "
                  "Nothing was changed.") % {"count": n_live}
            )  # fmt: skip
        if unattended and n_gone > max(MOST_GONE, MOST_GONE_SHARE * n_live):
            raise ImportRefusedError(
                _("%(gone)s of %(live)s records are missing from this feed. That may be a fault, "
                  "so nothing was changed. If it is true, import the feed by hand.")
                % {"gone": n_gone, "live": n_live}
            )  # fmt: skip


def _known(feed: Feed) -> dict[str, _Known]:
    found = FeedRecord.objects.filter(feed=feed).values_list(
        "key", "id", "gathering_id", "digest", "gone_at"
    )
    return {
        key: _Known(pk, gathering_id, bytes(digest), gone_at is not None)
        for key, pk, gathering_id, digest, gone_at in found.iterator(BATCH)
    }


def _register() -> rows.Register:
    """Return everything that meets, filed by what tells one gathering from another."""
    found = (
        Gathering.objects.exclude(status=Status.RETIRED)
        # What its own hosts made is theirs: no feed's record is folded into it.
        .exclude(is_hosted=True)
        .exclude(rule="")
        .select_related("place")
        .only(
            "name", "rule", "start", "timezone", "mode", "join_url", "program", "audience",
            "place__latitude", "place__longitude", "place__is_approximate",
        )
    )  # fmt: skip
    return rows.Register((g.pk, rows.likeness_of_row(g)) for g in found.iterator(BATCH))
