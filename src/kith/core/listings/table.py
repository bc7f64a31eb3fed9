"""Reads tables: rows of named columns, from CSV or JSON, by a mapping of columns to fields.

A mapping is a small TOML document (see docs/guides/feeds.md). Lists met often have one
packaged beside this module, and a table without any is read by its headings.
"""

import re
import tomllib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from importlib.resources import files
from typing import Any

from kith.core.listings.addresses import taken_apart
from kith.core.listings.clock import clock_time, weekdays
from kith.core.listings.draft import (
    Draft,
    Place,
    RecordRefused,
    Slot,
    is_yes,
    text_of,
    texts_of,
)
from kith.core.listings.listing import MODES
from kith.core.listings.meanings import meanings_of
from kith.core.listings.rhythm import Rhythm, rhythm
from kith.core.places.countries import fold
from kith.core.schedule import weekly_rule
from kith.errors import RefusalError

FIELDS = frozenset(
    "key name day time end length rhythm timezone attendance online venue street neighborhood"
    " borough city county region postal_code country address latitude longitude approximate door"
    " stop about aside words languages program practice join_url join_phone join_note url updated"
    " paused".split()
)
# Headings met in real lists, folded, for tables that come without a mapping.
_HEADINGS = {
    "key": "id|slug|meeting id|meeting number|code|guid|uid|uuid|identifier|key|ref|reference",
    "name": "name|title|meeting name|meeting|group name|group|gathering|event|nombre|nom|summary",
    "day": "day|days|weekday|day of week|meeting day|dia|jour|tag|which day",
    "time": "time|start|start time|starts|begins|meeting time|times|from|hora|heure|uhrzeit|begin",
    "end": "end|end time|ends|until|to|finish|finish time",
    "length": "duration|length|minutes|duration minutes|how long",
    "rhythm": "recurrence|frequency|repeats|schedule|how often|pattern",
    "timezone": "timezone|time zone|tz|zone|zeitzone",
    "attendance": "attendance|attendance option|venue type|format type|meeting format|mode|in person or online|online or in person",
    "online": "online|is online|virtual",
    "venue": "venue|location|location name|place|building|church|facility|where|venue name|lugar",
    "street": "street|street address|address 1|address line 1|address1|location street",
    "city": "city|town|municipality|suburb|ciudad|ville|ort|locality",
    "county": "county|district",
    "region": "state|province|region|state province|territory",
    "postal_code": "postal code|postcode|post code|zip|zip code|zipcode|postal|eircode|plz",
    "country": "country|nation|pais|pays|land",
    "address": "address|full address|formatted address|direccion|adresse",
    "latitude": "latitude|lat|geo lat|y",
    "longitude": "longitude|lon|lng|long|geo lng|geo lon|x",
    "approximate": "approximate",
    "door": "location notes|directions|how to find us|access notes|entrance|location details",
    "about": "notes|note|description|comments|comment|details|info|information|about|additional information|notas",
    "words": "types|type|formats|format|tags|open format|category|categories|audience|audiences|features|accessibility|open closed",
    "languages": "language|languages|idioma|langue|sprache",
    "program": "program|programme|fellowship|meeting type|organization|organisation",
    "join_url": "conference url|zoom|zoom link|url online|online url|meeting link|link|join url|online link|virtual link|virtual meeting link|zoom url|meeting url",
    "join_phone": "conference phone|dial in|dial in number|phone meeting number",
    "join_note": "conference url notes|zoom notes|conference phone notes|virtual meeting additional info|access notes online",
    "url": "url|website|web|web page|homepage|page",
    "updated": "updated|last updated|modified|last modified|updated at",
}  # fmt: skip
_HEADING_FIELDS = {h: name for name, texts in _HEADINGS.items() for h in texts.split("|")}
# Headings that say by themselves what a yes below them means.
_FLAG_HEADINGS = {
    "wheelchair": "access:step_free", "wheelchair access": "access:step_free",
    "wheelchair accessible": "access:step_free", "accessible": "access:step_free",
    "step free": "access:step_free", "hearing": "access:hearing_loop",
    "hearing loop": "access:hearing_loop", "induction loop": "access:hearing_loop",
    "childcare": "access:childcare", "creche": "access:childcare", "asl": "access:sign_language",
    "bsl": "access:sign_language", "open": "openness:open", "closed": "openness:closed",
    "women": "audience:women", "women only": "audience:women", "men": "audience:men",
    "men only": "audience:men", "lgbtq": "audience:lgbtq", "lgbt": "audience:lgbtq",
    "newcomers": "audience:newcomers", "beginners": "audience:newcomers",
    "chit": "access:attendance_slips", "young people": "audience:young_people",
}  # fmt: skip


