"""What changes about circles: people are asked, answer, sit, and move on."""

from kith.web.circles.actions.answering import (
    OverError,
    answer,
    begin_if_enough,
    forget_unanswered,
)
from kith.web.circles.actions.forming import form_circles
from kith.web.circles.actions.pairing import (
    NoPlaceError,
    NoRoomsError,
    TooEarlyError,
    TooLateError,
    answer_pair,
    form_pairs,
    make_room,
    part_pair,
    say_listened,
    say_where,
)

__all__ = [
    "NoPlaceError",
    "NoRoomsError",
    "OverError",
    "TooEarlyError",
    "TooLateError",
    "answer",
    "answer_pair",
    "begin_if_enough",
    "forget_unanswered",
    "form_circles",
    "form_pairs",
    "make_room",
    "part_pair",
    "say_listened",
    "say_where",
]
