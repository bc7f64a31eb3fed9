"""A map drawn by hand: where the doors lie from here, for those who load no map."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kith.web.gatherings.bridge import hours, words
from kith.web.gatherings.bridge.finding import Asked, Hit
from kith.web.gatherings.views.cards import Card, Reader
from kith.web.kit import times

WIDTH, HEIGHT = 420, 440
PIN_WIDTH, PIN_HEIGHT = 62, 26
# Pins with the hour, the soonest first; what has no room for one is a dot.
DOORS_MOST = 40
_KM_PER_DEGREE = 110.57
_KM_PER_DEGREE_EAST = 111.32


@dataclass(frozen=True, slots=True)
class _Door:
    x: float
    y: float
    hour: str
    card: Card


def sketch(asked: Asked, hits: Sequence[Hit], found: dict[int, Card], reader: Reader) -> SafeString:
    """Return a picture of the doors around `asked.near`: where they are, and nothing to load."""
    scale = min(WIDTH, HEIGHT) / 2.25 / min(asked.km, 200.0)
    doors = list(_doors(asked, hits, found, reader, scale))
    pins, dots = _placed(doors)
    said = gettext("Where they are from here. The list says the same in words.")
    return SafeString(
        f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" preserveAspectRatio="xMidYMid slice"'
        f' role="group" aria-label="{said}">'
        + _rings(asked, reader)
        + "".join(f'<circle class="dot" cx="{d.x:.0f}" cy="{d.y:.0f}" r="4.5"/>' for d in dots)
        + f'<circle class="halo" cx="{WIDTH // 2}" cy="{HEIGHT // 2}" r="15"/>'
        f'<circle class="here" cx="{WIDTH // 2}" cy="{HEIGHT // 2}" r="6.5"/>'
        + "".join(map(_pin, pins))
        + "</svg>"
    )


def _doors(
    asked: Asked, hits: Sequence[Hit], found: dict[int, Card], reader: Reader, scale: float
) -> Iterator[_Door]:
    here = asked.near
    zone = hours.zone(asked.zone)
    seen: set[tuple[float, float]] = set()
    for hit in hits:
        card = found.get(hit.number)
        if here is None or hit.km is None or card is None or card.at is None:
            continue
        # One door is one pin, at the hour of its first.
        if card.at in seen:
            continue
        seen.add(card.at)
        if len(seen) > DOORS_MOST:
            return
        east = (card.at[1] - here.longitude + 180) % 360 - 180
        east_km = east * _KM_PER_DEGREE_EAST * math.cos(math.radians(here.latitude))
        begins = datetime.fromtimestamp(hit.starts * 60, zone)
        hour, half = times.clock(begins.hour * 60 + begins.minute, reader.language)
        yield _Door(
            x=WIDTH / 2 + east_km * scale,
            y=HEIGHT / 2 - (card.at[0] - here.latitude) * _KM_PER_DEGREE * scale,
            hour=f"{hour} {half}".strip() if ":" not in hour else hour,
            card=card,
        )


def _placed(doors: Sequence[_Door]) -> tuple[list[_Door], list[_Door]]:
    """Return the doors that have room for a pin, and those that are only a dot."""
    pins: list[_Door] = []
    dots: list[_Door] = []
    for door in doors:
        is_free = all(
            abs(door.x - other.x) > PIN_WIDTH + 2 or abs(door.y - other.y) > PIN_HEIGHT + 9
            for other in pins
        )
        (pins if is_free else dots).append(door)
    return pins, dots


def _pin(door: _Door) -> str:
    x, y = round(door.x), round(door.y)
    left, top = -PIN_WIDTH / 2, -PIN_HEIGHT - 8
    right = -left
    bottom = top + PIN_HEIGHT
    shape = f"M{left + 7} {top}H{right - 7}q7 0 7 7V{bottom - 7}q0 7-7 7H6L0 0L-6 {bottom}H{left + 7}q-7 0-7-7V{top + 7}q0-7 7-7z"
    return format_html(
        '<a href="/gatherings/{}/" transform="translate({} {})" aria-label="{}, {}">'
        '<path class="spot" d="{}"/><text class="hour" y="{}">{}</text></a>',
        door.card.slug,
        x,
        y,
        door.card.name,
        door.hour,
        shape,
        round(top + 18),
        door.hour,
    )


def _rings(asked: Asked, reader: Reader) -> str:
    drawn = []
    radius = min(WIDTH, HEIGHT) / 2.25
    x, y = WIDTH // 2, HEIGHT // 2
    drawn.append(f'<circle class="near" cx="{x}" cy="{y}" r="{radius:.0f}"/>')
    for count, km in words.rings(asked.km, miles=reader.miles):
        r = radius * km / asked.km
        drawn.append(f'<circle class="ring" cx="{x}" cy="{y}" r="{r:.0f}"/>')
        far = words.said_ring(count, miles=reader.miles)
        drawn.append(f'<text class="far" x="{x}" y="{y + r - 5:.0f}">{far}</text>')
    return "".join(drawn)
