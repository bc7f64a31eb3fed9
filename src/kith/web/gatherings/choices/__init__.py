"""The codes of a gathering, and the words for them in the reader's own language."""

from kith.web.gatherings.choices.fixed import Answer, Mode, Openness, Status, Touch, TownKind
from kith.web.gatherings.choices.practices import INGREDIENTS, PRACTICES
from kith.web.gatherings.choices.words import ACCESS, AUDIENCE, TOPICS
from kith.web.kit.languages import language_name

__all__ = [
    "ACCESS",
    "AUDIENCE",
    "INGREDIENTS",
    "PRACTICES",
    "TOPICS",
    "Answer",
    "Mode",
    "Openness",
    "Status",
    "Touch",
    "TownKind",
    "language_name",
]
