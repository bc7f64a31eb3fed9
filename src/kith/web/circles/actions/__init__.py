"""What changes about circles: people wish, are asked, answer, sit, and move on."""

from kith.web.circles.actions.answering import (
    OverError,
    answer,
    begin_if_enough,
    forget_unanswered,
)
from kith.web.circles.actions.apart import keep_apart, let_go, put_first
from kith.web.circles.actions.arcs import (
    NotAskedError,
    close,
    close_if_over,
    say_goes_on,
    settle_arc,
    would_close,
)
from kith.web.circles.actions.evenings import (
    NoEveningError,
    bring,
    call_it,
    meet_after_all,
    meet_at,
    say_comes,
    say_was_there,
    still_mine,
    take_week_off,
)
from kith.web.circles.actions.favors import (
    EnoughError,
    TakenError,
    do,
    fade_favors,
    say_favor,
    take_favor_back,
    take_up,
)
from kith.web.circles.actions.forming import form_circles, form_if_due
from kith.web.circles.actions.leaving import (
    close_if_empty,
    come_back,
    farewell_of,
    leave,
    look_on,
    stay,
    take_weeks_off,
)
from kith.web.circles.actions.looking import look_after
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
from kith.web.circles.actions.parting import part
from kith.web.circles.actions.rooms import suggested_room
from kith.web.circles.actions.telling import paths_of
from kith.web.circles.actions.weeks import say_hard_week, take_back_hard_week
from kith.web.circles.actions.wishing import (
    Wished,
    rest_wish,
    take_back_wish,
    wake_wish,
    wish,
)

__all__ = [
    "EnoughError",
    "NoEveningError",
    "NoPlaceError",
    "NoRoomsError",
    "NotAskedError",
    "OverError",
    "TakenError",
    "TooEarlyError",
    "TooLateError",
    "Wished",
    "answer",
    "answer_pair",
    "begin_if_enough",
    "bring",
    "call_it",
    "close",
    "close_if_empty",
    "close_if_over",
    "come_back",
    "do",
    "fade_favors",
    "farewell_of",
    "forget_unanswered",
    "form_circles",
    "form_if_due",
    "form_pairs",
    "keep_apart",
    "leave",
    "let_go",
    "look_after",
    "look_on",
    "make_room",
    "meet_after_all",
    "meet_at",
    "part",
    "part_pair",
    "paths_of",
    "put_first",
    "rest_wish",
    "say_comes",
    "say_favor",
    "say_goes_on",
    "say_hard_week",
    "say_listened",
    "say_was_there",
    "say_where",
    "settle_arc",
    "stay",
    "still_mine",
    "suggested_room",
    "take_back_hard_week",
    "take_back_wish",
    "take_favor_back",
    "take_up",
    "take_week_off",
    "take_weeks_off",
    "wake_wish",
    "wish",
    "would_close",
]
