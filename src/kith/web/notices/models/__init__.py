"""What somebody is to know, how they wish to be told, and what was sent to tell them."""

from kith.web.notices.models.notice import KEPT_FOR, WORDS_MOST, Notice
from kith.web.notices.models.nudge import Delivery, Nudge
from kith.web.notices.models.pace import Pace
from kith.web.notices.models.way import EmailAddress, Subscription

__all__ = [
    "KEPT_FOR",
    "WORDS_MOST",
    "Delivery",
    "EmailAddress",
    "Notice",
    "Nudge",
    "Pace",
    "Subscription",
]
