"""The closed lists of people."""

from kith.web.people.choices.keys import Tried, Written
from kith.web.people.choices.said import (
    ALWAYS_PRIVATE,
    LANGUAGES,
    PERMITS,
    Gift,
    ShownTo,
    Space,
    Steadiness,
    Topic,
)

__all__ = [
    "ALWAYS_PRIVATE",
    "LANGUAGES",
    "PERMITS",
    "Gift",
    "ShownTo",
    "Space",
    "Steadiness",
    "Topic",
    "Tried",
    "Written",
]
