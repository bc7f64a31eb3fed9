"""All who may be rung, kept in memory, and in step with the database.

The database has the last word: whoever is chosen here is looked at once more there before they
ring. So what is kept may be a moment old, and costs no more than a second choice then.
"""

import logging
import threading
import time
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final, NamedTuple
from uuid import UUID
from zoneinfo import ZoneInfo

import numpy as np
from django.conf import settings
from django.db import DatabaseError, connection
from django.utils import timezone

from kith.core.reach import NOBODY, Crowd
from kith.web.notices.models import Pace
from kith.web.people import queries as people
from kith.web.people.choices import Topic
from kith.web.people.choices.week import PER_WEEK, unpacked
from kith.web.reach import access
from kith.web.reach.choices import MOST_A_DAY, MOST_A_WEEK
from kith.web.reach.models import Willing

log = logging.getLogger(__name__)

# How long a choice may be behind what somebody just changed.
LOOK_EVERY_S: Final = 1.0
# What was written while we looked is looked for once more.
_OVERLAP: Final = timedelta(seconds=3)
# All is read anew this often: limits count a day and a week back.
GOOD_FOR_S: Final = 600.0
_BITS: Final = 63
_MINUTE_S: Final = 60
_AT_ONCE: Final = 5_000


@dataclass(frozen=True, slots=True)
class Facts:
    """What the choice knows of one person, as they said it."""

    open_to: int
    only_in_hours: bool
    most_a_day: int
    most_a_week: int
    rests_until: datetime | None
    joined: int
    languages: int
    week: frozenset[int]
    clock: str
    quiet: tuple[int, int]


class _Clocks(NamedTuple):
    """By which clock each lives, which minutes of a day are quiet to them, and until when they rest."""

    names: list[str]
    place: np.ndarray
    only: np.ndarray
    quiet_from: np.ndarray
    quiet_until: np.ndarray
    rests_s: np.ndarray


