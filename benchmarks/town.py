"""Made-up gatherings in real cities, the same for the same seed: a Meeting Guide feed of any size.

Four in ten are online, one in ten both; most are weekly in the evening, as in the real lists that
kith comes with. Names and streets are made up; cities and their sizes are rough, and only there
so that some places are crowded and most are not.
"""

import random
from collections.abc import Iterator
from typing import Any

# (city, country, zone, latitude, longitude, weight): weight is about the people there, in millions.
CITIES = (
    ("London", "UK", "Europe/London", 51.507, -0.128, 9.0),
    ("Manchester", "UK", "Europe/London", 53.481, -2.243, 2.8),
    ("Glasgow", "UK", "Europe/London", 55.865, -4.258, 1.7),
    ("Dublin", "Ireland", "Europe/Dublin", 53.349, -6.260, 1.4),
    ("New York", "USA", "America/New_York", 40.713, -74.006, 18.8),
    ("Philadelphia", "USA", "America/New_York", 39.953, -75.164, 6.2),
    ("Boston", "USA", "America/New_York", 42.361, -71.058, 4.9),
    ("Baltimore", "USA", "America/New_York", 39.290, -76.612, 2.8),
    ("Pittsburgh", "USA", "America/New_York", 40.441, -79.996, 2.4),
    ("Cleveland", "USA", "America/New_York", 41.499, -81.695, 2.1),
    ("Atlanta", "USA", "America/New_York", 33.749, -84.388, 6.1),
    ("Miami", "USA", "America/New_York", 25.762, -80.192, 6.1),
    ("Chicago", "USA", "America/Chicago", 41.878, -87.630, 9.5),
    ("Houston", "USA", "America/Chicago", 29.760, -95.370, 7.1),
    ("Dallas", "USA", "America/Chicago", 32.777, -96.797, 7.6),
    ("Minneapolis", "USA", "America/Chicago", 44.978, -93.265, 3.7),
    ("Denver", "USA", "America/Denver", 39.739, -104.990, 3.0),
    ("Phoenix", "USA", "America/Phoenix", 33.448, -112.074, 4.9),
    ("Los Angeles", "USA", "America/Los_Angeles", 34.052, -118.244, 13.2),
    ("San Francisco", "USA", "America/Los_Angeles", 37.775, -122.419, 4.7),
    ("Seattle", "USA", "America/Los_Angeles", 47.606, -122.332, 4.0),
    ("Portland", "USA", "America/Los_Angeles", 45.515, -122.678, 2.5),
    ("Toronto", "Canada", "America/Toronto", 43.653, -79.383, 6.2),
    ("Vancouver", "Canada", "America/Vancouver", 49.283, -123.121, 2.6),
    ("Sydney", "Australia", "Australia/Sydney", -33.869, 151.209, 5.3),
    ("Melbourne", "Australia", "Australia/Melbourne", -37.814, 144.963, 5.1),
    ("Auckland", "New Zealand", "Pacific/Auckland", -36.848, 174.763, 1.7),
    ("Wellington", "New Zealand", "Pacific/Auckland", -41.287, 174.776, 0.4),
)
# Towns between the cities: most places are not crowded.
SMALL_SHARE = 0.25
FIRST = "Early Late Lunch River Bridge Harbor Hill Garden Lamp Candle Open Quiet Second New Old Green Blue Sunrise Evening Corner".split()
SECOND = "Birds Table Hour Circle Steps Door Light Chapel Walk Song Hands Room Kettle Bench Path Window Porch Field Choir Kitchen".split()
TYPES = (
    ("O",),
    ("C",),
    ("O", "X"),
    ("O", "D"),
    ("C", "W"),
    ("O", "BE"),
    ("O", "LGBTQ"),
    ("C", "M"),
    ("O", "X", "CF"),
    ("O", "S"),
    ("O", "D", "X", "H"),
)
HOURS = (7, 8, 9, 10, 12, 12, 13, 17, 18, 18, 18, 19, 19, 19, 19, 19, 20, 20, 20, 21, 22, 23)


def records(count: int, seed: int = 1) -> Iterator[dict[str, Any]]:
    """Yield `count` Meeting Guide records."""
    dice = random.Random(seed)
    weights = [city[5] for city in CITIES]
    for number in range(count):
        city, country, zone, lat, lon, _weight = dice.choices(CITIES, weights)[0]
        spread = 1.2 if dice.random() < SMALL_SHARE else 0.12
        mode = dice.choices(("in_person", "online", "hybrid"), (5, 4, 1))[0]
        hour = dice.choice(HOURS)
        record: dict[str, Any] = {
            "slug": f"g-{number}",
            "name": f"{dice.choice(FIRST)} {dice.choice(SECOND)} {dice.choice(SECOND)}",
            "day": dice.randrange(7),
            "time": f"{hour:02d}:{dice.choice((0, 0, 0, 30, 30, 15)):02d}",
            "timezone": zone,
            "types": list(dice.choice(TYPES)),
            "attendance_option": mode,
            "latitude": round(dice.gauss(lat, spread), 6),
            "longitude": round(dice.gauss(lon, spread), 6),
            "formatted_address": f"{dice.randrange(1, 400)} {dice.choice(FIRST)} Street, {city}, {country}",
            "city": city,
            "location": f"{dice.choice(FIRST)} {dice.choice(SECOND)} Hall",
        }
        if dice.random() < 0.4:
            record["end_time"] = f"{(hour + 1) % 24:02d}:30"
        if mode != "in_person":
            record["conference_url"] = f"https://zoom.us/j/{10_000_000_000 - number}"
        if dice.random() < 0.1:
            record["types"].append("ES")
        yield record


def points(count: int, seed: int = 2) -> list[tuple[float, float]]:
    """Return `count` points where people might be looking, in and around the cities."""
    dice = random.Random(seed)
    return [
        (round(dice.gauss(city[3], 0.1), 5), round(dice.gauss(city[4], 0.1), 5))
        for city in dice.choices(CITIES, [c[5] for c in CITIES], k=count)
    ]
