"""Words that hurt some people, and others that do not: offered while somebody writes, never imposed.

What is written stays as it is. Whoever speaks of themselves chooses their own words: "I am an
addict" gets no hint. The words lie in static/kit/hints.*.json, where hints.js reads them too, so
that nothing that is being written leaves the browser. Both find the same.

A phrase is found whatever its capitals, accents and all: "des drogues" are no "drogués". It is said
of oneself where going back from it, over small words ("between"), what was said of oneself already
and at most one name, leads to a word for oneself ("self").
"""

import json
import re
import unicodedata
from collections.abc import Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from typing import Final

from kith.web.kit.pictures import STATIC_DIR

_WORD: Final = re.compile(r"(?:[^\W_]|[\u0300-\u036f])+")
_END_OF_SENTENCE: Final = re.compile(r"[.!?\n]")


@dataclass(frozen=True, slots=True)
class Hint:
    """A word that was written, where, why it may hurt, and what could be said instead."""

    start: int
    end: int
    said: str
    why: str
    instead: str


@dataclass(frozen=True, slots=True)
class _Word:
    """A word, as phrases are found by it (`text`) and small words (`plain`, without accents)."""

    text: str
    plain: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Guide:
    """What is known of one language."""

    own: frozenset[str]
    between: frozenset[str]
    like: frozenset[str]
    unless_next: frozenset[str]
    # From a phrase, word by word, to what to say instead and why.
    phrases: dict[tuple[str, ...], tuple[str, str]]
    longest: int


def hints(text: str, language: str, *, is_of_oneself: bool = False) -> list[Hint]:
    """Return the hints for `text`, in the order of its words; none in a language we know no words of.

    Where a person was asked about themselves, `is_of_oneself`: "Heroin addict since 2010" is then
    what they call themselves, and gets no hint.
    """
    guide = _guide(language[:2])
    if guide is None:
        return []
    words = [_word(match) for match in _WORD.finditer(text)]
    found: list[Hint] = []
    own: set[int] = set()
    for first, last, (instead, why) in _found(words, guide):
        if _is_name(words, last, guide):
            continue
        if _is_said_of_oneself(text, words, (first, last), guide, own, is_asked=is_of_oneself):
            own.update(range(first, last + 1))
            continue
        start, end = words[first].start, words[last].end
        found.append(Hint(start, end, text[start:end], why, instead))
    return found


def knows(language: str) -> bool:
    """Return whether there are hints in `language`."""
    return _guide(language[:2]) is not None


def _found(words: Sequence[_Word], guide: _Guide) -> Iterator[tuple[int, int, tuple[str, str]]]:
    """Yield the first and last word of each phrase, the longest where several begin."""
    at = 0
    while at < len(words):
        for length in range(min(guide.longest, len(words) - at), 0, -1):
            phrase = tuple(word.text for word in words[at : at + length])
            if phrase in guide.phrases:
                yield at, at + length - 1, guide.phrases[phrase]
                at += length - 1
                break
        at += 1


def _is_name(words: Sequence[_Word], last: int, guide: _Guide) -> bool:
    """Return whether it is part of a name or of another word: Alcoholics Anonymous."""
    return last + 1 < len(words) and words[last + 1].plain in guide.unless_next


def _is_said_of_oneself(
    text: str,
    words: Sequence[_Word],
    phrase: tuple[int, int],
    guide: _Guide,
    own: AbstractSet[int],
    *,
    is_asked: bool,
) -> bool:
    first, last = phrase
    is_stray_met = False
    for at in range(first - 1, -1, -1):
        word, gap = words[at], text[words[at].end : words[at + 1].start]
        if _END_OF_SENTENCE.search(gap):
            return is_asked
        if word.plain in guide.own:
            return True
        if word.plain in guide.like and _follows(words, last, guide):
            return True
        if at in own or word.plain in guide.between or word.plain.isdigit():
            continue
        # "I'm Ruth, an addict": one name may stand between.
        is_stray = is_asked or text[word.start].isupper() or "," in gap
        if is_stray_met or not is_stray:
            return False
        is_stray_met = True
    return is_asked


def _follows(words: Sequence[_Word], last: int, guide: _Guide) -> bool:
    """Return whether somebody speaks of themselves right after: "as an addict I know"."""
    return last + 1 < len(words) and words[last + 1].plain in guide.own


def _word(match: re.Match[str]) -> _Word:
    text = _lower(match.group())
    marked = unicodedata.normalize("NFD", text)
    plain = "".join(letter for letter in marked if not unicodedata.combining(letter))
    return _Word(text, plain, match.start(), match.end())


def _lower(text: str) -> str:
    return unicodedata.normalize("NFC", text.lower())


@cache
def _guide(language: str) -> _Guide | None:
    path = STATIC_DIR / f"hints.{language}.json"
    if not language.isalpha() or not path.exists():
        return None
    known = json.loads(path.read_text())
    phrases = {
        tuple(_lower(phrase).split()): (entry["instead"], known["why"][entry["why"]])
        for entry in known["words"]
        for phrase in entry["say"]
    }
    return _Guide(
        own=frozenset(known["self"]),
        between=frozenset(known["between"]),
        like=frozenset(known["like"]),
        unless_next=frozenset(known["unless_next"]),
        phrases=phrases,
        longest=max(map(len, phrases)),
    )
