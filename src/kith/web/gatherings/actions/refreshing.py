"""Reading feeds where they lie: an address or a file, by hand or on a schedule."""

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.gatherings import access
from kith.web.gatherings.actions.importing import (
    ImportRefusedError,
    Progress,
    Report,
    import_body,
)
from kith.web.gatherings.models import Feed
from kith.web.kit import fetch

Formats = list[dict[str, object]] | None


def import_source(
    *,
    source: str,
    given: dict[str, object],
    formats_file: Path | None = None,
    dry_run: bool = False,
    progress: Progress | None = None,
) -> Report:
    """Read `source`, an address or a file, and bring gatherings to what it says.

    Args:
        source: What the steward typed.
        given: Fields of the feed that the steward stated; others keep what they were.
        formats_file: A BMLT server's GetFormats answer, for a source that is a file.
        dry_run: Do everything, then take it all back.
        progress: Called with (records done, records in all).

    Raises:
        RefusalError: With what is wrong with the source, and what to do.
    """
    address = source if is_web(source) else _full_path(source)
    feed = Feed.objects.filter(address=address).first() or Feed(address=address)
    for name, value in given.items():
        setattr(feed, name, value)
    _check(feed)
    limits = fetch.limits_from_settings()
    formats = None
    if formats_file is not None:
        formats = _parsed(fetch.read_file(formats_file, limits.max_bytes))
    if is_web(source):
        # By hand means now: no validator, so that the whole feed comes.
        fetched = fetch.read_address(address, limits=limits)
        body = fetched.body
        formats = formats or _formats_beside(address, limits)
        feed.etag, feed.last_modified = fetched.etag, fetched.last_modified
    else:
        body = fetch.read_file(Path(address), limits.max_bytes)
    feed.tried_at = timezone.now()
    return import_body(feed=feed, body=body, formats=formats, dry_run=dry_run, progress=progress)


def refresh(*, feed: Feed) -> Report | None:
    """Read a registered feed if it changed; return what was done, or None if nothing was new.

    What goes wrong is written on the feed for its steward, not raised: nobody is watching.
    """
    limits = fetch.limits_from_settings()
    feed.tried_at = timezone.now()
    # At once: a reading that ends in a way nobody foresaw must not be the first in turn for ever.
    feed.save(update_fields=["tried_at"])
    try:
        if not is_web(feed.address):
            body = fetch.read_file(Path(feed.address), limits.max_bytes)
            return import_body(feed=feed, body=body, unattended=True)
        fetched = fetch.read_address(
            feed.address, etag=feed.etag, last_modified=feed.last_modified, limits=limits
        )
        if fetched.not_modified:
            feed.error = ""
            feed.save(update_fields=["error"])
            return None
        formats = _formats_beside(feed.address, limits)
        report = import_body(feed=feed, body=fetched.body, formats=formats, unattended=True)
    except RefusalError as refusal:
        feed.error = str(refusal)
        feed.save(update_fields=["error"])
        return None
    # Only a feed that was taken in may be called unchanged next time.
    feed.etag, feed.last_modified = fetched.etag, fetched.last_modified
    feed.save(update_fields=["etag", "last_modified"])
    return report


def refresh_due(*, is_all: bool = False) -> Iterator[tuple[Feed, Report | None]]:
    """Read every registered feed whose time has come, one after the other; yield what was done."""
    now = timezone.now()
    for feed in access.due_feeds().order_by("tried_at", "pk"):
        hours = timedelta(hours=feed.every_hours or 24)
        # A minute's grace: a feed read every hour is not to slip a quarter each time.
        is_due = feed.tried_at is None or feed.tried_at + hours <= now + timedelta(minutes=1)
        if is_due or is_all:
            yield feed, refresh(feed=feed)


def is_web(source: str) -> bool:
    """Return whether `source` is an address on the web."""
    return source.lower().startswith(("http://", "https://"))


def _full_path(source: str) -> str:
    try:
        # Encoded, because a name in bytes that are no text could be opened, but not kept.
        return str(Path(source).expanduser().resolve()).encode().decode()
    # RuntimeError: "~somebody" who has no home here. ValueError: no text, or a null character.
    except (OSError, RuntimeError, ValueError) as error:
        raise ImportRefusedError(
            _("%(path)s is no path that can be followed (%(why)s).")
            % {"path": source, "why": error}
        ) from error


def _check(feed: Feed) -> None:
    """Refuse what a steward said of `feed`, where it is longer than the database keeps."""
    try:
        feed.clean_fields()
    except ValidationError as error:
        said = (f"{name}: {' '.join(why)}" for name, why in error.message_dict.items())
        raise ImportRefusedError(" ".join(said)) from error


def _formats_beside(address: str, limits: fetch.Limits) -> Formats:
    """Return the table of formats of a BMLT server whose meetings lie at `address`, if it is one."""
    parts = urlsplit(address)
    query = parse_qsl(parts.query)
    if ("switcher", "GetSearchResults") not in query:
        return None
    asked = urlencode([("switcher", "GetFormats"), *((k, v) for k, v in query if k == "lang_enum")])
    try:
        body = fetch.read_address(urlunsplit(parts._replace(query=asked)), limits=limits).body
        return _parsed(body)
    except RefusalError:
        # Its codes are then read as most servers mean them.
        return None


def _parsed(body: bytes) -> Formats:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise ImportRefusedError(f"The table of formats is not JSON: {error}") from error
    return found if isinstance(found, list) else None
