"""How names of towns, postcodes, regions and countries are compared."""

import re
import unicodedata
from collections.abc import Iterator

_APOSTROPHES = re.compile("['’‘ʻʼ`]")
_NOT_PLAIN = re.compile("[^a-z0-9]+")
# Letters that Unicode does not take for marked ones, as those write them who have no such key.
_LETTERS = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "ħ": "h"}
)
# "SW1A 1AA": the outward code alone is how people say where they are.
_BRITISH = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$")
_CANADIAN = re.compile(r"^([A-Z]\d[A-Z])\s*(\d[A-Z]\d)$")
_AMERICAN = re.compile(r"^(\d{5})(?:-\d{4})?$")
_IRISH = re.compile(r"^([A-Z]\d[\dW])\s*([A-Z\d]{4})$")


def fold(name: str) -> str:
    """Return `name` as it is compared, in any script: "St. John's" is "st johns", "Łódź" "lodz"."""
    if name.isascii():
        return _NOT_PLAIN.sub(" ", _APOSTROPHES.sub("", name.lower())).strip()
    plain = unicodedata.normalize("NFKD", _APOSTROPHES.sub("", name.casefold()).translate(_LETTERS))
    without_marks = (c for c in plain if not unicodedata.category(c).startswith("M"))
    return " ".join("".join(c if c.isalnum() else " " for c in without_marks).split())


def postcodes(text: str, country: str) -> Iterator[str]:
    """Yield the ways in which people type a postcode: whole, and its first half where used alone."""
    code = " ".join(text.upper().split())
    if not code or not any(character.isdigit() for character in code):
        return
    if country == "US" and (match := _AMERICAN.match(code)):
        yield match[1]
        return
    for pattern in (_BRITISH, _CANADIAN, _IRISH):
        if match := pattern.match(code):
            yield f"{match[1]} {match[2]}"
            yield match[1]
            return
    yield code
