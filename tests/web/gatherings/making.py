"""Small feeds made by hand, and what is in the database after they were read."""

import json
from datetime import UTC, datetime
from typing import Any

import pytest
from django.core.cache import cache
from django.db.models import Model
from django.utils import timezone

from kith.web.gatherings.actions import Report, coming, import_body
from kith.web.gatherings.bridge import bmlt, shelf, spots, suggesting
from kith.web.gatherings.models import (
    Edition,
    Feed,
    FeedRecord,
    Gathering,
    Occasion,
    Place,
    Town,
)
from kith.web.gatherings.queries import kept
from kith.web.gatherings.views import cards, feeds, finding, gathering, welcome
from kith.web.kit import frames
from kith.web.tonight import views as tonight

LIST = "https://list.example/feed.json"
OTHER_LIST = "https://other.example/feed.json"
# A Tuesday evening in London, where the records of `meeting` are.
TUESDAY = datetime(2026, 11, 24, 18, 30, tzinfo=UTC)
# Everything an import may write, but for when and how a feed was read.
KEPT: tuple[type[Model], ...] = (Gathering, Place, Occasion, FeedRecord, Town, Edition)

_TELL_TIME = (coming, shelf, finding, feeds, gathering, welcome, tonight)


def meeting(name: str = "Early Birds", **changes: Any) -> dict[str, Any]:
    """Return a Meeting Guide record: Tuesdays at 19:00 in London, but for `changes`.

    A field that is None is left out.
    """
    record = {
        "name": name,
        "slug": name.lower().replace(" ", "-"),
        "day": 2,
        "time": "19:00",
        "end_time": "20:00",
        "timezone": "Europe/London",
        "location": "The Hut",
        "formatted_address": "1 High Street, London SE1 7PB, UK",
        "latitude": 51.5,
        "longitude": -0.1,
        "types": ["O"],
        **changes,
    }
    return {name: value for name, value in record.items() if value is not None}


def call(name: str = "Open Line", **changes: Any) -> dict[str, Any]:
    """Return a Meeting Guide record of a call: Tuesdays at 19:00, nowhere."""
    place = dict.fromkeys(("location", "formatted_address", "latitude", "longitude"))
    url = f"https://zoom.us/j/{sum(map(ord, name)):010}"
    return meeting(name, **{**place, "conference_url": url, **changes})


def body(*records: object) -> bytes:
    """Return `records` as a feed."""
    return json.dumps(records).encode()


def take_in(*records: object, address: str = LIST, **given: Any) -> Report:
    """Import `records` as the whole feed at `address`, and return what was done."""
    unattended = given.pop("unattended", False)
    dry_run = given.pop("dry_run", False)
    return take_in_bytes(
        body(*records), address=address, unattended=unattended, dry_run=dry_run, **given
    )


def take_in_bytes(
    text: bytes,
    *,
    address: str = LIST,
    unattended: bool = False,
    dry_run: bool = False,
    **given: Any,
) -> Report:
    """Import `text` as the feed at `address`."""
    feed = Feed.objects.filter(address=address).first() or Feed(address=address)
    for name, value in given.items():
        setattr(feed, name, value)
    return import_body(feed=feed, body=text, unattended=unattended, dry_run=dry_run)


def everything() -> dict[str, list[dict[str, Any]]]:
    """Return every row that an import may write, table by table."""
    return {
        model.__name__: [
            {name: bytes(v) if isinstance(v, memoryview) else v for name, v in row.items()}
            for row in model._default_manager.order_by("pk").values()
        ]
        for model in KEPT
    }


def gatherings() -> list[Gathering]:
    """Return every gathering, the oldest first."""
    return list(Gathering.objects.select_related("place").order_by("pk"))


def forget_everything() -> None:
    """Drop what this process remembers of a database: the next test has another one."""
    shelf.forget()
    cards.forget()
    kept.forget()
    bmlt.forget()
    frames.forget()
    spots._named.cache_clear()
    suggesting.forget()
    cache.clear()


class Clock:
    """Says what time it is, wherever kith asks."""

    def __init__(self, patch: pytest.MonkeyPatch) -> None:
        self._patch = patch

    def stand_at(self, moment: datetime) -> None:
        """Let it be `moment` from now on."""

        class Standing(datetime):
            @classmethod
            def now(cls, tz: Any = None) -> datetime:  # type: ignore[override]
                return moment.astimezone(tz)

        for module in _TELL_TIME:
            self._patch.setattr(module, "datetime", Standing)
        self._patch.setattr(timezone, "now", lambda: moment)
