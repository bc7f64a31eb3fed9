"""Days, clock times and lengths as people write them in meeting lists."""

import re
from dataclasses import dataclass
from datetime import time

from kith.core.places.countries import fold

_TIME = re.compile(
    r"""^\s*(?P<hour>\d{1,2})
    (?:\s*[:.h]\s*(?P<minute>[0-5]\d)(?::(?P<second>[0-5]\d)(?:\.\d+)?)?)?
    \s*(?P<half>a\.?\s?m\.?|p\.?m\.?|a|p)?
    \s*(?P<word>noon|midday|midnight|h|hrs|uhr|o'?clock)?\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_FOUR_DIGITS = re.compile(r"^\s*([01]\d|2[0-4])([0-5]\d)\s*(?:h|hrs|hours)?\s*$", re.IGNORECASE)
_ISO_MOMENT = re.compile(r"^\s*\d{4}-\d{2}-\d{2}[T ](\d{2}:\d{2}(?::\d{2})?)")
_NOON = frozenset({"noon", "midday", "12 noon", "12 midday", "mediodia", "midi", "mittag"})
_MIDNIGHT = frozenset({"midnight", "12 midnight", "medianoche", "minuit", "mitternacht"})

_DAY_WORDS = {
    0: "monday mon mo lunes lun lundi montag segunda lunedi maandag poniedzialek mandag rahina",
    1: "tuesday tue tues tu martes mardi dienstag di terca martedi dinsdag wtorek tisdag tirsdag",
    2: "wednesday wed weds we miercoles mie mercredi mittwoch mi quarta mercoledi woensdag sroda "
    "onsdag rahaapa",
    3: "thursday thu thur thurs th jueves jue jeudi donnerstag do quinta giovedi donderdag "
    "czwartek torsdag",
    4: "friday fri fr viernes vie vendredi freitag sexta venerdi vrijdag piatek fredag ramere",
    5: "saturday sat sa sabado sab samedi samstag sonnabend sabato zaterdag sobota lordag lordag",
    6: "sunday sun su domingo dom dimanche sonntag so domenica zondag niedziela sondag ratapu",
}
_DAYS = {word: day for day, words in _DAY_WORDS.items() for word in words.split()}
_DAYS |= {f"{word}s": day for word, day in list(_DAYS.items()) if len(word) > 4}
_ALL_DAYS = {
    "daily": range(7), "everyday": range(7), "every day": range(7), "all week": range(7),
    "7 days": range(7), "7 days a week": range(7), "seven days a week": range(7),
    "todos los dias": range(7), "diario": range(7), "weekdays": range(5), "every weekday": range(5),
    "weekday": range(5), "weekends": (5, 6), "weekend": (5, 6),
}  # fmt: skip
_RANGE = re.compile(r"^(\w+)\s*(?:-|–|—| to | thru | through | bis | a )\s*(\w+)$", re.IGNORECASE)

_LENGTH = re.compile(
    r"^(?P<minus>-)?\s*(?:(?P<hours>\d+(?:[.,]\d+)?)\s*(?:h|hr|hrs|hour|hours|std)\.?)?"
    r"\s*(?:(?:and\s+)?(?P<minutes>\d+)\s*(?:m|min|mins|minute|minutes)\.?)?$",
    re.IGNORECASE,
)
_ISO_LENGTH = re.compile(r"^P(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:\d+S)?)?$")
_CLOCK_LENGTH = re.compile(r"^(-)?(\d{1,3}):([0-5]\d)(?::\d{2})?$")


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
    """Return the time of day that a feed's value means, or None if it means none."""
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return _spreadsheet_time(float(value))
    text = str(value).strip()
    word = fold(text)
    if word in _NOON or word in _MIDNIGHT:
        return ClockTime(time(12) if word in _NOON else time(0))
    four = _FOUR_DIGITS.match(text)
    if four:
        return _whole(int(four[1]), int(four[2]))
    moment = _ISO_MOMENT.match(text)
    match = _TIME.match(moment[1] if moment else text)
    if match is not None:
        return _from_parts(match)
    return _spreadsheet_time(float(text)) if re.match(r"^0?\.\d+$", text) else None


def time_range(value: object) -> tuple[ClockTime | None, ClockTime | None]:
    """Return (start, end) of a value such as "7:00 PM - 8:30 PM" or "19:30"."""
    whole = clock_time(value)
    if whole is not None or not isinstance(value, str):
        return whole, None
    halves = re.split(
        r"\s*(?:-|–|—|&#8211;|\bto\b|\buntil\b|\btill\b|\ba\b)\s*", value.strip(), maxsplit=1
    )
    if len(halves) != 2:
        return None, None
    end = clock_time(halves[1])
    bare = re.match(r"^(1[0-2]|[1-9])$", halves[0])
    start = ClockTime(time(int(bare[1])), is_half_unknown=True) if bare else clock_time(halves[0])
    if start is not None and end is not None and start.is_half_unknown:
        start = _same_half(start, end, halves[1])
    return (start, end) if end is not None else (None, None)


def weekdays(value: object) -> tuple[int, ...] | None:
    """Return the weekdays (Monday = 0) that words such as "Mon, Wed & Fri" name, or None.

    Numbers are not read here: every format counts its days from elsewhere.
    """
    text = fold(str(value)) if value is not None else ""
    if text in _ALL_DAYS:
        return tuple(_ALL_DAYS[text])
    if not text:
        return None
    found: set[int] = set()
    for piece in re.split(
        r"[,;/&+|]|\band\b|\by\b|\bet\b|\bund\b", str(value), flags=re.IGNORECASE
    ):
        if piece.strip():
            days = _day_or_range(piece.strip())
            if days is None:
                return None
            found |= days
    return tuple(sorted(found)) or None


def minutes_long(value: object) -> int | None:
    """Return a length in minutes ("1hr 30mins", "01:30:00", "PT1H", 90), or None if it is none.

    Negative lengths come back negative, for the caller to complain of.
    """
    if isinstance(value, bool) or value is None:
        return None
    if isinstance(value, int | float):
        return int(value)
    text = str(value).strip()
    if re.match(r"^-?\d{1,4}$", text):
        return int(text)
    return _clock_length(text) or _iso_length(text) or _length_in_words(text)


def _clock_length(text: str) -> int | None:
    match = _CLOCK_LENGTH.match(text)
    if match is None:
        return None
    return (int(match[2]) * 60 + int(match[3])) * (-1 if match[1] else 1)


def _iso_length(text: str) -> int | None:
    match = _ISO_LENGTH.match(text)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return days * 1440 + hours * 60 + minutes


def _length_in_words(text: str) -> int | None:
    match = _LENGTH.match(text)
    if match is None or not (match["hours"] or match["minutes"]):
        return None
    hours_long = float((match["hours"] or "0").replace(",", "."))
    total = round(hours_long * 60) + int(match["minutes"] or 0)
    return -total if match["minus"] else total


def _whole(hour: int, minute: int) -> ClockTime | None:
    if hour == 24:
        return ClockTime(time(0), is_next_day=True) if minute == 0 else None
    return ClockTime(time(hour, minute))


def _from_parts(match: re.Match[str]) -> ClockTime | None:
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    half, word = (match["half"] or "").lower()[:1], (match["word"] or "").lower()
    if word in ("noon", "midday", "midnight"):
        return ClockTime(time(0 if word == "midnight" else 12)) if hour == 12 else None
    if half:
        # "13:00 PM" is written often enough and can mean only one thing.
        if hour > 12:
            return ClockTime(time(hour, minute)) if half == "p" and hour < 24 else None
        return ClockTime(time(hour % 12 + (12 if half == "p" else 0), minute)) if hour else None
    if match["minute"] is None and not word:
        return None
    if hour > 24:
        return None
    whole = _whole(hour, minute)
    unknown = 1 <= hour <= 11 and not match["hour"].startswith("0") and not word
    return ClockTime(whole.at, is_half_unknown=True) if whole and unknown else whole


def _spreadsheet_time(value: float) -> ClockTime | None:
    """Read a spreadsheet's time, a fraction of a day (0.8125 is 19:30), or a number like 1930."""
    if 0 < value < 1:
        minutes = round(value * 1440)
        return ClockTime(time(minutes // 60 % 24, minutes % 60))
    if value.is_integer() and 100 <= value <= 2400 and value % 100 < 60:
        return _whole(int(value) // 100, int(value) % 100)
    return None


def _same_half(start: ClockTime, end: ClockTime, end_text: str) -> ClockTime:
    """Give "7 - 8:30 pm" the half of its end, or the other if only that comes before it."""
    if not re.search(r"[ap]\.?\s?m", end_text, re.IGNORECASE):
        return start
    afternoon = time((start.at.hour % 12) + 12, start.at.minute)
    return ClockTime(afternoon if afternoon < end.at else start.at)


def _day_or_range(text: str) -> set[int] | None:
    word = fold(text).removeprefix("every ").removeprefix("each ").removeprefix("on ")
    if word in _DAYS:
        return {_DAYS[word]}
    if word in _ALL_DAYS:
        return set(_ALL_DAYS[word])
    match = _RANGE.match(text)
    if match is None:
        return None
    first, last = _DAYS.get(fold(match[1])), _DAYS.get(fold(match[2]))
    if first is None or last is None:
        return None
    return {(first + step) % 7 for step in range((last - first) % 7 + 1)}
