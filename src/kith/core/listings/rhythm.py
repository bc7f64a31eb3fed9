"""Rhythms in words: "Second and fourth Thursdays", "every other Sunday", "not on the last Friday"."""

import re
from dataclasses import dataclass

from kith.core.listings.clock import weekdays
from kith.core.schedule import weekly_rule
from kith.core.schedule.rule import WEEKDAYS

_NTH = {
    "first": 1, "1st": 1, "second": 2, "2nd": 2, "third": 3, "3rd": 3, "fourth": 4, "4th": 4,
    "fifth": 5, "5th": 5, "last": -1, "primer": 1, "primero": 1, "segundo": 2, "tercer": 3,
    "tercero": 3, "cuarto": 4, "quinto": 5, "ultimo": -1, "último": -1,
}  # fmt: skip
_NTH_WORD = "|".join(sorted(_NTH, key=len, reverse=True))
_DAY_WORD = (
    r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|satur|sat|sun)(?:day)?s?"
    r"|lunes|martes|mi[eé]rcoles|jueves|viernes|s[aá]bados?|domingos?"
)
_NTHS = re.compile(
    rf"\b((?:{_NTH_WORD})(?:\s*(?:,|&|\+|/|\band\b|\bor\b|\by\b|\bo\b)+\s*(?:{_NTH_WORD}))*)"
    rf"\s+({_DAY_WORD})\b",
    re.IGNORECASE,
)
_OTHER = re.compile(
    rf"\b(?:every\s+other|every\s+second|alternate|every\s+(?:2|two)\s+weeks\s+on|bi-?weekly(?:\s+on)?"
    rf"|fortnightly(?:\s+on)?)\s+({_DAY_WORD})\b",
    re.IGNORECASE,
)
_EVERY_TWO = re.compile(
    r"\b(every\s+other\s+week|bi-?weekly|fortnightly|every\s+(?:2|two)\s+weeks|alternate\s+weeks)\b",
    re.IGNORECASE,
)
# "No meeting on the 1st Wednesday", "closed on 3rd Saturday", "does not operate on the 1st Tue".
_NOT = re.compile(
    r"\b(?:no|not|except|excluding|closed|skip\w*|doesn'?t|don'?t|never|cancell?ed)\b[^.;:]{0,40}$",
    re.IGNORECASE,
)
# In a name, "Main Share Last Tuesday of the Month" is about the evening's shape. It is about the
# meeting where it stands apart ("Workshop (2nd Sat)", "On the ...") or the meeting follows it.
_APART = re.compile(r"(?:^|[-–—:|,(\[*/]\s*|\b(?:on|every|each|the|meets|held)\s+(?:the\s+)?)$", re.IGNORECASE)  # fmt: skip
_MEETING_AFTER = re.compile(
    r"^\s*(?:of\s+(?:the|each|every)\s+month\s*)?[\s)\]]*(?:meeting|group|only|workshop)",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Rhythm:
    """A rhythm found in words.

    Args:
        rule: The recurrence rule it makes.
        weekdays: The weekdays it is about (Monday = 0).
        words: The words themselves.
        is_either: It said "or", so it may be only one of them.
        is_sure: It stands where a name speaks of the whole meeting.
    """

    rule: str
    weekdays: tuple[int, ...]
    words: str
    is_either: bool = False
    is_sure: bool = True


def rhythm(text: str, on: tuple[int, ...] = ()) -> Rhythm | None:
    """Return the rhythm that `text` names, or None.

    `on` are the weekdays known from elsewhere, for words that name none ("every other week").
    """
    nths = _NTHS.search(text)
    days = weekdays(nths[2]) if nths else None
    if nths and days:
        return _monthly(text, nths, days)
    other = _OTHER.search(text)
    days = weekdays(other[1]) if other else None
    if other and days:
        return Rhythm(weekly_rule(days, interval=2), days, other[0])
    every_two = _EVERY_TWO.search(text)
    if every_two and on:
        return Rhythm(weekly_rule(on, interval=2), on, every_two[0])
    return None


def _monthly(text: str, nths: re.Match[str], days: tuple[int, ...]) -> Rhythm:
    found = re.findall(_NTH_WORD, nths[1], re.IGNORECASE)
    named = {_NTH[word.lower()] for word in found}
    before, after = text[: nths.start()], text[nths.end() :]
    negated = _NOT.search(before)
    which = _others(named) if negated else named
    listed = sorted(which, key=lambda n: (n < 0, n))
    by_day = ",".join(f"{n}{WEEKDAYS[days[0]]}" for n in listed)
    return Rhythm(
        rule=f"FREQ=MONTHLY;BYDAY={by_day}",
        weekdays=days,
        words=(negated[0] if negated else "") + nths[0],
        is_either=bool(re.search(r"\bor?\b", nths[1], re.IGNORECASE)),
        is_sure=bool(negated or _APART.search(before) or _MEETING_AFTER.search(after)),
    )


def _others(named: set[int]) -> set[int]:
    """Return the weeks of a month that are left when `named` are taken out."""
    # Without its last one, a month keeps its first three and the one before the last.
    return {1, 2, 3, -2} - named if -1 in named else {1, 2, 3, 4, 5} - named
