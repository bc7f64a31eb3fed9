"""Days of the week and clock times as people write them in meeting lists."""

import csv
import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import time
from functools import cache
from importlib.resources import files

from kith.core.places.names import fold

# Words for a time zone, as they stand beside a time: "9am Eastern", "19:00 (CET)".
ZONE_WORDS = (
    r"(?:central european(?: summer)? time|eastern european(?: summer)? time"
    r"|(?:us\s+)?(?:eastern|central|mountain|pacific)(?!\s+(?:euro|afri|asia|austra|indo|amer))"
    r"(?:\s+(?:standard\s+|daylight\s+)?time)?"
    r"|[ecmp][sd]?t|ak[sd]t|hst|a[sd]t|gmt|bst|utc|uk time|irish time|london time"
    r"|south african time|cest|cet|eest|eet|a[ecw][sd]t|nz[sd]t|sast|ist|msk|jst)\b"
)
_ZONE_AT_END = re.compile(rf"[\s\d.mh]\s*[(\[]?\s*({ZONE_WORDS})\s*[)\]]?\s*$", re.IGNORECASE)

# Most times of most feeds.
_DIGITAL = re.compile(r"([01]\d|2[0-4]):([0-5]\d)(?::[0-5]\d(?:\.\d{1,9})?)?")
_BEFORE = (
    r"(?:at|@|às|as|à|a\s+las?|alle|ore|um|ab|von|vom|kl\.?|klo\.?|o\s+godz\.?|godz\.?|om|od|des?"
    r"|das?|from|starts?(?:\s+at)?)\s*"
)
_TIME = re.compile(
    rf"""(?P<before>{_BEFORE})?(?P<hour>\d{{1,2}})
    (?:\s*(?P<mark>[:.h時])\s*(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d))?)?
    \s*(?:(?P<half>[ap])(?:\.?\s?m)?\.?)?
    \s*(?P<word>noon|midday|midnight)?(?P<oclock>o['’]?clock)?
    (?P<unit>(?:h|hs|hrs?|hours?|horas?|heures?|uhr|uur|u|ora|óra|min|時|分)\.?)?
    (?:\s*(?:in\s+the|at|de\s+la|da|du|am)?\s*(?P<part>[a-zñã]{{4,11}}))?
    (?:\s*[(\[]?\s*{ZONE_WORDS}\s*[)\]]?)?""",
    re.VERBOSE | re.IGNORECASE,
)
_HALVES = {
    "a": "morning manana mañana manhã matin morgens vormittags mattina",
    "p": "afternoon evening night tarde noche noite soir nachmittags abends sera",
}
_HALF_OF_PART = {word: half for half, words in _HALVES.items() for word in words.split()}
_ONE_NUMBER = re.compile(r"(\d{3,4})\s*(?:h|hrs?|hours)?\.?", re.IGNORECASE)
_FRACTION = re.compile(r"0?\.\d{1,17}")
_MOMENT = re.compile(r"\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2})(?::\d{2}.*)?")
_HOUR_ALONE = re.compile(rf"(?:{_BEFORE})?([01]?\d|2[0-3])", re.IGNORECASE)
_NAMED_TIMES = {
    12: "noon midday mediodia mittag midi mezzogiorno meiodia poludnie middag",
    0: "midnight medianoche minuit mitternacht mezzanotte meianoite polnoc middernacht",
}
_NAMED = {word: hour for hour, words in _NAMED_TIMES.items() for word in words.split()} | {
    "meio dia": 12, "meia noite": 0, "12 midi": 12, "12 mediodia": 12, "12 medianoche": 0,
}  # fmt: skip
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]")

