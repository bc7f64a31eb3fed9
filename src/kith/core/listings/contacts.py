"""Leaves out of free text what belongs to one person: numbers, addresses, surnames.

A listing is public for as long as the web remembers. Whoever put a number on a local page
did not choose that; so by default it is not passed on, and the reader is sent to the source.
"""

import re
from functools import cache
from importlib.resources import files

from phonenumbers import Leniency, PhoneNumberMatcher

PHONE = "a phone number was left out"
EMAIL = "an e-mail address was left out"
SURNAME = "a surname was left out"

_EMAIL = re.compile(r"\b[\w.+-]+@[\w-]+(?:\.[\w-]+)+\b")
_ENOUGH_DIGITS = re.compile(r"(?:\d[^\da-zA-Z\n]{0,3}){6}\d")
# What a video call needs looks like a phone number and is no one person's.
_MEETING_ID = re.compile(
    r"(?:\b(?:zoom|meeting|webinar|conference|access|personal)?\s*"
    r"(?:id|i\.d\.|code|pin|passcode|password|pass|pwd|pw|number|room)\b\.?\s*(?:is|:|#|=|-)?\s*#?\s*)$",
    re.IGNORECASE,
)
_URL = re.compile(r"\bhttps?://\S+|\bwww\.\S+", re.IGNORECASE)
# "Contact John Smith", "call Mary Ann O'Neill", "chaired by Bob Jones": a first name may stay.
_NAMED = re.compile(
    r"\b((?i:contact|call|text|e-?mail|ask for|phone|ring|reach|speak (?:to|with)|chair(?:person"
    r"|ed by)?|secretary|hosted by|host|gsr|facilitator|facilitated by|coordinator|leader|led by"
    r"|treasurer)\b[\s:,-]{0,3}(?:is\s)?)([A-Z][a-z]+)((?:\s+(?:[A-Z]\.?|[A-Z][a-z'’]+))?)\s+"
    r"((?:Mc|Mac|O['’]|D['’])?[A-Z][a-z'’]+(?:-[A-Z][a-z]+)?)\b"
)


def without_contacts(text: str, country: str) -> tuple[str, list[str]]:
    """Return `text` without phone numbers, e-mail addresses and surnames, and what was left out.

    `country` (ISO) is where numbers without a country code are taken to be. Meeting numbers
    and pass codes of calls stay, and so do links. Surnames are only recognized after a verb
    of contact and a common given name, which is where lists put them; the rest stays as it is.
    """
    if not text:
        return text, []
    why = []
    if "@" in text:
        without = _EMAIL.sub("[…]", text)
        if without != text:
            text, why = without, [EMAIL]
    if _ENOUGH_DIGITS.search(text):
        without = _without_phones(text, country)
        if without != text:
            text = without
            why.append(PHONE)
    without = _NAMED.sub(_first_name, text)
    if without != text:
        text = without
        why.append(SURNAME)
    return text, why


def first_name(name: str) -> str:
    """Return a person's name without surname: "Mary Smith" and "Mary S" are both "Mary"."""
    return name.split(maxsplit=1)[0] if name.split() else ""


def _first_name(match: re.Match[str]) -> str:
    # Lists love capitals: "Text Book Study" and "Ring Entry Phone" name nobody.
    if match[2] not in _given_names():
        return match[0]
    return f"{match[1]}{match[2]}{match[3]} {match[4][0]}."


@cache
def _given_names() -> frozenset[str]:
    text = (files("kith.core.listings") / "data" / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(text.split())


def _without_phones(text: str, country: str) -> str:
    links = [m.span() for m in _URL.finditer(text)]
    kept, last = [], 0
    for match in PhoneNumberMatcher(text, country or "US", leniency=Leniency.POSSIBLE):
        start, end = match.start, match.end
        in_link = any(a <= start < b for a, b in links)
        if in_link or _MEETING_ID.search(text[max(0, start - 40) : start]):
            continue
        kept += [text[last:start], "[…]"]
        last = end
    return "".join([*kept, text[last:]])
