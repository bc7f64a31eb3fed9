"""Asks and offers: which come first for somebody, what stays out of them, and the other door."""

from kith.core.service.doors import Door, other_door, shares_read
from kith.core.service.order import Candidate, in_order
from kith.core.service.squares import Square, squares_within
from kith.core.service.words import Against, against

__all__ = [
    "Against",
    "Candidate",
    "Door",
    "Square",
    "against",
    "in_order",
    "other_door",
    "shares_read",
    "squares_within",
]
