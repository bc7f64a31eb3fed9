"""What a feed's records say together, for the ones that leave it out."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import time

from kith.core.listings.clock import ZONE_WORDS, ClockTime, clock_time, hour_alone
from kith.core.listings.draft import Draft, Place
from kith.core.listings.numbers import degrees_of
from kith.core.listings.spans import time_range
from kith.core.places import country_code, known_zone, region_of, zone_at
from kith.core.places.countries import country_of_zone
from kith.core.places.names import fold

# A zone beside a clock time in running text: "9am Eastern", "19:00 (CET)", "6 pm (Mountain)".
_TIME_AND_ZONE = re.compile(
    rf"\b(\d{{1,2}}(?:[:.]\d{{2}})?\s*(?:[ap]\.?\s?m\b\.?|h\b|noon\b)?)\s*[(\[]?\s*({ZONE_WORDS})",
    re.IGNORECASE,
)
# No other country's codes look like Canada's (Canada Post addressing guidelines: no D F I O Q U).
_AMERICAN_CODE = re.compile(r"\b\d{5}\b")
_CANADIAN_POSTCODE = re.compile(
    r"\b[ABCEGHJ-NPR-TVXY]\d[ABCEGHJ-NPR-TV-Z] ?\d[ABCEGHJ-NPR-TV-Z]\d\b"
)
# Parts of states with codes of their own: "San Juan, USA" is in PR, "Jersey, UK" in JE.
_OVERSEAS = {
    "US": ("PR", "VI", "GU", "AS", "MP"), "GB": ("JE", "GG", "IM", "GI"),
    "FR": ("RE", "GP", "MQ", "GF", "YT", "PM", "BL", "MF", "NC", "PF", "WF"),
    "NL": ("CW", "AW", "BQ", "SX"), "DK": ("FO", "GL"), "FI": ("AX",), "NO": ("SJ",),
    "CN": ("HK", "MO"), "AU": ("NF", "CX", "CC"), "NZ": ("CK", "NU"),
}  # fmt: skip
# Enough records that agree, and enough of them, to speak for one that says nothing.
_AGREE_SHARE = 0.8
_AGREE_LEAST = 5


@dataclass(frozen=True, slots=True)
class Facts:
    """What the records of one feed agree on.

    Args:
        country: ISO code that most points are in, or "".
        only_country: The same if hardly any point is anywhere else.
        zone: Time zone that nearly all points are in, or "".
        online_zone: The zone that its online records write their times in, or "".
        uses_halves: Times are written with am and pm, so "4:30" alone could be either.
        points: Where exact records with the same street, postcode or town are.
    """

    country: str = ""
    only_country: str = ""
    zone: str = ""
    online_zone: str = ""
    uses_halves: bool = False
    points: dict[str, tuple[float, float]] = field(default_factory=dict)


def facts_of(drafts: Sequence[Draft]) -> Facts:
    """Return what `drafts`, all the records of a feed, agree on."""
    zones: Counter[str] = Counter()
    points: dict[str, list[tuple[float, float]]] = {}
    for draft in drafts:
        for place in (draft.place, *draft.more_places):
            point = degrees_of(place.latitude, place.longitude)
            if point is None:
                continue
            zone = zone_at(*point)
            if zone and _fits(place, zone):
                zones[zone] += 1
                for key in () if place.is_approximate else place_keys(place):
                    points.setdefault(key, []).append(point)
    times = [text for d in drafts for s in d.slots if isinstance(text := s.start, str) and text]
    halves = sum(bool(re.search(r"\d\s*[ap]\.?\s?m", t, re.IGNORECASE)) for t in times)
    return Facts(
        country=_agreed(_by_country(zones)),
        only_country=_agreed(_by_country(zones), share=0.98, least=20),
        zone=_agreed(zones),
        online_zone=_agreed(_spoken_zones(drafts), share=0.6),
        uses_halves=halves > len(times) / 2,
        points={key: _middle(found) for key, found in points.items()},
    )


def zone_beside_time(text: str, start: object, country: str = "") -> str:
    """Return the zone that `text` gives right beside the clock time `start`, or "".

    "European Meeting - 5am Eastern ... 11 AM CET" is Eastern for a record that starts at 05:00
    and Central European for one that starts at 11:00.
    """
    for match in _TIME_AND_ZONE.finditer(text):
        found = clock_time(match[1]) or hour_alone(match[1])
        wanted, _end = time_range(start)
        if found is not None and wanted is not None and _same_time(found, wanted.at):
            return known_zone(match[2], country)
    return ""


def country_of(place: Place) -> str:
    """Return the ISO country that a place names, in its own field, its address or its state."""
    stated = country_code(place.country) if place.country.strip() else ""
    if stated:
        return stated
    if _CANADIAN_POSTCODE.search(f"{place.postal_code} {place.address}"):
        # "..., BC, V8G 2R7, CA": CA is Canada here, not California.
        return "CA"
    parts = [part.strip() for part in place.address.split(",") if part.strip()]
    last = country_code(parts[-1], in_address=True) if parts else ""
    code, home = region_of(place.region) if place.region else ("", "")
    if last and region_of(parts[-1])[1]:
        # Tbilisi, Georgia or Atlanta, Georgia? Only another field can tell.
        return home
    if last or code:
        return last or home
    for part in reversed(parts[-2:]):
        words = re.sub(r"\b\d{5}(?:-\d{4})?\b|\b[A-Z]\d[A-Z] ?\d[A-Z]\d\b", "", part).strip()
        home = (region_of(words)[1] or region_of(words.split()[-1])[1]) if words else ""
        # "Ontario 91762" is a town in California.
        if home == "US" or (home and not _AMERICAN_CODE.search(part)):
            return home
    return ""


def is_in_country(zone: str, country: str) -> bool:
    """Return whether a zone is in an ISO country, or where people write that country's name."""
    found = country_of_zone(zone)
    return found == country or found in _OVERSEAS.get(country, ())


