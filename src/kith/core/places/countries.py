"""Countries: their two-letter codes, the many ways feeds write them, and their time zones.

Codes, English names and zones come from the IANA time zone database (public domain), as
packaged in `tzdata`; the other spellings are those met in real meeting lists.
"""

from functools import cache
from importlib.resources import files

from kith.core.places.names import fold

_SHORT = {"GB": "UK", "US": "USA"}
# Folded spelling -> ISO 3166-1 alpha-2. "England" is not a country to ISO; it is to people.
_SPELLINGS = {
    "usa": "US", "us": "US", "u s a": "US", "u s": "US", "united states": "US",
    "united states of america": "US", "america": "US", "estados unidos": "US",
    "ee uu": "US", "eeuu": "US", "puerto rico": "PR",
    "uk": "GB", "u k": "GB", "united kingdom": "GB", "great britain": "GB", "gb": "GB",
    "britain": "GB", "england": "GB", "scotland": "GB", "wales": "GB", "northern ireland": "GB",
    "alba": "GB", "cymru": "GB", "channel islands": "JE", "isle of man": "IM",
    "republic of ireland": "IE", "eire": "IE", "roi": "IE",
    "holland": "NL", "the netherlands": "NL", "nederland": "NL", "deutschland": "DE",
    "espana": "ES", "osterreich": "AT", "schweiz": "CH", "suisse": "CH", "svizzera": "CH",
    "sverige": "SE", "norge": "NO", "danmark": "DK", "suomi": "FI", "island": "IS",
    "polska": "PL", "italia": "IT", "belgique": "BE", "belgie": "BE", "czech republic": "CZ",
    "czechia": "CZ", "slovak republic": "SK", "slovensko": "SK", "magyarorszag": "HU",
    "hrvatska": "HR", "srbija": "RS", "rossiya": "RU", "russian federation": "RU", "rossia": "RU",
    "ukraina": "UA", "ukraine": "UA", "turkiye": "TR", "hellas": "GR", "ellada": "GR",
    "brasil": "BR", "mexico": "MX", "peru": "PE", "aotearoa": "NZ", "new zealand aotearoa": "NZ",
    "uae": "AE", "united arab emirates": "AE", "south korea": "KR", "korea": "KR",
    "republic of korea": "KR", "viet nam": "VN", "cote d ivoire": "CI", "ivory coast": "CI",
    "bosnia and herzegovina": "BA", "north macedonia": "MK", "macedonia": "MK",
    "trinidad and tobago": "TT", "antigua and barbuda": "AG", "burma": "MM", "myanmar": "MM",
    "hong kong": "HK", "taiwan": "TW", "nippon": "JP", "bharat": "IN", "swaziland": "SZ",
    "cape verde": "CV", "east timor": "TL", "macau": "MO", "palestine": "PS", "vatican": "VA",
    "the bahamas": "BS", "the gambia": "GM", "the philippines": "PH", "us virgin islands": "VI",
    "british virgin islands": "VG", "saint lucia": "LC", "st lucia": "LC", "lao pdr": "LA",
}  # fmt: skip


def country_code(text: str, *, in_address: bool = False) -> str:
    """Return the ISO code of a country however it is written, or "" if it is none we know.

    In the last part of an address, "CA" is California and "GA" Georgia, the state: there the
    two-letter codes that are also states' or provinces' are not taken for countries.
    """
    folded = fold(text)
    if in_address and folded in _ALSO_STATES:
        return ""
    return _SPELLINGS.get(folded) or _names().get(folded, "")


def country_name(code: str) -> str:
    """Return the short English name of an ISO country, as people write it after a town, or ""."""
    return _SHORT.get(code) or _english().get(code, "")


def zones_of(country: str) -> tuple[str, ...]:
    """Return the IANA zones of an ISO country, the most populous first, or ()."""
    return _zones_by_country().get(country, ())


def countries_of_zone(zone: str) -> tuple[str, ...]:
    """Return the ISO countries that keep `zone`'s time, its own country first, or ()."""
    return _countries_by_zone().get(zone, ())


def country_of_zone(zone: str) -> str:
    """Return the ISO country that `zone` is named after, or ""."""
    return _own_country().get(zone, "")


def _table(name: str) -> list[list[str]]:
    text = (files("tzdata") / "zoneinfo" / name).read_text(encoding="utf-8")
    return [line.split("\t") for line in text.splitlines() if line and line[0] != "#"]


@cache
def _english() -> dict[str, str]:
    return {code: name.split(" (")[0] for code, name, *_rest in _table("iso3166.tab")}


@cache
def _names() -> dict[str, str]:
    table = {}
    for code, name, *_rest in _table("iso3166.tab"):
        table[fold(name)] = code
        table[fold(name.split("(")[0])] = code
        table[code.lower()] = code
    return table


_ALSO_STATES = frozenset(
    "al ar az ca co de ga id il in ky la ma md me mn mo ms mt nc ne pa sc sd tn va nl sk mb nu pe "
    "wa nt sa yt".split()
)


@cache
def _zones_by_country() -> dict[str, tuple[str, ...]]:
    table: dict[str, list[str]] = {}
    for code, _where, zone, *_rest in _table("zone.tab"):
        table.setdefault(code, []).append(zone)
    return {code: tuple(zones) for code, zones in table.items()}


@cache
def _own_country() -> dict[str, str]:
    return {zone: code for code, _where, zone, *_rest in _table("zone.tab")}


@cache
def _countries_by_zone() -> dict[str, tuple[str, ...]]:
    table = {zone: tuple(codes.split(",")) for codes, _w, zone, *_rest in _table("zone1970.tab")}
    for zone, code in _own_country().items():
        table[zone] = (code, *(c for c in table.get(zone, ()) if c != code))
    return table
