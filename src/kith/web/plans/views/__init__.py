"""The pages of plans."""

from kith.web.plans.views.asking import ask, asked, openness, step_back, take_out, thanks
from kith.web.plans.views.planning import change, drop, mine, new, paper, practise, still

__all__ = [
    "ask",
    "asked",
    "change",
    "drop",
    "mine",
    "new",
    "openness",
    "paper",
    "practise",
    "step_back",
    "still",
    "take_out",
    "thanks",
]
