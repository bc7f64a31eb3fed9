"""The index of everything that meets, kept in memory and in step with the database."""

import logging
import threading
import time
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
from django.db import DatabaseError, connection

from kith.core.finding import Entry, Index, amended, build
from kith.core.finding.index import IN_PERSON, ONLINE
from kith.core.places import country_of_zone
from kith.core.recipe import all_practices
from kith.web.gatherings.bridge import rows
from kith.web.gatherings.choices import FoundBy, Mode, Status, Touch
from kith.web.gatherings.models import Edition, Gathering, Occasion

log = logging.getLogger(__name__)

# How long an answer may be behind what a steward just wrote.
LOOK_EVERY_S = 1.0
# The index knows a little over two weeks; made anew each day, it never runs out.
GOOD_FOR = timedelta(hours=12)
_BITS = 63

MODES = {Mode.IN_PERSON: IN_PERSON, Mode.ONLINE: ONLINE, Mode.HYBRID: IN_PERSON | ONLINE}
PRACTICE_NUMBERS = {code: number for number, code in enumerate(all_practices(), start=1)}
TOUCH_NUMBERS = {code: number for number, code in enumerate(Touch.values, start=1)}
# Where a list names no language, people speak what the country speaks.
_SPOKEN = {
    "AT": "de", "AR": "es", "BE": "fr", "BR": "pt", "CH": "de", "CL": "es", "CO": "es",
    "CZ": "cs", "DE": "de", "DK": "da", "ES": "es", "FI": "fi", "FR": "fr", "GR": "el",
    "HU": "hu", "IL": "he", "IR": "fa", "IS": "is", "IT": "it", "JP": "ja", "KR": "ko",
    "LT": "lt", "MX": "es", "NL": "nl", "NO": "no", "PE": "es", "PL": "pl", "PT": "pt",
    "RO": "ro", "RU": "ru", "SE": "sv", "SI": "sl", "SK": "sk", "TH": "th", "TR": "tr",
    "TW": "zh", "UA": "uk", "UY": "es", "VE": "es",
}  # fmt: skip


@dataclass(slots=True)
class Bits:
    """Gives every code a bit of its own, as it is met."""

    of: dict[str, int] = field(default_factory=dict)

    def mask(self, codes: Iterable[str]) -> int:
        """Return the bits of `codes`, new ones given out; past 63 they share the last."""
        found = 0
        for code in codes:
            found |= 1 << self.of.setdefault(code, min(len(self.of), _BITS))
        return found

    def known(self, codes: Iterable[str]) -> int:
        """Return the bits of `codes`; for one nobody has, a mask that nothing matches."""
        found = 0
        for code in codes:
            found |= 1 << self.of.get(code, _BITS)
        return found


@dataclass(frozen=True, slots=True)
class Shelf:
    """All that is on, as of one edition.

    Args:
        edition: Of the database it was read from.
        made: When.
        index: What the search looks at.
        entries: By gathering.
        editions: By gathering, when it last changed: what was said of it before is stale.
        languages, audience, access: The bits of the index's masks.
        untimed: Numbers and (latitude, longitude) of what meets in person at no stated time.
    """

    edition: int
    made: datetime
    index: Index
    entries: dict[int, Entry]
    editions: dict[int, int]
    languages: Bits
    audience: Bits
    access: Bits
    untimed: tuple[np.ndarray, np.ndarray]


_lock = threading.Lock()
_shelf: Shelf | None = None
_looked = 0.0
_is_renewing = False


def current() -> Shelf:
    """Return the index, no more than a moment behind the database."""
    global _looked  # noqa: PLW0603 - one for the process, like the index itself
    shelf = _shelf
    now = time.monotonic()
    if shelf is None:
        return _renew()
    if now - _looked < LOOK_EVERY_S:
        return shelf
    _looked = now
    if _number() == shelf.edition:
        if datetime.now(UTC) - shelf.made > GOOD_FOR:
            _renew_aside()
        return shelf
    # A change is waited for: whoever wrote it wants to see it.
    return _renew()


def warm() -> None:
    """Make the index before anybody asks; without a database yet, let the first one wait."""
    try:
        current()
    except DatabaseError:
        log.warning("The index was not made: the database cannot be read.", exc_info=True)
    finally:
        connection.close()


def forget() -> None:
    """Drop the index; the next search makes it anew."""
    global _shelf  # noqa: PLW0603
    with _lock:
        _shelf = None


