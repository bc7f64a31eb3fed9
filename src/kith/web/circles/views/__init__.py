"""The pages of circles and pairs."""

from kith.web.circles.views.asked import asked
from kith.web.circles.views.circle import circle
from kith.web.circles.views.mine import mine
from kith.web.circles.views.pairing import answer_pair, listened, listening, pair, where_of_pair

__all__ = [
    "answer_pair",
    "asked",
    "circle",
    "listened",
    "listening",
    "mine",
    "pair",
    "where_of_pair",
]
