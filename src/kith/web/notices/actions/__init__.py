"""What changes about notices: somebody is told, has seen it, and says by what ways and how often."""

from kith.web.notices.actions.delivering import Sending, send_due
from kith.web.notices.actions.forgetting import forget_old
from kith.web.notices.actions.pacing import choose_pace
from kith.web.notices.actions.telling import saw, saw_page, tell, told
from kith.web.notices.actions.ways import (
    BadSubscriptionError,
    confirm_address,
    drop_address,
    drop_subscription,
    give_address,
    subscribe,
)

__all__ = [
    "BadSubscriptionError",
    "Sending",
    "choose_pace",
    "confirm_address",
    "drop_address",
    "drop_subscription",
    "forget_old",
    "give_address",
    "saw",
    "saw_page",
    "send_due",
    "subscribe",
    "tell",
    "told",
]