def _number() -> int:
    return Edition.objects.filter(pk=1).values_list("number", flat=True).first() or 0


def _renew() -> Shelf:
    """Make the index, or what changed of it, while others wait for theirs."""
    global _shelf, _looked
    with _lock:
        old, number = _shelf, _number()
        if old is not None and old.edition == number and _is_fresh(old):
            return old
        is_whole = old is None or number < old.edition or not _is_fresh(old)
        shelf = _made(None if is_whole else old, number)
        _shelf, _looked = shelf, time.monotonic()
        return shelf


def _is_fresh(shelf: Shelf) -> bool:
    return datetime.now(UTC) - shelf.made < GOOD_FOR


def _renew_aside() -> None:
    """Make the index of a new day beside the old one, which still answers."""
    global _is_renewing  # noqa: PLW0603
    if _is_renewing:
        return
    _is_renewing = True

    def work() -> None:
        global _is_renewing  # noqa: PLW0603
        try:
            _renew()
        except Exception:
            log.exception("The index could not be made anew; the old one still answers.")
        finally:
            _is_renewing = False
            connection.close()

    threading.Thread(target=work, name="kith-index", daemon=True).start()


def _made(old: Shelf | None, number: int) -> Shelf:
    bits = (old.languages, old.audience, old.access) if old else (Bits(), Bits(), Bits())
    entries = dict(old.entries) if old else {}
    editions = dict(old.editions) if old else {}
    changed = Gathering.objects.filter(edition__gt=old.edition if old else -1)
    gone = list(changed.values_list("pk", flat=True)) if old else []
    for pk in gone:
        entries.pop(pk, None)
        editions.pop(pk, None)
    new = []
    for entry, edition in _read(changed.filter(status=Status.OPEN, found_by=FoundBy.ALL), *bits):
        new.append(entry)
        entries[entry.number] = entry
        editions[entry.number] = edition
    if old is None:
        made = datetime.now(UTC)
        index = build(new, made)
    else:
        # It knows the same days as before, so it grows old as the one before would have.
        made = old.made
        index = amended(old.index, new, gone)
    return Shelf(number, made, index, entries, editions, *bits, untimed=_untimed(entries.values()))


def _untimed(entries: Iterable[Entry]) -> tuple[np.ndarray, np.ndarray]:
    found = [
        (e.number, e.latitude, e.longitude)
        for e in entries
        if e.latitude is not None
        and e.modes & IN_PERSON
        and not e.schedule.dated
        and (not e.schedule.rule or e.schedule.start is None)
    ]
    table = np.array(found, float).reshape(-1, 3)
    return table[:, 0].astype(np.int64), table[:, 1:]


_COLUMNS = (
    "pk", "edition", "place__latitude", "place__longitude", "place__country", "mode",
    "practice", "touch", "languages", "audience", "access", "timezone", "rule", "first_on",
    "start", "minutes", "except_on",
)  # fmt: skip


def _read(
    gatherings: Any, languages: Bits, audience: Bits, access: Bits
) -> Iterable[tuple[Entry, int]]:
    """Yield an entry, and the edition, of each of `gatherings`."""
    dated: dict[int, list[Occasion]] = {}
    for occasion in Occasion.objects.filter(gathering__in=gatherings).iterator(2_000):
        dated.setdefault(occasion.gathering_id, []).append(occasion)
    for values in gatherings.values_list(*_COLUMNS).iterator(2_000):
        (pk, edition, lat, lon, country, mode, practice, touch, spoken, whom, getting_in,
         zone, rule, first_on, start, minutes, except_on) = values  # fmt: skip
        schedule = rows.schedule_from(
            zone, rule, first_on, start, minutes, except_on, dated.get(pk, ())
        )
        entry = Entry(
            number=pk,
            latitude=lat,
            longitude=lon,
            modes=MODES[mode],
            practice=PRACTICE_NUMBERS.get(practice, 0),
            touch=TOUCH_NUMBERS.get(touch, 0),
            languages=languages.mask(spoken or (_spoken_in(country, zone),)),
            audience=audience.mask(whom),
            access=access.mask(getting_in),
            schedule=schedule,
        )
        yield entry, edition


def _spoken_in(country: str | None, zone: str) -> str:
    return _SPOKEN.get(country or country_of_zone(zone), "en")
