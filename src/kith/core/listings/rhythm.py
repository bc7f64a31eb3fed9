"""Rhythms in words: "Second and fourth Thursdays", "every other Sunday", "not on the last Friday"."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from kith.core.listings.clock import weekdays
from kith.core.places.countries import fold
from kith.core.schedule import weekly_rule
from kith.core.schedule.rule import WEEKDAYS

_NTH_WORDS = {
    1: "first 1st primer primero primeros premier première premiers 1er 1ère erste ersten erster 1. "
    "primo primeira primeiro 1ª eerste pierwszy pierwsza",
    2: "second 2nd segundo segundos deuxième deuxièmes 2e 2ème zweite zweiten zweiter 2. secondo 2ª "
    "tweede drugi druga",
    3: "third 3rd tercer tercero terceros troisième troisièmes 3e 3ème dritte dritten dritter 3. "
    "terzo terceira terceiro 3ª derde trzeci trzecia",
    4: "fourth 4th cuarto cuartos quatrième quatrièmes 4e 4ème vierte vierten vierter 4. 4ª vierde "
    "czwarty czwarta",
    5: "fifth 5th quinto cinquième 5e 5ème fünfte fünften fünfter 5. vijfde",
    -1: "last ultimo último últimos dernier dernière derniers letzte letzten letzter ultima última "
    "laatste ostatni ostatnia",
}
_NTH = {word: n for n, words in _NTH_WORDS.items() for word in words.split()}
_NTH_WORD = "|".join(re.escape(word) for word in sorted(_NTH, key=len, reverse=True))
_JOIN = r"(?:\s*(?:[,&+/]|\b(?:and|or|y|o|et|ou|und|oder|e|i|en)\b)\s*)+"
# What is a day is asked of the clock; here, only what cannot be another word ("first we read").
_DAY_WORD = (
    r"(?:(?:mon|tues?|wed|weds|thu|thurs?|fri|sat|sun|lun|mié|jue|vie|sáb|dom)\b\.?|[^\W\d_]{4,}(?:-feira)?)"
)
_DAYS = rf"{_DAY_WORD}(?:{_JOIN}{_DAY_WORD})*"
_NTHS = re.compile(
    rf"(?<!\w)(?P<nths>(?:{_NTH_WORD})(?:{_JOIN}(?:{_NTH_WORD}))*)\s+(?P<day>{_DAY_WORD})"
    rf"(?P<more>(?:{_JOIN}{_DAY_WORD})*)",
    re.IGNORECASE,
)
_EVERY_OTHER = (
    r"\b(?:every\s+other|every\s+second|alternat(?:e|ing)|every\s+(?:2|two)\s+weeks\s+on"
    r"|bi-?weekly(?:\s+on)?|fortnightly(?:\s+on)?|jede[nr]?\s+(?:zweiten?|2\.)|cada\s+dos)\s+"
)
_OTHER = re.compile(
    rf"{_EVERY_OTHER}(?P<day>{_DAY_WORD})(?P<more>(?:{_JOIN}{_DAY_WORD})*)"
    r"(?!\s+(?:of\s+(?:the|each|every)|im|del)\s+mon?[ta]?[ht]?)",
    re.IGNORECASE,
)
