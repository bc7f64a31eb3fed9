"""Pages by which somebody says how they want to be told, and that they have seen something."""

from kith.web.notices.views.letters import confirm, stop
from kith.web.notices.views.own import (
    choose_pace,
    drop_address,
    drop_subscription,
    give_address,
    notices,
    seen,
    subscribe,
)

__all__ = [
    "choose_pace",
    "confirm",
    "drop_address",
    "drop_subscription",
    "give_address",
    "notices",
    "seen",
    "stop",
    "subscribe",
]
