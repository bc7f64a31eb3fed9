"""What people do with plans."""

from kith.web.plans.actions.asking import (
    FullError,
    NoWayError,
    OverError,
    answer,
    ask,
    choose_who_may_ask,
    note_calls,
    path_of,
    step_back,
    take_out,
)
from kith.web.plans.actions.parting import part
from kith.web.plans.actions.planning import (
    Chosen,
    EnoughError,
    drop,
    keep,
    note_reached,
    nudge,
    practise,
    still_right,
)

__all__ = [
    "Chosen",
    "EnoughError",
    "FullError",
    "NoWayError",
    "OverError",
    "answer",
    "ask",
    "choose_who_may_ask",
    "drop",
    "keep",
    "note_calls",
    "note_reached",
    "nudge",
    "part",
    "path_of",
    "practise",
    "step_back",
    "still_right",
    "take_out",
]
