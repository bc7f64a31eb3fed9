"""What changes about circles: people wish, are asked, answer, sit, and move on."""

from kith.web.circles.actions.answering import (
    OverError,
    answer,
    begin_if_enough,
    forget_unanswered,
)
from kith.web.circles.actions.apart import keep_apart, let_go, put_first
from kith.web.circles.actions.forming import form_circles, form_if_due
from kith.web.circles.actions.wishing import (
    Wished,
    rest_wish,
    take_back_wish,
    wake_wish,
    wish,
)

__all__ = [
    "OverError",
    "Wished",
    "answer",
    "begin_if_enough",
    "forget_unanswered",
    "form_circles",
    "form_if_due",
    "keep_apart",
    "let_go",
    "put_first",
    "rest_wish",
    "take_back_wish",
    "wake_wish",
    "wish",
]
