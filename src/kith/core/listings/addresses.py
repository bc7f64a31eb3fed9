"""Takes an address in one line apart, as far as that is certain."""

import re
from dataclasses import replace

from kith.core.listings.draft import Place
from kith.core.places import country_code, region_of
from kith.core.places.names import fold

_POSTCODE = (
    r"\d{5}(?:-\d{4})?"  # United States, and much of the world
    r"|[A-Z]\d[A-Z] ?\d[A-Z]\d"  # Canada
    r"|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}"  # United Kingdom
    r"|[A-Z]\d[\dW] ?[A-Z\d]{4}"  # Ireland
    r"|\d{4}"  # Australia, New Zealand and others
)
_STATE_AND_CODE = re.compile(
    rf"^(?:(?P<state>[^\d,]+?)(?:\s+|(?<=[A-Z]{{2}})(?=\d{{5}})))?(?P<code>{_POSTCODE})$",
    re.IGNORECASE,
)
_TRAILING_CODE = re.compile(rf"^(?P<city>[^\d,]+?)\s+(?P<code>{_POSTCODE})$", re.IGNORECASE)
# "10115 Berlin", "CH-8001 Zürich", "1012 AB Amsterdam", "00-950 Warszawa", "111 22 Stockholm":
# before the town in most of Europe; elsewhere "1200 Broadway" is a street.
_LEADING_CODE = re.compile(
    r"^(?:[A-Z]{1,3}-)?(?P<code>\d{4} ?[A-Z]{2}|\d{4,5}|\d{2}-\d{3}|\d{4}-\d{3}|\d{3} \d{2})\s+"
    r"(?P<city>[^\d,]+)$"
)
# How codes look in the countries whose states we know.
_CODES = {
    "US": re.compile(r"\d{5}"),
    "CA": re.compile(r"[A-Z]\d[A-Z]", re.IGNORECASE),
    "AU": re.compile(r"\d{4}$"),
}
_ALSO_CITIES = frozenset({"new york", "washington", "quebec"})
_CODE_LAST = frozenset({"US", "CA", "GB", "IE", "AU", "NZ", "ZA", "IN", "PH", "JM"})


def taken_apart(place: Place) -> Place:
    """Return `place` with street, city, region and postcode from its one-line address.

    Fields that are given already stay; an address that does not end the way addresses do
    (town, state and code, country) is left whole.
    """
    parts = [part.strip() for part in place.address.split(",") if part.strip()]
    if place.city or not parts:
        return place
    country = country_code(parts[-1], in_address=len(parts) < 3)
    if country and len(parts) == 2 and region_of(parts[-1])[1]:
        # "Tbilisi, Georgia" and "Atlanta, Georgia": only people can tell.
        return place
    parts = parts[:-1] if country else parts
    state, code = _state_and_code(parts, country)
    if state or code:
        parts = parts[:-1]
    city, state, code = _in_last_part(parts, state, code, country or country_code(place.country))
    street = ", ".join(parts[:-1]) if city else ", ".join(parts)
    if not (city and (state or code or country)):
        return replace(place, postal_code=place.postal_code or code, region=place.region or state)
    return replace(
        place,
        street=place.street or street,
        city=city,
        region=place.region or state,
        postal_code=place.postal_code or code,
    )


def _in_last_part(parts: list[str], state: str, code: str, country: str) -> tuple[str, str, str]:
    """Return the town in the last of `parts`, and its state and code if they are there as well."""
    last = parts[-1] if parts else ""
    if not any(c.isdigit() for c in last):
        is_state = (
            len(parts) == 1 and region_of(last, country)[0] and fold(last) not in _ALSO_CITIES
        )
        return ("", state or last, code) if is_state else (last, state, code)
    # "…, Leigh-on-Sea SS9 2AJ" and "…, 10115 Berlin": town and code in one.
    match = _TRAILING_CODE.match(last)
    if match is None and country and country not in _CODE_LAST:
        match = _LEADING_CODE.match(last)
    if match is None or code:
        return "", state, code
    city, _space, end = match["city"].rpartition(" ")
    if city and region_of(end, country)[0]:
        # "Sydney NSW 2000"
        return city, state or end, match["code"]
    return match["city"], state, match["code"]


def _state_and_code(parts: list[str], country: str) -> tuple[str, str]:
    if len(parts) < 2:
        return "", ""
    if region_of(parts[-1], country)[0]:
        return parts[-1], ""
    match = _STATE_AND_CODE.match(parts[-1])
    if match is None:
        return "", ""
    state = (match["state"] or "").strip()
    region, home = region_of(state, country) if state else ("", "")
    if state and (not region or not _CODES[home].match(match["code"])):
        # "Ontario 91762" is a town in California.
        return "", ""
    if not state and len(parts) > 2 and region_of(parts[-2], country)[0]:
        # "Terrace, BC, V8G 2R7": state and code between commas of their own.
        state = parts.pop(-2)
    return state, match["code"]
