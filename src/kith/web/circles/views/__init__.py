"""The pages of circles and pairs."""

from kith.web.circles.views.asked import asked
from kith.web.circles.views.circle import circle, door, seated
from kith.web.circles.views.circle_forms import (
    another,
    ask,
    away,
    bring,
    close,
    hard,
    leave,
    name,
    off,
    where,
)
from kith.web.circles.views.circle_taps import (
    coming,
    favor_back,
    favor_done,
    favor_taken,
    goes_on,
    meets,
    still,
    was_there,
)
from kith.web.circles.views.mine import mine, rest_wish, take_back_wish, wake_wish
from kith.web.circles.views.pairing import (
    answer_pair,
    listened,
    listening,
    pair,
    room_of_pair,
    where_of_pair,
)
from kith.web.circles.views.wishing import wish

__all__ = [
    "another",
    "answer_pair",
    "ask",
    "asked",
    "away",
    "bring",
    "circle",
    "close",
    "coming",
    "door",
    "favor_back",
    "favor_done",
    "favor_taken",
    "goes_on",
    "hard",
    "leave",
    "listened",
    "listening",
    "meets",
    "mine",
    "name",
    "off",
    "pair",
    "rest_wish",
    "room_of_pair",
    "seated",
    "still",
    "take_back_wish",
    "wake_wish",
    "was_there",
    "where",
    "where_of_pair",
    "wish",
]
