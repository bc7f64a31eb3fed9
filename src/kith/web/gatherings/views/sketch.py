"""A map drawn by hand: where things lie from here, for those who load no map."""

import math
from collections.abc import Sequence

from django.utils.safestring import SafeString
from django.utils.translation import gettext

from kith.web.gatherings.bridge.finding import Asked, Hit
from kith.web.gatherings.views.cards import Card

WIDTH, HEIGHT = 380, 410
PINS_MOST = 40


def sketch(asked: Asked, hits: Sequence[Hit], found: dict[int, Card]) -> SafeString:
    """Return a picture of the doors around `asked.near`: where they are, and nothing to load."""
    here = asked.near
    if here is None:
        return SafeString("")
    scale = min(WIDTH, HEIGHT) / 2.2 / min(asked.km, 200.0)
    east_km = 111.32 * math.cos(math.radians(here.latitude))
    pins = []
    for number in list(dict.fromkeys(h.number for h in hits if h.km is not None))[:PINS_MOST]:
        card = found.get(number)
        if card is None or card.at is None:
            continue
        x = WIDTH / 2 + (card.at[1] - here.longitude) * east_km * scale
        y = HEIGHT / 2 - (card.at[0] - here.latitude) * 110.57 * scale
        pins.append(f'<use href="#pin" x="{x:.0f}" y="{y:.0f}"/>')
    rings = "".join(
        f'<circle class="ring" cx="{WIDTH // 2}" cy="{HEIGHT // 2}" r="{asked.km * scale * part:.0f}"/>'
        for part in (1 / 3, 2 / 3, 1)
    )
    return SafeString(
        f'<svg class="sketch" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" aria-label="{gettext("Where they are from here")}">'
        f'<defs><path id="pin" class="spot" d="M0 0c-9-11-9-20 0-20s9 9 0 20z"/></defs>{rings}'
        f'<circle class="here" cx="{WIDTH // 2}" cy="{HEIGHT // 2}" r="6"/>{"".join(pins)}</svg>'
    )
