"""How names of towns, postcodes, regions and countries are compared."""

import re
from collections.abc import Iterator

from kith.core.places import country_code, region_of
from kith.core.places.countries import fold

__all__ = ["country_code", "fold", "postcodes", "region_of"]

# "SW1A 1AA": the outward code alone is how people say where they are.
_BRITISH = re.compile(r"^([A-Z]{1,2}\d[A-Z\d]?)\s*(\d[A-Z]{2})$")
_CANADIAN = re.compile(r"^([A-Z]\d[A-Z])\s*(\d[A-Z]\d)$")
_AMERICAN = re.compile(r"^(\d{5})(?:-\d{4})?$")
_IRISH = re.compile(r"^([A-Z]\d[\dW])\s*([A-Z\d]{4})$")


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