def place_keys(place: Place) -> list[str]:
    """Return names under which a place may be found again: street with town, postcode, town."""
    town = fold(f"{place.city} {place.region}")
    street = fold(place.street) if place.city else fold(place.address)
    postcode = fold(place.postal_code)
    keys = []
    if street and any(c.isdigit() for c in street):
        keys.append(f"street:{street}|{town}")
    if len(postcode) >= 4:
        keys.append(f"postcode:{postcode}")
    if place.city:
        keys.append(f"town:{town}")
    return keys


def _fits(place: Place, zone: str) -> bool:
    stated = country_of(place)
    return not stated or is_in_country(zone, stated)


def _by_country(zones: Counter[str]) -> Counter[str]:
    found: Counter[str] = Counter()
    for zone, count in zones.items():
        found[country_of_zone(zone)] += count
    return found


def _spoken_zones(drafts: Iterable[Draft]) -> Counter[str]:
    found: Counter[str] = Counter()
    online = (d for d in drafts if d.attendance == "online" or "mode:online" in d.meanings)
    for draft in online:
        spoken = (zone_beside_time(draft.name, slot.start) for slot in draft.slots)
        found.update(filter(None, spoken))
    return found


def _agreed(counts: Counter[str], share: float = _AGREE_SHARE, least: int = _AGREE_LEAST) -> str:
    total = sum(counts.values())
    if total < least:
        return ""
    best, count = counts.most_common(1)[0]
    return best if count >= share * total else ""


def _middle(found: list[tuple[float, float]]) -> tuple[float, float]:
    """Return the median point: one wrong coordinate must not move a town."""
    lats, lons = sorted(p[0] for p in found), sorted(p[1] for p in found)
    return lats[len(lats) // 2], lons[len(lons) // 2]


def _same_time(found: ClockTime, wanted: time) -> bool:
    halves = (found.at.hour % 12, found.at.minute) == (wanted.hour % 12, wanted.minute)
    return found.at == wanted or (found.is_half_unknown and halves)