_ALL_DAYS: dict[str, Iterable[int]] = {
    "daily": range(7), "everyday": range(7), "every day": range(7), "all week": range(7),
    "7 days": range(7), "7 days a week": range(7), "seven days a week": range(7),
    "todos los dias": range(7), "todos os dias": range(7), "diario": range(7),
    "diariamente": range(7), "tous les jours": range(7), "taglich": range(7),
    "ogni giorno": range(7), "tutti i giorni": range(7), "dagelijks": range(7),
    "codziennie": range(7), "weekdays": range(5), "every weekday": range(5), "weekday": range(5),
    "m f": range(5), "werktags": range(5), "mwf": (0, 2, 4), "m w f": (0, 2, 4), "tth": (1, 3),
    "weekends": (5, 6), "weekend": (5, 6), "fin de semana": (5, 6), "fines de semana": (5, 6),
}  # fmt: skip
_AND = re.compile(r"[,;/&+|\n・、]|\b(?:and|y|et|und|e|i|og|och|en)\b", re.IGNORECASE)
# Words first: "segunda-feira a sexta-feira" has dashes of its own.
_RANGES = (
    re.compile(r"\s+(?:to|thru|through|till?|until|bis|al?|à|au|até|ate|tot|hasta)\s+", re.IGNORECASE),
    re.compile(r"\s*[-–—]\s*"),
)  # fmt: skip
# What may stand beside a day without making it another one.
_BESIDE_DAYS = frozenset(
    "every each on all the only weekly am pm night nights evening evenings morning mornings"
    " afternoon afternoons from von vom de du le les el los cada todos todas toda jeden chaque"
    " tous ogni den".split()
)


@dataclass(frozen=True, slots=True)
class ClockTime:
    """A clock time as read.

    Args:
        at: Local time of day.
        is_half_unknown: Written without am or pm and without a leading zero ("4:30"), so in a
            list that uses am and pm it could be either.
        is_next_day: "24:00": midnight at the end of the day it was given for.
    """

    at: time
    is_half_unknown: bool = False
    is_next_day: bool = False


def clock_time(value: object) -> ClockTime | None:
    """Return the time of day that a feed's value means, or None if it means none.

    Text in the ways of many languages ("7:30 pm EST", "19h30", "19.30 Uhr", "noon", "1930"),
    and a spreadsheet's numbers: 0.8125 of a day, or 1930.
    """
    if isinstance(value, str):
        return _from_text(_tidy(value))
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    return _from_number(value)


def hour_alone(text: str) -> ClockTime | None:
    """Return the hour that a number with nothing beside it would be ("19", "from 7"), or None."""
    match = _HOUR_ALONE.fullmatch(_tidy(text))
    return _on_24_hours(int(match[1]), 0, is_sure=False) if match else None


def zone_word(value: object) -> str:
    """Return the word for a time zone that a time ends with ("7 pm (Eastern)"), or ""."""
    match = _ZONE_AT_END.search(value) if isinstance(value, str) else None
    return match[1] if match else ""


def weekdays(value: object) -> tuple[int, ...] | None:
    """Return the weekdays (Monday = 0) that words such as "Mon, Wed & Fri" name, or None.

    Numbers are not read here: every format counts its days from elsewhere.
    """
    text = str(value).strip() if value is not None else ""
    if fold(text) in _ALL_DAYS:
        return tuple(_ALL_DAYS[fold(text)])
    found: set[int] = set()
    for piece in filter(None, map(str.strip, _AND.split(text))):
        days = _days_of(piece)
        if days is None:
            return None
        found |= days
    return tuple(sorted(found)) or None


def _tidy(text: str) -> str:
    if text.isascii():
        return text.strip()
    # Digits of other alphabets, and the marks of direction that some programs put around times.
    text = re.sub(r"\d", lambda digit: str(unicodedata.decimal(digit[0])), text)
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text)).strip()