class MappingError(RefusalError):
    """A mapping document asks for something that is not there."""


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """Which column holds which field.

    Args:
        name: What it is called.
        columns: Field -> columns, the first that has a value counts ("words" takes them all).
        flags: Column -> the meaning that a yes in it has.
        constants: Field -> the same value for every row.
        ignore: Texts that stand for nothing ("Switch to Districts", a button's label).
        name_template: "SMART Recovery: {program}": how rows without a name are called; in
            braces, columns.
        recognize: Columns that, all together, tell that a table is this one.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    flags: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    name_template: str = ""
    recognize: frozenset[str] = frozenset()


def mapping_from_toml(text: str) -> ColumnMapping:
    """Return the mapping a TOML document describes.

    Raises:
        MappingError: If it is no TOML, names a field that does not exist, or maps no name.
    """
    try:
        document = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise MappingError(f"The mapping is not TOML: {error}.") from error
    columns = {k: _as_list(v) for k, v in _section(document, "columns").items()}
    constants = {k: str(v) for k, v in _section(document, "constants").items()}
    unknown = sorted((columns.keys() | constants.keys()) - FIELDS)
    if unknown:
        raise MappingError(
            f"The mapping names {', '.join(unknown)}, which are no fields. "
            f"There are: {', '.join(sorted(FIELDS))}."
        )
    template = str(document.get("name_template", ""))
    if "name" not in columns and not template:
        raise MappingError("The mapping must say which column is the name, or a name_template.")
    return ColumnMapping(
        name=str(document.get("name", "")),
        columns=columns,
        flags={k: str(v) for k, v in _section(document, "flags").items()},
        constants=constants,
        ignore=frozenset(_as_list(document.get("ignore", []))),
        name_template=template,
        recognize=frozenset(_as_list(document.get("recognize", []))),
    )


def mapping_for(columns: Iterable[str]) -> ColumnMapping | None:
    """Return the packaged mapping that knows these columns, else one from the headings.

    None if the headings tell neither a name nor when and where.
    """
    present = frozenset(columns)
    for known in _packaged():
        if known.recognize <= present:
            return known
    return _by_headings(present)


def draft_of(row: Mapping[str, Any], label: str, mapping: ColumnMapping) -> Draft:
    """Return the draft of one row.

    Raises:
        RecordRefused: If its day or rhythm is none.
    """
    cells = _Cells(row, mapping)
    draft = Draft(record=label, name=cells.text("name") or _templated(cells, mapping))
    draft.slots = _slots(draft, cells)
    draft.zone = cells.text("timezone")
    draft.place = _place(cells)
    draft.about = "\n".join(cells.texts("about"))
    draft.aside = cells.text("aside")
    draft.join_url, draft.join_phone = cells.text("join_url"), cells.text("join_phone")
    draft.join_note = cells.text("join_note")
    draft.program, draft.practice = cells.text("program"), cells.text("practice")
    draft.url, draft.updated = cells.text("url"), cells.value("updated")
    draft.is_paused = is_yes(cells.value("paused"))
    _read_words(draft, cells, mapping)
    _read_attendance(draft, cells)
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
            if found not in (None, "", "-", []) and not self._is_ignored(found):
                return found
        return self._mapping.constants.get(name)

    def _is_ignored(self, found: object) -> bool:
        ignored = self._mapping.ignore
        return bool(ignored) and isinstance(found, str) and found.strip() in ignored

    def text(self, name: str) -> str:
        """Return `value` as text, "" if there is none."""
        return text_of(self.value(name)).strip()

    def texts(self, name: str) -> list[str]:
        """Return all values of a field that say anything, as texts."""
        values = (self.row.get(column) for column in self._mapping.columns.get(name, ()))
        found = [text for text in (text_of(v).strip() for v in values) if text not in ("", "-")]
        constant = self._mapping.constants.get(name)
        return [*found, constant] if constant else found


def _section(document: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    section = document.get(name, {})
    if not isinstance(section, dict):
        raise MappingError(f"[{name}] in the mapping must be a table.")
    return section


def _as_list(value: object) -> list[str]:
    return [str(v) for v in value] if isinstance(value, list) else [str(value)]


@cache
def _packaged() -> tuple[ColumnMapping, ...]:
    folder = files("kith.core.listings") / "data" / "mappings"
    documents = sorted(p.name for p in folder.iterdir() if p.name.endswith(".toml"))
    return tuple(
        mapping_from_toml((folder / name).read_text(encoding="utf-8")) for name in documents
    )


def _by_headings(present: frozenset[str]) -> ColumnMapping | None:
    columns: dict[str, list[str]] = {}
    flags = {}
    for column in sorted(present):
        folded = fold(column)
        if folded in _FLAG_HEADINGS:
            flags[column] = _FLAG_HEADINGS[folded]
        elif folded in _HEADING_FIELDS:
            columns.setdefault(_HEADING_FIELDS[folded], []).append(column)
    for name, found in columns.items():
        order = _HEADINGS[name].split("|")
        found.sort(key=lambda column: order.index(fold(column)))
    has_when = "day" in columns or "rhythm" in columns or "time" in columns
    if "name" not in columns or not has_when:
        return None
    return ColumnMapping("headings", columns, flags)


def _templated(cells: _Cells, mapping: ColumnMapping) -> str:
    names = re.findall(r"\{(\w+)\}", mapping.name_template)
    values = {name: text_of(cells.row.get(name)).strip() for name in names}
    return mapping.name_template.format(**values).strip(" :,-")


def _slots(draft: Draft, cells: _Cells) -> list[Slot]:
    days, times = cells.value("day"), cells.value("time")
    found = rhythm(cells.text("rhythm"), weekdays(days) or ()) if cells.value("rhythm") else None
    if isinstance(days, list) and isinstance(times, list) and len(days) == len(times) > 1:
        pairs = list(dict.fromkeys(zip(map(text_of, days), map(text_of, times), strict=True)))
        return _paired(draft, pairs, found)
    which = _days(days)
    start = times[0] if isinstance(times, list) and len(times) == 1 else times
    if not which and found is not None:
        which = found.weekdays
    if not which and start in (None, ""):
        return []
    if not which:
        raise RecordRefused(f"gives a time, {text_of(start)[:20]!r}, but no day")
    slot = Slot(days=which, start=start, end=cells.value("end"), length=cells.value("length"))
    _apply(draft, slot, found)
    return [slot]


def _paired(draft: Draft, pairs: list[tuple[str, str]], found: Rhythm | None) -> list[Slot]:
    """Return a slot for each day with its own time; a rhythm holds where it names the day."""
    slots = []
    for day, start in pairs:
        slot = Slot(days=_days(day), start=start)
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


def _days(value: object) -> tuple[int, ...]:
    if value in (None, "", []):
        return ()
    named = weekdays(text_of(value))
    if named is None:
        raise RecordRefused(f"its day is {text_of(value)[:30]!r}, which is no day of the week")
    return named


def _place(cells: _Cells) -> Place:
    place = taken_apart(
        Place(
            name=cells.text("venue"),
            street=cells.text("street"),
            neighborhood=cells.text("neighborhood"),
            borough=cells.text("borough"),
            city=cells.text("city"),
            county=cells.text("county"),
            region=cells.text("region"),
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
    numbered = any(c.isdigit() for c in f"{place.street} {place.address} {place.postal_code}")
    if not numbered and not place.name:
        # A town and no more: its point is the middle of the town.
        place = replace(place, is_approximate=True)
    return place


def _read_words(draft: Draft, cells: _Cells, mapping: ColumnMapping) -> None:
    for column, meaning in mapping.flags.items():
        if is_yes(cells.row.get(column)):
            draft.meanings.append(meaning)
    for word in _words(cells.texts("words") + cells.texts("languages")):
        meant = meanings_of(word, "words")
        if meant is None:
            meant = meanings_of(word, "meeting_guide")
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
    online = cells.value("online")
    if online is not None and not draft.attendance:
        draft.attendance = "online" if is_yes(online) else "in_person"


def _content_key(draft: Draft) -> str:
    """Return a key from what a record is, for lists that number nothing."""
    place, slot = draft.place, (draft.slots[0] if draft.slots else Slot())
    where = place.postal_code or place.address or place.street or draft.join_url or place.name
    return "|".join((fold(draft.name), fold(where), weekly_rule(slot.days)[-11:] if slot.days else ""))  # fmt: skip
