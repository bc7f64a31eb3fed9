"""Rhythms in words: "Second and fourth Thursdays", "every other Sunday", "not on the last Friday"."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from kith.core.listings.clock import weekdays
from kith.core.schedule import weekly_rule
from kith.core.schedule.rule import WEEKDAYS

_NTHS_IN_WORDS = {
    1: "first 1st primer primero primeros premier première premiers 1er 1ère erste ersten erster"
    " primo primeira primeiro 1ª eerste pierwszy pierwsza",
    2: "second 2nd segundo segundos deuxième deuxièmes 2e 2ème zweite zweiten zweiter secondo 2ª"
    " tweede drugi druga",
    3: "third 3rd tercer tercero terceros troisième troisièmes 3e 3ème dritte dritten dritter"
    " terzo terceira terceiro 3ª derde trzeci trzecia",
    4: "fourth 4th cuarto cuartos quatrième quatrièmes 4e 4ème vierte vierten vierter quarto 4ª"
    " vierde czwarty czwarta",
    5: "fifth 5th quinto cinquième 5e 5ème fünfte fünften fünfter 5ª vijfde",
    -1: "last ultimo último últimos dernier dernière derniers letzte letzten letzter ultima última"
    " laatste ostatni ostatnia",
}
_NTH = {word: n for n, words in _NTHS_IN_WORDS.items() for word in words.split()}
_NTH |= {f"{n}.": n for n in range(1, 6)}
_NTH_WORD = (
    "(?:"
    + "|".join(sorted((w for w in _NTH if w[-1] != "."), key=len, reverse=True))
    # In German a number with a full stop is "2nd"; elsewhere a sentence ends.
    + r"|[1-5]\.(?=(?:[\s,&+\d.]|und)*(?:(?:mon|diens|donners|frei|sams|sonn)tag|mittwoch|sonnabend)))"
)
_JOIN = r"\s*(?:(?:[,&+/]|\b(?:and|or|y|o|et|ou|und|oder|e|i|en)\b)\s*)+"
_NTHS = rf"(?<!\w)(?P<nths>{_NTH_WORD}(?:{_JOIN}{_NTH_WORD})*)"
# Which words are days is asked of the clock; here, only what can hardly be anything else.
_DAY = r"(?P<day>[^\W\d_]{4,}+(?:-feira)?|(?:mon|tue|wed|thu|fri|sat|sun|lun|mié|jue|vie|sáb|dom)\b\.?)"
_NTHS_BEFORE_DAY = re.compile(rf"{_NTHS}\s+(?={_DAY})", re.IGNORECASE)
_NTHS_AFTER_DAY = re.compile(
    rf"(?<!\w){_DAY}\s*[-–,:(]?\s*(?:on\s+)?(?:the\s+)?{_NTHS}"
    r"\s*(?:weeks?\b|of\s+(?:the|each|every)\s+month|\))",
    re.IGNORECASE,
)
_A_DAY, _ANOTHER_DAY = (re.compile(before + _DAY, re.IGNORECASE) for before in ("", _JOIN))
# "Every second Tuesday" is every other one, but not "every second Tuesday of the month".
_EVERY_OTHER = re.compile(
    r"\b(?:every\s+other|every\s+second|alternat(?:e|ing)|every\s+(?:2|two)\s+weeks\s+on"
    r"|bi-?weekly(?:\s+on)?|fortnightly(?:\s+on)?|jede[nr]?\s+(?:zweiten?|2\.)|cada\s+dos)\s+"
    rf"(?={_DAY}(?!\s+(?:of|in|im|del|do|du)\s[^.;]{{0,12}}?\bm(?:on|[eêo])))",
    re.IGNORECASE,
)
_EVERY_TWO = re.compile(
    r"\b(?:every\s+other\s+week|bi-?weekly|fortnightly|every\s+(?:2|two)\s+weeks|alternate\s+weeks"
    r"|cada\s+(?:dos\s+semanas|quince\s+d[ií]as)|quincenal(?:mente)?|quinzenal(?:mente)?"
    r"|toutes\s+les\s+(?:deux|2)\s+semaines|alle\s+(?:zwei|2)\s+wochen|(?:14|vierzehn)[- ]?t[äa]gig"
    r"|co\s+dwa\s+tygodnie|om\s+de\s+week)\b",
    re.IGNORECASE,
)
# "No meeting on the 1st Wednesday", "closed on 3rd Saturday", "does not operate on the 1st Tue";
# but a closed meeting is one that is not open, and "No Name" is a name.
_NOT = re.compile(
    r"\b(?:(?:no\s+(?:meetings?|mtgs?|group)|not|except\w*|excluding|skip\w*|doesn['’]?t|don['’]?t"
    r"|never|cancell?ed)\b(?:(?!\s[-–—|]\s)[^.;:()]){0,40}|closed\s+(?:on\s+)?(?:the\s+|every\s+)?)$",
    re.IGNORECASE,
)
# In a name, "Main Share Last Tuesday of the Month" is about the evening's shape. It is about the
# meeting where it stands apart ("Workshop (2nd Sat)", "On the ...") or the meeting follows it.
_APART = re.compile(r"(?:^|[-–—:|,(\[*/]\s*|\b(?:on|every|each|the|meets|held)\s+(?:the\s+)?)$", re.IGNORECASE)  # fmt: skip
_MEETING_AFTER = re.compile(
    r"^\s*(?:of\s+(?:the|each|every)\s+month\s*)?[\s)\]]*(?:meeting|group|only|workshop)",
    re.IGNORECASE,
)
_OR = re.compile(r"\b(?:or|o|ou|oder)\b", re.IGNORECASE)


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


@dataclass(frozen=True, slots=True)
class _Nths:
    """Which of which days ("Second and fourth Thursdays"), and where in a text it stands."""

    named: frozenset[int]
    days: tuple[int, ...]
    start: int
    end: int


def rhythm(text: str, on: tuple[int, ...] = ()) -> Rhythm | None:
    """Return the rhythm that `text` names, or None.

    `on` are the weekdays known from elsewhere, for words that name none ("every other week").
    """
    for other in _EVERY_OTHER.finditer(text):
        days, end = _days_at(text, other.end())
        if days:
            return Rhythm(weekly_rule(days, interval=2), days, text[other.start() : end])
    found = list(_nths_in(text))
    if found:
        return _monthly(text, found)
    every_two = _EVERY_TWO.search(text)
    if every_two and on:
        return Rhythm(weekly_rule(on, interval=2), on, every_two[0])
    return None


def _days_at(text: str, at: int) -> tuple[tuple[int, ...], int]:
    """Return the weekdays of "Tuesdays and Thursdays" at a place in `text`, and where they end."""
    days: set[int] = set()
    match = _A_DAY.match(text, at)
    while match is not None and len(named := weekdays(match["day"]) or ()) == 1:
        days.update(named)
        at = match.end()
        match = _ANOTHER_DAY.match(text, at)
    return tuple(sorted(days)), at


def _nths_in(text: str) -> Iterable[_Nths]:
    """Yield the first nths of days in `text` and those joined to them ("and 3rd Thursday")."""
    end = None
    for match in _NTHS_BEFORE_DAY.finditer(text):
        days, after = _days_at(text, match.end())
        is_joined = end is None or re.fullmatch(_JOIN, text[end : match.start()])
        if days and is_joined:
            yield _Nths(_named(match), days, match.start(), after)
            end = after
    if end is None:
        yield from _nths_after_day(text)


def _nths_after_day(text: str) -> Iterable[_Nths]:
    match = _NTHS_AFTER_DAY.search(text)
    if match is not None:
        days, _end = _days_at(match["day"], 0)
        if days:
            yield _Nths(_named(match), days, match.start(), match.end())


def _named(match: re.Match[str]) -> frozenset[int]:
    words = re.split(r"[\s,&+/]+", match["nths"].lower())
    return frozenset(_NTH[word] for word in words if word in _NTH)


def _monthly(text: str, found: list[_Nths]) -> Rhythm:
    start, end = found[0].start, found[-1].end
    negated = _NOT.search(text[:start])
    by_day = {
        (n, day)
        for nths in found
        for n in (_others(nths.named) if negated else nths.named)
        for day in nths.days
    }
    listed = sorted(by_day, key=lambda pair: (pair[1], pair[0] < 0, pair[0]))
    is_apart = _APART.search(text[:start]) or _MEETING_AFTER.search(text[end:])
    return Rhythm(
        rule="FREQ=MONTHLY;BYDAY=" + ",".join(f"{n}{WEEKDAYS[day]}" for n, day in listed),
        weekdays=tuple(sorted({day for _n, day in by_day})),
        words=text[negated.start() if negated else start : end],
        is_either=_OR.search(text[start:end]) is not None,
        is_sure=bool(negated or is_apart),
    )


def _others(named: frozenset[int]) -> set[int]:
    """Return the weeks of a month that are left when `named` are taken out."""
    if -1 not in named:
        return {1, 2, 3, 4, 5} - named
    # Without its last one, a month keeps its first three and the one before the last, which is
    # the third or the fourth.
    return {1, 2, 3} - named | ({-2} - named if named.isdisjoint({3, 4}) else set())
