"""The pages of reach."""

from kith.web.reach.views.answering import answer, not_now, rings, rung
from kith.web.reach.views.asking import (
    after,
    afterwards,
    ask,
    ask_circle,
    ask_not,
    go_on,
    left,
    reach,
    ring,
    state,
    stop,
    walk_in,
)
from kith.web.reach.views.letting import turns, willing, willing_not, willing_rest
from kith.web.reach.views.lines import now, offline, worker
from kith.web.reach.views.staying import (
    company,
    company_end,
    company_here,
    company_was,
    company_yes,
    stay_with_me,
)

__all__ = [
    "after",
    "afterwards",
    "answer",
    "ask",
    "ask_circle",
    "ask_not",
    "company",
    "company_end",
    "company_here",
    "company_was",
    "company_yes",
    "go_on",
    "left",
    "not_now",
    "now",
    "offline",
    "reach",
    "ring",
    "rings",
    "rung",
    "state",
    "stay_with_me",
    "stop",
    "turns",
    "walk_in",
    "willing",
    "willing_not",
    "willing_rest",
    "worker",
]
