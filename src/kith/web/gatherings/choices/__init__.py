"""The codes of a gathering, and the words for them in the reader's own language."""

from kith.web.gatherings.choices.fixed import Answer, Mode, Openness, Status, Touch, TownKind
from kith.web.gatherings.choices.practices import INGREDIENTS, PRACTICES
from kith.web.gatherings.choices.told import (
    GUESTS_SAID,
    NEEDS_SAID,
    OFFERS_SAID,
    Guests,
    Need,
    Offer,
    Thanks,
)
from kith.web.gatherings.choices.words import ACCESS, AUDIENCE, TOPICS, language_name

__all__ = [
    "ACCESS",
    "AUDIENCE",
    "GUESTS_SAID",
    "INGREDIENTS",
    "NEEDS_SAID",
    "OFFERS_SAID",
    "PRACTICES",
    "TOPICS",
    "Answer",
    "Guests",
    "Mode",
    "Need",
    "Offer",
    "Openness",
    "Status",
    "Thanks",
    "Touch",
    "TownKind",
    "language_name",
]
