"""Which column of a table holds what: from a TOML document, or from the headings themselves.

A mapping is a small TOML document (see docs/guides/feeds.md). Lists met often have one packaged
beside this module, and a table without any is read by its headings.
"""

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from kith.core.places.names import fold
from kith.errors import RefusalError

FIELDS = frozenset(
    "key name day time ampm end length rhythm timezone attendance online venue street neighborhood"
    " borough city county region postal_code country address latitude longitude approximate door"
    " stop about aside words languages program practice join_url join_phone join_note url updated"
    " paused gone".split()
)
# Headings met in real lists, folded, for tables that come without a mapping. Of several
# columns for one field, the one that stands first here is asked first.
_HEADINGS = {
    "key": "id|slug|meeting id|meeting number|code|guid|uid|uuid|identifier|key|ref|reference|record id",
    "name": "name|title|meeting name|name of meeting|meeting|group name|name of group|group|home group|gathering|event|event name|class|class name|nombre|nom|nome|naam|nazwa|navn|namn|gruppe|grupo|groupe|gruppo|grupa|meeting title|summary",
    "day": "day|days|weekday|weekdays|day of week|day of the week|days of week|meeting day|meeting days|day s|which day|dia|dias|dia de la semana|dia da semana|jour|jours|tag|wochentag|giorno|dag|dzien|dzien tygodnia|veckodag|ugedag",
    "time": "time|start|start time|starting time|starts|starts at|begins|begin|time start|time of meeting|meeting time|meeting times|times|time s|from|when|day time|day and time|days and times|hora|horario|heure|horaire|uhrzeit|beginn|zeit|ora|orario|tijd|aanvang|godzina|tid|klokkeslett",
    "ampm": "ampm|am pm|am or pm|a m p m|meridiem",
    "end": "end|end time|ends|ends at|until|to|till|finish|finish time|finishes|time end|ende|fin|hora fin|eind|eindtijd|slut",
    "length": "duration|length|minutes|duration minutes|duration mins|length minutes|how long|dauer|duracion|duree|durata",
    "rhythm": "recurrence|frequency|repeats|how often|pattern|rhythm|week|weeks|which weeks|week of month|frecuencia|frequence|rhythmus",
    "timezone": "timezone|time zone|tz|zeitzone|zona horaria|fuseau horaire",
    "attendance": "attendance|attendance option|venue type|format type|meeting format|meeting mode|mode|modality|in person or online|online or in person|in person online|in person online or hybrid|how to attend",
    "online": "online|is online|virtual|is virtual|online meeting",
    "venue": "venue|location|location name|venue name|name of venue|place|building|building name|church|facility|where|lugar|lieu|luogo|locatie|miejsce|treffpunkt|veranstaltungsort|sted",
    "street": "street|street address|address 1|address line 1|address1|addr1|location street|strasse|strae|calle|rue|via|straat|ulica|rua",
    "city": "city|town|town city|city town|municipality|suburb|village|ciudad|cidade|ville|stadt|ort|citta|plaats|stad|miasto|locality",
    "county": "county",
    "region": "state|state province|province|territory|region|bundesland|estado|provincia",
    "postal_code": "postal code|postcode|post code|zip|zip code|zipcode|postal|zip postal code|postcode zip|eircode|plz|postleitzahl|codigo postal|code postal|cap|cep|kod pocztowy|postnummer",
    "country": "country|nation|pais|pays|land|paese|kraj",
    "address": "address|full address|venue address|meeting address|formatted address|location address|direccion|adresse|adres|indirizzo|endereco|adress",
    "latitude": "latitude|lat|geo lat|y|latitud|breitengrad",
    "longitude": "longitude|lon|lng|long|geo lng|geo lon|x|longitud|langengrad",
    "approximate": "approximate",
    "door": "location notes|directions|how to find us|how to get there|access notes|entrance|location details|location info|room|room number|venue notes|access information",
    "about": "notes|note|special information|description|comments|comment|details|info|information|about|additional information|additional info|other information|meeting notes|notas|bemerkungen|hinweise|remarques|note e commenti|uwagi",
    "words": "types|type|meeting focus|focus|formats|format|tags|open format|category|categories|audience|audiences|features|accessibility|access|open closed|open or closed|open closed meeting|meeting types|type of meeting|formato|formatos|tipo|art",
    "languages": "language|languages|meeting language|language s|idioma|idiomas|langue|sprache|lingua|taal|jezyk",
    "program": "program|programme|fellowship|meeting type|organization|organisation",
    "join_url": "conference url|zoom|zoom link|zoom url|zoom meeting link|url online|online url|online link|online meeting link|link to online meeting|virtual link|virtual meeting link|video link|meeting link|meeting url|join url|join link|enlace|link",
    "join_phone": "conference phone|dial in|dial in number|phone meeting number",
    "join_note": "conference url notes|zoom notes|zoom id|zoom meeting id|meeting id password|zoom password|conference phone notes|virtual meeting additional info|access notes online",
    "url": "url|website|web|web site|web page|webpage|homepage|page|more info|webseite",
    "updated": "updated|last updated|date updated|modified|last modified|updated at|last changed",
    "paused": "paused|suspended|temporarily closed",
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
        vocabulary: Which of `meanings` the words are of: "words", "naws" and so on.
        sunday: The number that stands for Sunday (0, 1 or 7) where days are numbers.
        name_template: "SMART Recovery: {program}": how rows without a name are called; in
            braces, columns.
        recognize: Columns that, all together, tell that a table is this one.
    """

    name: str
    columns: Mapping[str, Sequence[str]]
    flags: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    ignore: frozenset[str] = frozenset()
    vocabulary: str = "words"
    sunday: int | None = None
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
    sunday = document.get("sunday")
    if sunday not in (None, 0, 1, 7):
        raise MappingError(f"sunday in the mapping must be 0, 1 or 7, got {sunday!r}.")
    return ColumnMapping(
        name=str(document.get("name", "")),
        columns=columns,
        flags={k: str(v) for k, v in _section(document, "flags").items()},
        constants=constants,
        ignore=frozenset(_as_list(document.get("ignore", []))),
        vocabulary=str(document.get("vocabulary", "words")),
        sunday=sunday,
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
        heading = _heading(column)
        if heading in _FLAG_HEADINGS:
            flags[column] = _FLAG_HEADINGS[heading]
        elif heading in _HEADING_FIELDS:
            columns.setdefault(_HEADING_FIELDS[heading], []).append(column)
    for name, found in columns.items():
        order = _HEADINGS[name].split("|")
        found.sort(key=lambda column: order.index(_heading(column)))
    has_when = "day" in columns or "rhythm" in columns or "time" in columns
    if "name" not in columns and "venue" in columns:
        # Some lists call a meeting by nothing but the house it is in.
        columns["name"] = columns["venue"]
    if "name" not in columns or not has_when:
        return None
    return ColumnMapping("headings", columns, flags)


def _heading(column: str) -> str:
    """Return a column's heading folded, without what it says in brackets if that is not known."""
    whole = fold(column)
    if whole in _HEADING_FIELDS or whole in _FLAG_HEADINGS:
        return whole
    return fold(re.sub(r"\(.*?\)|\[.*?\]", " ", column))
