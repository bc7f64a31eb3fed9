"""The codes of a gathering, and the words for them in the reader's own language."""

from kith.web.gatherings.choices.fixed import (
    Answer,
    FoundBy,
    Joining,
    Mode,
    Openness,
    Status,
    Touch,
    TownKind,
)
from kith.web.gatherings.choices.practices import INGREDIENTS, PHYSICAL, PRACTICES
from kith.web.gatherings.choices.told import (
    GUESTS_SAID,
    NEEDS_SAID,
    OFFERS_SAID,
    Guests,
    Need,
    Offer,
    Thanks,
)
from kith.web.gatherings.choices.words import ACCESS, AUDIENCE, SPACES, TOPICS
from kith.web.kit.languages import language_name

__all__ = [
    "ACCESS",
    "AUDIENCE",
    "GUESTS_SAID",
    "INGREDIENTS",
    "NEEDS_SAID",
    "OFFERS_SAID",
    "PHYSICAL",
    "PRACTICES",
    "SPACES",
    "TOPICS",
    "Answer",
    "FoundBy",
    "Guests",
    "Joining",
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
