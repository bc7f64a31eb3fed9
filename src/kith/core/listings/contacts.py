"""Leaves out of free text what belongs to one person: numbers, addresses, surnames.

A listing is public for as long as the web remembers. Whoever put a number on a local page
did not choose that; so by default it is not passed on, and the reader is sent to the source.
"""

import re
from collections.abc import Sequence
from functools import cache
from importlib.resources import files

from phonenumbers import (
    Leniency,
    PhoneNumberMatch,
    PhoneNumberMatcher,
    PhoneNumberType,
    number_type,
)

from kith.core.places.names import fold

PHONE = "a phone number was left out"
EMAIL = "an e-mail address was left out"
SURNAME = "a surname was left out"

_GAP = "[…]"
# "john@example.org", and "john (at) example [dot] org", which hides it from nobody.
_AT = r"(?:@|\s?[\[(]\s?at\s?[\])]\s?)"
_DOT = r"(?:\.|\s?[\[(]\s?dot\s?[\])]\s?)"
_EMAIL = re.compile(rf"(?<![\w.+-])[\w.+-]+{_AT}[\w-]+(?:{_DOT}[\w-]+)+", re.IGNORECASE)
# Shorter ones are numbers of houses, rooms and emergency lines.
_FEWEST_DIGITS = 7
_ENOUGH_DIGITS = re.compile(r"(?:\d[^\da-zA-Z\n]{0,3}){6}\d")
_CHAT_LINK = re.compile(
    r"\b(?:https?://)?(?:wa\.me/|(?:api|web)\.whatsapp\.com/send/?\?phone=)(?:\+|%2B)?\d+",
    re.IGNORECASE,
)
_LINK = re.compile(
    r"\bhttps?://\S+|\bwww\.\S+|(?<![\w.-])[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}/\S+", re.IGNORECASE
)

