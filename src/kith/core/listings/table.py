"""Reads tables: rows of named columns, from CSV or JSON, by a mapping of columns to fields."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from kith.core.listings.addresses import taken_apart
from kith.core.listings.clock import clock_time, weekdays
from kith.core.listings.columns import ColumnMapping
from kith.core.listings.draft import (
    Draft,
    Place,
    RecordRefused,
    Slot,
    is_yes,
    text_of,
    texts_of,
)
from kith.core.listings.feed_text import shown
from kith.core.listings.listing import MODES
from kith.core.listings.meanings import meanings_of
from kith.core.listings.meeting_guide import days_from_sunday
from kith.core.listings.numbers import number
from kith.core.listings.rhythm import Rhythm, rhythm
from kith.core.places import region_of
from kith.core.places.names import fold
from kith.core.schedule import weekly_rule

_NO = frozenset({"no", "n", "false", "f", "0", "off", "none", "not online", "in person only"})
_EVERY_WEEK = frozenset(
    "weekly|every week|each week|all|all weeks|every|once a week|ongoing|1 2 3 4 5|semanal"
    "|wochentlich|jede woche|hebdomadaire".split("|")
)
# "Mondays at 7:00 pm", "Mon, Wed & Fri 19:30 - 21:00": days, then a time.
_DAYS_THEN_TIME = re.compile(
    r"^(?P<days>.*?[^\W\d]\.?)[\s,@:-]+(?:at\s+|um\s+|a las\s+)?"
    r"(?P<time>(?:\d{1,2}[:.h]\d{2}|\d{1,2}\s*[ap]\.?\s?m\b|noon|midnight).*)$",
    re.IGNORECASE,
)


def draft_of(row: Mapping[str, Any], label: str, mapping: ColumnMapping) -> Draft:
    """Return the draft of one row.

    Raises:
        RecordRefused: If its day or rhythm is none.
    """
    cells = _Cells(row, mapping)
    if any(is_yes(v) or v == "D" for v in map(row.get, mapping.columns.get("gone", ()))):
        raise RecordRefused("its own list marks it as deleted or unpublished")
    draft = Draft(record=label, name=cells.text("name") or _templated(cells, mapping))
    draft.slots = _slots(draft, cells, mapping)
    draft.zone = cells.text("timezone")
    draft.place = _place(cells)
    draft.about = "\n".join(cells.texts("about"))
    draft.aside = cells.text("aside")
    draft.join_url, draft.join_phone = cells.text("join_url"), cells.text("join_phone")
    draft.join_note = "\n".join(cells.texts("join_note"))
    draft.program, draft.practice = cells.text("program"), cells.text("practice")
    draft.url, draft.updated = cells.text("url"), cells.value("updated")
    draft.is_paused = is_yes(cells.value("paused"))
    _read_words(draft, cells, mapping)
    _read_attendance(draft, cells)
    _read_online(draft, cells)
    draft.key = cells.text("key") or _content_key(draft)
    return draft


class _Cells:
    """A row seen through its mapping."""

    def __init__(self, row: Mapping[str, Any], mapping: ColumnMapping) -> None:
        self.row = row
        self._mapping = mapping

    def value(self, name: str) -> Any:
        """Return the first value of a field that says anything, or None."""
        for column in self._mapping.columns.get(name, ()):
            found = self.row.get(column)
            if isinstance(found, str):
                found = found.strip()
                if found in self._mapping.ignore:
                    continue
            if found not in (None, "", "-", []):
                return found
        return self._mapping.constants.get(name)

    def text(self, name: str) -> str:
        """Return `value` as text, "" if there is none."""
        return text_of(self.value(name)).strip()

    def texts(self, name: str) -> list[str]:
        """Return all values of a field that say anything, as texts."""
        values = (self.row.get(column) for column in self._mapping.columns.get(name, ()))
        found = [text for text in (text_of(v).strip() for v in values) if text not in ("", "-")]
        constant = self._mapping.constants.get(name)
        return [*found, constant] if constant else found


def _templated(cells: _Cells, mapping: ColumnMapping) -> str:
    named = re.sub(
        r"\{([^{}]+)\}", lambda m: text_of(cells.row.get(m[1])).strip(), mapping.name_template
    )
    return named.strip(" :,-")


@dataclass(frozen=True, slots=True)
class _When:
    """What the cells of a row say of its time, as they say it."""

    days: object
    start: object
    rhythm: Rhythm | None = None


def _slots(draft: Draft, cells: _Cells, mapping: ColumnMapping) -> list[Slot]:
    when = _when(draft, cells)
    if when is None:
        return []
    days, times = when.days, when.start
    if isinstance(days, list) and isinstance(times, list) and len(days) == len(times) > 1:
        pairs = list(dict.fromkeys(zip(map(text_of, days), map(text_of, times), strict=True)))
        return _paired(draft, pairs, when.rhythm)
    which, found = _days(days, mapping)
    found = when.rhythm or found
    start = text_of(times) if isinstance(times, list) else times
    if not which and found is not None:
        which = found.weekdays
    if not which and start in (None, ""):
        return []
    if not which:
        raise RecordRefused(f"gives a time, {text_of(start)[:20]!r}, but no day")
    slot = Slot(days=which, start=start, end=cells.value("end"), length=cells.value("length"))
    _apply(draft, slot, found)
    return [slot]


def _when(draft: Draft, cells: _Cells) -> _When | None:
    """Return when a row says it is, or None if it repeats in a way that cannot be read.

    Then the words themselves are kept to be shown: listed as weekly, it would have people
    stand before a closed door.
    """
    days, start = cells.value("day"), cells.value("time")
    if days is None and isinstance(start, str):
        both = _DAYS_THEN_TIME.match(start)
        if both:
            days, start = both["days"], both["time"]
    half = cells.text("ampm")
    if half and start is not None and not re.search(r"[a-z]", text_of(start), re.IGNORECASE):
        start = f"{text_of(start)} {half}"
    repeats = cells.text("rhythm")
    if not repeats:
        return _When(days, start)
    found = rhythm(repeats, weekdays(text_of(days)) or ())
    if found is None and fold(repeats) not in _EVERY_WEEK and weekdays(repeats) is None:
        said = ", ".join(filter(None, (text_of(days), text_of(start), repeats)))
        draft.when_note = shown(said, 120)
        draft.repair("schedule", f"{shown(repeats)!r} does not say which weeks; shown as written")
        return None
    return _When(days, start, found)


def _paired(draft: Draft, pairs: list[tuple[str, str]], found: Rhythm | None) -> list[Slot]:
    """Return a slot for each day with its own time; a rhythm holds where it names the day."""
    slots = []
    for day, start in pairs:
        which, own = _days(day, None)
        slot = Slot(days=which, start=start)
        _apply(draft, slot, own)
        if found is not None and set(slot.days) <= set(found.weekdays):
            _apply(draft, slot, found)
        slots.append(slot)
    starts = [clock_time(slot.start) for slot in slots]
    if len(slots) == 2 and slots[0].days == slots[1].days and all(starts):
        # "Wednesday 7 pm, Wednesday 8 pm" is one evening written by its start and its end.
        return [replace(slots[0], end=slots[1].start)]
    return slots


def _apply(draft: Draft, slot: Slot, found: Rhythm | None) -> None:
    if found is None:
        return
    slot.rule = found.rule
    if found.is_either:
        draft.repair("schedule", f"{found.words!r} read as both")
    if "INTERVAL=2" in found.rule:
        draft.repair("schedule", f"{found.words!r} does not say which weeks; shown as such")


def _days(value: object, mapping: ColumnMapping | None) -> tuple[tuple[int, ...], Rhythm | None]:
    """Return the weekdays (Monday = 0) of a cell, and the rhythm if it names one too."""
    text = text_of(value).strip()
    if not text:
        return (), None
    named = weekdays(text)
    if named is not None:
        return named, None
    found = rhythm(text)
    if found is not None:
        return found.weekdays, found
    if number(text.split(",", maxsplit=1)[0]) is None:
        raise RecordRefused(f"its day is {text[:30]!r}, which is no day of the week")
    if mapping is None or mapping.sunday is None:
        raise RecordRefused(
            f"its day is the number {text[:10]!r}: a mapping must say which number is Sunday"
        )
    if mapping.sunday == 7:
        # Monday is 1 then: as if Sunday were 0, but for Sunday's own number.
        return days_from_sunday(re.sub(r"\b7\b", "0", text), first=0), None
    return days_from_sunday(text, first=mapping.sunday), None


def _place(cells: _Cells) -> Place:
    region = cells.text("region")
    place = taken_apart(
        Place(
            name=cells.text("venue"),
            street=cells.text("street"),
            neighborhood=cells.text("neighborhood"),
            borough=cells.text("borough"),
            city=cells.text("city"),
            county=cells.text("county"),
            # "Region" is a part of town to many lists; the address knows the state better.
            region=region if _is_state(region) else "",
            postal_code=cells.text("postal_code"),
            country=cells.text("country"),
            address=cells.text("address"),
            latitude=cells.value("latitude"),
            longitude=cells.value("longitude"),
            is_approximate=is_yes(cells.value("approximate")),
            find_the_door=cells.text("door"),
            from_the_stop=cells.text("stop"),
        )
    )
    place.region = place.region or region
    numbered = any(c.isdigit() for c in f"{place.street} {place.address} {place.postal_code}")
    if not numbered and not place.name:
        # A town and no more: its point is the middle of the town.
        place.is_approximate = True
    return place


@lru_cache(maxsize=1_000)
def _is_state(region: str) -> bool:
    return bool(region_of(region)[0])


def _read_words(draft: Draft, cells: _Cells, mapping: ColumnMapping) -> None:
    for column, meaning in mapping.flags.items():
        value = cells.row.get(column)
        if is_yes(value) or (isinstance(value, str) and value.strip().lower() == column.lower()):
            draft.meanings.append(meaning)
    for word in _words(cells.texts("words") + cells.texts("languages")):
        meant = meanings_of(word, mapping.vocabulary)
        for system in ("words", "meeting_guide"):
            meant = meanings_of(word, system) if meant is None else meant
        if meant is None:
            draft.repair("words", f"{word[:40]!r} is no word that kith knows; kept, not shown")
        draft.codes.append(word[:40])
        draft.meanings += meant or ()


def _words(values: Iterable[str]) -> Iterator[str]:
    """Yield the single words or phrases of lists such as "Open, Chit/MAC | Women/Men"."""
    for value in values:
        if meanings_of(value, "words") is not None:
            yield value
            continue
        for phrase in texts_of(re.sub(r"[|\n]", ",", value)):
            # "Chit/MAC" is one thing, "Women/Newcomers" are two: only what we know can tell.
            yield from [phrase] if meanings_of(phrase, "words") is not None else phrase.split("/")


def _read_attendance(draft: Draft, cells: _Cells) -> None:
    stated = cells.text("attendance")
    if stated:
        folded = fold(stated).replace(" ", "_")
        meant = meanings_of(stated, "words") or ()
        modes = [m.removeprefix("mode:") for m in meant if m.startswith("mode:")]
        draft.attendance = folded if folded in MODES else (modes[0] if modes else "")
        draft.is_paused |= "closed_for_now" in meant
        if not draft.attendance and not meant:
            draft.repair("attendance", f"left out: {stated[:30]!r} is none that kith knows")


def _read_online(draft: Draft, cells: _Cells) -> None:
    """Read a column "Online", which may hold a yes or no, a link or a word such as "Hybrid"."""
    said = cells.value("online")
    word = fold(text_of(said))
    if isinstance(said, str) and "://" in said:
        draft.join_url = draft.join_url or said
    elif is_yes(said):
        draft.attendance = draft.attendance or "online"
    elif said is False or word in _NO:
        draft.attendance = draft.attendance or "in_person"
    elif said is not None:
        meant = [m for m in meanings_of(word, "words") or () if m.startswith("mode:")]
        if meant:
            draft.attendance = draft.attendance or meant[0].removeprefix("mode:")
        else:
            draft.repair("online", f"left out: {shown(word, 30)!r} is neither yes nor no")


def _content_key(draft: Draft) -> str:
    """Return a key from what a record is, for lists that number nothing."""
    place, slot = draft.place, (draft.slots[0] if draft.slots else Slot())
    where = place.postal_code or place.address or place.street or draft.join_url or place.name
    days = weekly_rule(slot.days).rpartition("=")[2] if slot.days else ""
    return "|".join((_plain(draft.name), _plain(where), days))


def _plain(text: str) -> str:
    """Return `text` folded, unless it has letters that folding would lose: all Persian ones."""
    lost = any(c.isalpha() and not fold(c) for c in text if not c.isascii())
    return " ".join(text.casefold().split()) if lost else fold(text)
