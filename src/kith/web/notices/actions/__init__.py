"""What changes about notices: somebody is told, has seen it, and says by what ways and how often."""

from kith.web.notices.actions.delivering import Sending, send_due
from kith.web.notices.actions.forgetting import forget_old
from kith.web.notices.actions.pacing import choose_pace, keep_language
from kith.web.notices.actions.telling import (
    Words,
    said_in,
    saw,
    saw_page,
    take_back,
    tell,
    tell_stewards,
    told,
)
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
    "Words",
    "choose_pace",
    "confirm_address",
    "drop_address",
    "drop_subscription",
    "forget_old",
    "give_address",
    "keep_language",
    "said_in",
    "saw",
    "saw_page",
    "send_due",
    "subscribe",
    "take_back",
    "tell",
    "tell_stewards",
    "told",
]
