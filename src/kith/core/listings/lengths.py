"""How long meetings are, as lists write it."""

import math
import re

_BARE = re.compile(r"-?\d{1,4}")
_CLOCK = re.compile(
    r"(-)?(\d{1,3}):([0-5]\d)(?::\d{2})?\s*(?:h|hrs?|hours?|std|stunden)?\.?", re.IGNORECASE
)
_ISO = re.compile(r"P(?:(\d{1,3})D)?(?:T(?:(\d{1,4})H)?(?:(\d{1,5})M)?(?:\d{1,6}S)?)?")
_HOURS = r"h|hrs?|hours?|std|stunden?|horas?|heures?|or[ae]|uur|uren|godz|timm?er|timer?"
_MINUTES = r"m|mins?|minutes?|minuten?|minutos?|minuti|minut|minutter"
_WORDS = re.compile(
    rf"""(?P<minus>-)?\s*(?:(?P<hours>\d{{1,3}}(?:[.,]\d{{1,4}})?)\s*(?:{_HOURS})\.?(?![a-z]))?
    \s*(?:(?:and|y|et|und|e|,)?\s*(?P<minutes>\d{{1,4}})\s*(?P<unit>(?:{_MINUTES})\.?|['’])?)?""",
    re.VERBOSE | re.IGNORECASE,
)


def minutes_long(value: object) -> int | None:
    """Return a length in minutes ("1hr 30mins", "01:30:00", "PT1H", "1h30", 90), or None.

    A number alone is minutes. Negative lengths come back negative, for the caller to complain
    of.
    """
    if isinstance(value, float) and math.isfinite(value):
        return int(value)
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if not isinstance(value, str):
        return None
    text = value.strip()
    if _BARE.fullmatch(text):
        return int(text)
    return _like_a_clock(text) or _iso(text) or _in_words(text)


def _like_a_clock(text: str) -> int | None:
    match = _CLOCK.fullmatch(text)
    if match is None:
        return None
    return (int(match[2]) * 60 + int(match[3])) * (-1 if match[1] else 1)


def _iso(text: str) -> int | None:
    match = _ISO.fullmatch(text)
    if match is None or not any(match.groups()):
        return None
    days, hours, minutes = (int(part or 0) for part in match.groups())
    return days * 1440 + hours * 60 + minutes


def _in_words(text: str) -> int | None:
    match = _WORDS.fullmatch(text)
    # "1h30" needs no word for its minutes, "30" alone is a number, and "" is nothing.
    if match is None or not (match["hours"] or match["unit"]):
        return None
    hours_long = float((match["hours"] or "0").replace(",", "."))
    total = round(hours_long * 60) + int(match["minutes"] or 0)
    return -total if match["minus"] else total