class Shelf:
    """Who may be rung, as the core knows them. One lock for all: a choice takes less than a page."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._looked_at = timezone.now()
        self._looked = self._made = time.monotonic()
        # The moment for which it is said whose hours it is.
        self._at = timezone.now()
        self._facts: list[Facts] = []
        self._bits: dict[str, int] = {}
        self.keys: list[UUID] = []
        self.rows: dict[UUID, int] = {}
        self.crowd = Crowd.of(0)
        self._put(_read(self._mask, None))
        self._count()

    @property
    def is_old(self) -> bool:
        """Whether all of it is to be read anew."""
        return time.monotonic() - self._made > GOOD_FOR_S

    def look(self, *, at: datetime) -> None:
        """Take in what changed since the last look, if that is a while ago."""
        now = time.monotonic()
        if now - self._looked >= LOOK_EVERY_S:
            since, self._looked_at, self._looked = self._looked_at - _OVERLAP, timezone.now(), now
            changed = list(
                Willing.objects.filter(changed_at__gte=since).values_list("person_id", flat=True)
            )
            if changed:
                self._put(_read(self._mask, changed))
            # The process that rings ends calls in which nobody is.
            self.free(access.who_talked(since=since, until=at))
        if at.timestamp() // _MINUTE_S != self._at.timestamp() // _MINUTE_S:
            self._at = at
            self._tell_hours()

    def take_in(self, keys: Collection[UUID]) -> None:
        """Know these people too, who may not be open to others: they agreed to be in a plan."""
        missing = [key for key in keys if key not in self.rows]
        if missing:
            self._put(_read(self._mask, missing))

    def numbered(self, keys: Iterable[UUID]) -> np.ndarray:
        """Return the rows of those of `keys` that are known."""
        found = [self.rows[key] for key in keys if key in self.rows]
        return np.array(found, np.int64)

    def mask(self, languages: Iterable[str]) -> int:
        """Return the bits of these languages."""
        return self._mask(languages)

    def rang(self, people: Iterable[int], *, at_s: float, until_s: float) -> None:
        """Note that these are being rung."""
        for row in people:
            self.crowd.rung_today[row] += 1
            self.crowd.rung_this_week[row] += 1
            self.crowd.last_rung_s[row] = at_s
            self.crowd.busy_until_s[row] = until_s

    def rang_not(self, people: Iterable[int], *, until_s: float) -> None:
        """Take that back, for those whom the database knew better; until then leave them alone."""
        for row in people:
            self.crowd.rung_today[row] -= 1
            self.crowd.rung_this_week[row] -= 1
            self.crowd.busy_until_s[row] = until_s

    def free(self, keys: Iterable[UUID]) -> None:
        """Note that these are not being rung any more."""
        for key in keys:
            if key in self.rows:
                self.crowd.busy_until_s[self.rows[key]] = -np.inf

    def hold(self, key: UUID, *, until_s: float) -> None:
        """Note that somebody talks."""
        if key in self.rows:
            self.crowd.busy_until_s[self.rows[key]] = until_s

    def _mask(self, languages: Iterable[str]) -> int:
        found = 0
        for code in languages:
            found |= 1 << self._bits.setdefault(code, min(len(self._bits), _BITS))
        return found

    def _put(self, facts: dict[UUID, Facts]) -> None:
        """Keep `facts`, the new ones at the end; how often each was rung stays."""
        old, known = self.crowd, len(self.keys)
        for key, one in facts.items():
            if key in self.rows:
                self._facts[self.rows[key]] = one
            else:
                self.rows[key] = len(self.keys)
                self.keys.append(key)
                self._facts.append(one)
        crowd = _crowd_of(self._facts)
        for name in ("rung_today", "rung_this_week", "last_rung_s", "busy_until_s"):
            getattr(crowd, name)[:known] = getattr(old, name)[:known]
        self.crowd = crowd
        self._weeks = _weeks_of(self._facts)
        self._clocks = _clocks_of(self._facts)
        self._tell_hours()

    def _count(self) -> None:
        """Count how often each was rung, and who is busy."""
        now = timezone.now()
        fields = ("person_id", "rung_at", "until", "state")
        for key, rung_at, until, state in (
            access.rings_since(now - access.WEEK).values_list(*fields).iterator(_AT_ONCE)
        ):
            row = self.rows.get(key)
            if row is None:
                continue
            self.crowd.rung_this_week[row] += 1
            self.crowd.rung_today[row] += rung_at > now - access.DAY
            self.crowd.last_rung_s[row] = max(self.crowd.last_rung_s[row], rung_at.timestamp())
            if until > now and state in ("rings", "answered"):
                self.crowd.busy_until_s[row] = until.timestamp()

    def _tell_hours(self) -> None:
        """Say of each whether this is an hour of theirs."""
        at = self._at
        if not self._facts:
            return
        names, place, only, quiet_from, quiet_until, rests_s = self._clocks
        local = [at.astimezone(ZoneInfo(name)) for name in names]
        half = np.array([one.weekday() * 48 + one.hour * 2 + one.minute // 30 for one in local])
        minute = np.array([one.hour * 60 + one.minute for one in local])[place]
        painted = self._weeks[np.arange(len(place)), half[place]]
        within = (quiet_from <= minute) & (minute < quiet_until)
        across = (minute >= quiet_from) | (minute < quiet_until)
        is_quiet = np.where(quiet_from <= quiet_until, within, across)
        rested = rests_s <= at.timestamp()
        self.crowd.is_awake[:] = painted
        self.crowd.is_in_hours[:] = rested & (painted | (~only & ~is_quiet))


_lock = threading.Lock()
_shelf: Shelf | None = None
_is_renewing = False


def current() -> Shelf:
    """Return who may be rung, no more than a moment behind the database."""
    global _shelf  # noqa: PLW0603 - one for the process
    found = _shelf
    if found is None:
        with _lock:
            found = _shelf = _shelf or Shelf()
    elif found.is_old:
        _renew_aside()
    return found


def known() -> Shelf | None:
    """Return who may be rung, if this process keeps it."""
    return _shelf


def warm() -> None:
    """Read who may be rung before anybody asks; without a database yet, let the first one wait."""
    try:
        current()
    except DatabaseError:
        log.warning("Who may be rung was not read: the database cannot be.", exc_info=True)
    finally:
        connection.close()


def forget() -> None:
    """Drop what is kept; the next choice reads it anew."""
    global _shelf  # noqa: PLW0603
    with _lock:
        _shelf = None


def _renew_aside() -> None:
    """Read everything anew beside the old shelf, which still answers."""
    global _is_renewing  # noqa: PLW0603
    if _is_renewing:
        return
    _is_renewing = True

    def work() -> None:
        global _shelf, _is_renewing  # noqa: PLW0603
        try:
            _shelf = Shelf()
        except Exception:
            log.exception("Who may be rung could not be read anew; the old shelf still answers.")
        finally:
            _is_renewing = False
            connection.close()

    threading.Thread(target=work, name="kith-reach", daemon=True).start()


def _read(mask: Any, keys: Collection[UUID] | None) -> dict[UUID, Facts]:
    """Return the facts of all who are willing, or of these people, willing or not."""
    rows = access.willing_people()
    if keys is not None:
        rows = rows.filter(person__in=keys)
    willing = {row.person_id: row for row in rows.iterator(_AT_ONCE)}
    wanted = list(willing if keys is None else dict.fromkeys(keys))
    said = people.said_by_each(wanted)
    joined = people.joined_on(wanted)
    paces: dict[UUID, Pace] = {}
    for begin in range(0, len(wanted), _AT_ONCE):
        some = Pace.objects.filter(person__in=wanted[begin : begin + _AT_ONCE])
        paces.update((pace.person_id, pace) for pace in some)
    return {
        key: _facts(willing.get(key), said[key], paces.get(key) or Pace(), joined[key].toordinal(), mask)
        for key in wanted
        if key in joined
    }  # fmt: skip


def _facts(
    willing: Willing | None, said: dict[Topic, Any], pace: Pace, joined: int, mask: Any
) -> Facts:
    hours = said.get(Topic.HOURS)
    spoken = said.get(Topic.LANGUAGES) or [pace.language or settings.LANGUAGE_CODE]
    zone = (hours or {}).get("zone") or str(pace.clock)
    return Facts(
        open_to=willing.open_to if willing else NOBODY,
        only_in_hours=bool(willing and willing.only_in_hours),
        most_a_day=willing.most_a_day if willing else MOST_A_DAY,
        most_a_week=willing.most_a_week if willing else MOST_A_WEEK,
        rests_until=willing.rests_until if willing else None,
        joined=joined,
        languages=mask(spoken),
        week=unpacked(hours["week"]) if hours else frozenset(),
        clock=zone,
        quiet=(
            pace.quiet_from.hour * 60 + pace.quiet_from.minute,
            pace.quiet_until.hour * 60 + pace.quiet_until.minute,
        ),
    )


def _crowd_of(facts: list[Facts]) -> Crowd:
    crowd = Crowd.of(len(facts))
    today = timezone.localdate().toordinal()
    crowd.open_to[:] = [one.open_to for one in facts]
    crowd.is_new[:] = [today - one.joined < settings.KITH_NEW_DAYS for one in facts]
    crowd.languages[:] = [one.languages for one in facts]
    crowd.most_a_day[:] = [one.most_a_day for one in facts]
    crowd.most_a_week[:] = [one.most_a_week for one in facts]
    return crowd


def _weeks_of(facts: list[Facts]) -> np.ndarray:
    weeks = np.zeros((len(facts), PER_WEEK), np.bool_)
    for row, one in enumerate(facts):
        if one.week:
            weeks[row, list(one.week)] = True
    return weeks


def _clocks_of(facts: list[Facts]) -> _Clocks:
    names = list(dict.fromkeys(one.clock for one in facts))
    places = {name: place for place, name in enumerate(names)}
    place = np.array([places[one.clock] for one in facts], np.int64)
    only = np.array([one.only_in_hours for one in facts], np.bool_)
    quiet = np.array([one.quiet for one in facts], np.int64).reshape(-1, 2)
    rests = [one.rests_until.timestamp() if one.rests_until else -np.inf for one in facts]
    return _Clocks(names, place, only, quiet[:, 0], quiet[:, 1], np.array(rests, np.float64))