# What looks like a phone number and is a time, a date, a place or a postcode.
_DATE = r"(?:\d{4}[./-]\d{1,2}[./-]\d{1,2}|\d{1,2}[./-]\d{1,2}[./-](?:\d{4}|\d{2}))"
_HOUR = r"(?:[01]?\d|2[0-4])"
_NO_NUMBER = re.compile(
    rf"""{_DATE}(?:\s*[-–—]\s*{_DATE})?
    |{_HOUR}[.:][0-5]\d\s*[-–—/]\s*{_HOUR}[.:][0-5]\d
    |{_HOUR}[0-5]\d(?<=\d{{4}})\s*[-–—/]\s*{_HOUR}[0-5]\d(?<=\d{{4}})
    |(?:19|20)\d\d\s?[-–/]\s?(?:19|20)\d\d  # years
    |-?\d{{1,3}}\.\d{{4,}}  # a coordinate
    |\d{{5}}-\d{{4}}  # an American postcode with its four more digits""",
    re.VERBOSE,
)
_TIME_AFTER = re.compile(r"\s?(?:[ap]\.?m\b|h\b|hrs?\b|uhr\b)", re.IGNORECASE)
# What stands before a number that is no one person's: what a video call needs, a room, a line.
_LABEL = re.compile(
    r"""\b(?:(?:id|i\.d|kennung|(?:kenn)?code|pin|pass(?:code|word|wort)?|pwd|pw|clave|contraseña
    |zoom|isbn|ein|iban|one\s+tap\s+mobile|(?:dial|call)[\s-]?in|conference\s+(?:line|call)
    |(?:hot|help|crisis|warm)[\s-]?line|(?:central|church|parish|intergroup|area|service)\s+office
    |(?:zoom|meeting|webinar|conference|access|room|group|charity|company|registration|gso)
      \s+(?:number|num|nr|no|room))\b\.?
      (?:\s+number\b)?\s*(?:is\b|at\b|:|=|-|–)?\s*\#?
    |(?:suite|ste|room|rm|apt|apartment|unit|box|bldg|building|lot)\b\.?\s*\#?
    |(?:group|gso|meeting)\s*\#
    )\s*$""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL_REACH = 40
# "Text Bob for the Zoom password 555-…": the number is Bob's.
_ASKED_FOR = re.compile(
    r"\b(?:call|text|contact|phone|ring|sms|whatsapp|message|msg|e-?mail)\b(?![\s-]?in\b)"
    r"[^.;\n\d]{0,40}\b(?:for|to|about|with)\b[^.;\n\d]{0,40}$",
    re.IGNORECASE,
)
_PUBLIC = frozenset({PhoneNumberType.TOLL_FREE, PhoneNumberType.SHARED_COST, PhoneNumberType.UAN})

# "Contact John Smith", "call Mary Ann O'Neill", "chaired by Bob Jones": a first name may stay.
_UP, _LOW = "A-ZÀ-ÖØ-ÞĀ-Ž", "a-zß-öø-ÿā-ž"
_FIRST = rf"[{_UP}][{_LOW}]+"
_LAST = (
    r"(?:(?:von|van|der|den|de|del|della|di|da|dos|la|le|al|bin)\s){0,2}"
    rf"(?:Mc|Mac|O['’]|D['’])?[{_UP}][{_LOW}]+(?:-[{_UP}][{_LOW}]+)?"
)
_NAME = rf"({_FIRST})(?:\s({_FIRST}|[{_UP}]\.?))?\s({_LAST})(?!\w)(?=((?:\s{_FIRST}){{0,2}}))"
_NAMED = re.compile(
    r"\b((?i:(?:(?:contact|contacto|contacter|kontakt|ansprechpartner(?:in)?|call|text|e-?mail"
    r"|ask for|phone|ring|reach|speak|talk|chair(?:person|ed by)?|secretary|hosted by|host|gsr"
    r"|facilitator|facilitated by|coordinator|leader|led by|treasurer|llam(?:ar|e) a|appeler)\b"
    rf"[\s:,–-]{{0,3}}(?:(?:is|out|to|with|the|our|mrs?|ms|dr|rev)\b\.?\s){{0,3}}){{1,3}})){_NAME}"
)
_BESIDE_A_GAP = re.compile(
    rf"\b(){_NAME}(?=[\s:,;(–—-]{{0,3}}(?:(?:at|on|via|tel|cell|mobile|phone|e-?mail)\b[\s.:]{{0,2}})?"
    r"\[…\])"
)
_ALSO_NAMED = re.compile(rf"(?<=\b[{_UP}]\.)(\s?(?:,|/|&|or|and|o|y|ou|et|oder|und)\s){_NAME}")
_CLOSE = re.compile(r"\s*(?:[^\w\s]|\d|$|(?:at|on|via|or|and|for)\b)")
# After a first name, these end a name ("John Smith Tuesdays") ...
_NO_SURNAMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday mondays tuesdays wednesdays"
    " thursdays fridays saturdays sundays january february april june july august september"
    " october november december please thanks thank text call phone cell mobile tel email contact"
    " for or and at on in if the this we you zoom skype meeting group id code password passcode"
    " open closed no use enter all welcome everyone newcomers men women men's women's".split()
)
# ... and these show that there was none: "Contact Paul Revere School", "Ann Arbor Intergroup".
_NO_PEOPLE = frozenset(
    "church chapel cathedral parish temple mosque synagogue school college university library"
    " hall house home center centre hospital clinic club park street avenue ave road rd lane"
    " drive beach county city state intergroup office group area region district service services"
    " foundation society fellowship community recovery association helpline hotline line bank"
    " hotel cafe museum theater theatre building room suite tower baptist lutheran methodist"
    " presbyterian catholic episcopal anonymous".split()
)


def without_contacts(text: str, country: str) -> tuple[str, list[str]]:
    """Return `text` without phone numbers, e-mail addresses and surnames, and what was left out.

    `country` (ISO) is where numbers without a country code are taken to be. Meeting numbers
    and pass codes of calls stay, and so do links and lines that are free to call. Surnames are
    only recognized with a common given name after a verb of contact or before a contact that
    was left out, which is where lists put them; the rest stays as it is.
    """
    why: dict[str, None] = {}
    found = _without(text, country, why)
    # What stood beside something that was left out is sometimes only seen without it.
    while found != text:
        text, found = found, _without(found, country, why)
    return text, list(why)


def _without(text: str, country: str, why: dict[str, None]) -> str:
    found = text
    if "@" in text or "at)" in text or "at]" in text:
        found = _EMAIL.sub(_GAP, text)
        if found != text:
            why[EMAIL] = None
    if _ENOUGH_DIGITS.search(found):
        without = _without_phones(found, country)
        if without != found:
            found = without
            why[PHONE] = None
    without = _without_surnames(found)
    if without != found:
        why[SURNAME] = None
    return without


def _without_phones(text: str, country: str) -> str:
    text = _CHAT_LINK.sub(_GAP, text)
    for start, end in reversed(_spans_of_phones(text, country)):
        text = text[:start] + _GAP + text[end:]
    return text


def _spans_of_phones(text: str, country: str) -> list[tuple[int, int]]:
    """Return where someone's phone numbers stand in `text`, in order, none over another."""
    links = [m.span() for m in _LINK.finditer(text)]
    found: list[tuple[int, int]] = []
    # Where nothing says which country it is, most lists are American, and British ones differ.
    for region in (country,) if country else ("US", "GB"):
        for match in PhoneNumberMatcher(text, region, leniency=Leniency.POSSIBLE):
            is_new = all(match.end <= start or end <= match.start for start, end in found)
            if is_new and not _is_no_ones(text, match, links):
                # A bracket before it is only a part of it together with its other half.
                bracket = match.raw_string.startswith("(") and ")" not in match.raw_string
                found.append((match.start + bracket, match.end))
    return sorted(found)


def _is_no_ones(text: str, match: PhoneNumberMatch, links: Sequence[tuple[int, int]]) -> bool:
    """Return whether a number is no phone number, or one that is no single person's."""
    start = match.start
    raw = match.raw_string
    if sum(c.isdigit() for c in raw) < _FEWEST_DIGITS or any(a <= start < b for a, b in links):
        return True
    if _NO_NUMBER.fullmatch(raw) or _TIME_AFTER.match(text, match.end):
        return True
    before = text[max(0, start - _LABEL_REACH) : start]
    if _LABEL.search(before) and not _ASKED_FOR.search(
        text[max(0, start - 2 * _LABEL_REACH) : start]
    ):
        return True
    # Two commas are how a phone waits for a conference line to ask for its number.
    return ",," in text[start : match.end + 2] or number_type(match.number) in _PUBLIC


def _without_surnames(text: str) -> str:
    found = _with_initials(_NAMED, text)
    if _GAP in found:
        found = _with_initials(_BESIDE_A_GAP, found)
    # "John Smith or Mary Jones": beside a name that was cut, there may be another.
    return _with_initials(_ALSO_NAMED, found) if found != text else text


def _with_initials(pattern: re.Pattern[str], text: str) -> str:
    match = pattern.search(text)
    while match is not None:
        name = _shortened(match)
        if name is not None:
            text = text[: match.end(1)] + name + text[match.end() :]
        # Not behind the whole match: the name may begin with its second word.
        match = pattern.search(text, max(match.end(1), match.start() + 1))
    return text


def _shortened(match: re.Match[str]) -> str | None:
    """Return a match of `_NAME` with its surname cut down to the initial; None if it has none."""
    words = [word for word in match.groups()[1:4] if word]
    if any(fold(word) in _NO_PEOPLE for word in (*words, *match[5].split())):
        return None
    first = next((n for n, word in enumerate(words[:-1]) if fold(word) in _given_names()), None)
    if first is None:
        return None
    surname, *rest = words[first + 1 :]
    if rest and not _ends_name(rest[0]) and (_is_middle(surname) or _closes(match)):
        surname, *rest = rest
    if len(surname.rstrip(".")) == 1 or _ends_name(surname):
        return None
    # Of "de la Cruz" and "O'Neill" the first capital.
    initial = next(c for c in surname if c.isupper())
    return " ".join((*words[: first + 1], f"{initial}.", *rest))


def _ends_name(word: str) -> bool:
    return word.lower() in _NO_SURNAMES


def _is_middle(word: str) -> bool:
    """Return whether a word between two others is a middle name or initial.

    "John S. Wonderful people come": with a full stop, the initial is most often all there is
    of the surname already, and a sentence begins.
    """
    return len(word) == 1 or fold(word) in _given_names()


def _closes(match: re.Match[str]) -> bool:
    """Return whether nothing goes on behind a name, so that all of it is the name."""
    return _CLOSE.match(match.string, match.end()) is not None


@cache
def _given_names() -> frozenset[str]:
    text = (files("kith.core.listings") / "data" / "given_names.txt").read_text(encoding="utf-8")
    return frozenset(fold(name) for name in text.split())
