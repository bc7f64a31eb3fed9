"""What changes about circles: people are asked, answer, sit, and move on."""

from kith.web.circles.actions.answering import (
    OverError,
    answer,
    begin_if_enough,
    forget_unanswered,
)
from kith.web.circles.actions.forming import form_circles

__all__ = ["OverError", "answer", "begin_if_enough", "forget_unanswered", "form_circles"]