def _from_text(text: str) -> ClockTime | None:
    digital = _DIGITAL.fullmatch(text)
    if digital:
        return _on_24_hours(int(digital[1]), int(digital[2]), is_sure=text[0] == "0")
    number = _ONE_NUMBER.fullmatch(text)
    if number:
        return _from_number(int(number[1]), is_sure=len(number[1]) == 4)
    match = _TIME.fullmatch(text)
    if match:
        return _from_parts(match)
    moment = _MOMENT.fullmatch(text)
    if moment:
        return _from_text(moment[1])
    if _FRACTION.fullmatch(text):
        return _from_number(float(text))
    zone = _ZONE_AT_END.search(text)
    named = _NAMED.get(fold(text[: zone.start()] if zone else text))
    return None if named is None else ClockTime(time(named))


def _from_parts(match: re.Match[str]) -> ClockTime | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    word = (match["word"] or "").lower()
    if word in ("noon", "midday", "midnight"):
        return (
            ClockTime(time(0 if word == "midnight" else 12)) if (hour, minute) == (12, 0) else None
        )
    half = (match["half"] or "").lower()
    if match["part"]:
        half = _HALF_OF_PART.get(match["part"].lower(), "")
        # "12 at night": which of its two ends?
        if not half or hour == 12:
            return None
    if half:
        return _on_12_hours(hour, minute, half)
    if not any(match[said] for said in ("minute", "unit", "oclock", "before")):
        return None
    is_sure = match["hour"][0] == "0" or bool(match["unit"]) or match["mark"] in ("h", "H", "時")
    return _on_24_hours(hour, minute, is_sure=is_sure)


def _on_12_hours(hour: int, minute: int, half: str) -> ClockTime | None:
    # "13:00 PM" is written often enough and can mean only one thing.
    if hour > 12:
        return ClockTime(time(hour, minute)) if half == "p" and hour < 24 else None
    return ClockTime(time(hour % 12 + (12 if half == "p" else 0), minute))


def _on_24_hours(hour: int, minute: int, *, is_sure: bool) -> ClockTime | None:
    if hour < 24:
        return ClockTime(time(hour, minute), is_half_unknown=1 <= hour <= 11 and not is_sure)
    return ClockTime(time(0), is_next_day=True) if (hour, minute) == (24, 0) else None


def _from_number(value: int | float, *, is_sure: bool = False) -> ClockTime | None:
    """Read a spreadsheet's time, a fraction of a day (0.8125 is 19:30), or a number like 1930."""
    if 0 < value < 1:
        minutes = round(value * 1440)
        return _on_24_hours(minutes // 60, minutes % 60, is_sure=True)
    if 0 <= value <= 2400 and value % 1 == 0 and value % 100 < 60 and (value >= 100 or is_sure):
        return _on_24_hours(int(value) // 100, int(value) % 100, is_sure=is_sure)
    return None


def _days_of(piece: str) -> set[int] | None:
    word = fold(piece)
    if word in _ALL_DAYS:
        return set(_ALL_DAYS[word])
    day = _day(word)
    if day is not None:
        return {day}
    for between in _RANGES:
        ends = [_day(fold(end)) for end in between.split(piece)]
        if len(ends) == 2 and ends[0] is not None and ends[1] is not None:
            return {(ends[0] + step) % 7 for step in range((ends[1] - ends[0]) % 7 + 1)}
    found = {_days().get(token) for token in word.split() if token not in _BESIDE_DAYS}
    return {day for day in found if day is not None} if found and None not in found else None


def _day(word: str) -> int | None:
    found = _days().get(word)
    if found is None and " " in word:
        found = _days().get(" ".join(t for t in word.split() if t not in _BESIDE_DAYS))
    return found


@cache
def _days() -> dict[str, int]:
    text = (files("kith.core.listings") / "data" / "days.csv").read_text(encoding="utf-8")
    table: dict[str, int] = {}
    for _language, *cells in list(csv.reader(text.splitlines()))[1:]:
        for day, words in enumerate(cells):
            table |= dict.fromkeys(map(fold, words.split("|")), day)
    return table | {f"{word}s": day for word, day in table.items() if len(word) > 4}
