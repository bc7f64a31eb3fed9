"""What changes in reach: the lines that kith ships, who is rung, and what comes of it."""

from kith.web.reach.actions.answering import OverError, TakenError, answer, decline
from kith.web.reach.actions.asking import (
    NobodyToAskError,
    ask_not,
    ask_the_circle,
    ask_to_sit,
)
from kith.web.reach.actions.balancing import balance_all
from kith.web.reach.actions.closing import say_after
from kith.web.reach.actions.forgetting import forget_old
from kith.web.reach.actions.letting import changed, let, let_not, rest, take_turns
from kith.web.reach.actions.lines import Refreshed, refresh_lines
from kith.web.reach.actions.opening import ClosedError, walk_in
from kith.web.reach.actions.pushing import Ringer, keep_ringing
from kith.web.reach.actions.ringing import reach, ring_others
from kith.web.reach.actions.settling import end_calls, go_on, settle, settle_all, stop
from kith.web.reach.actions.staying import (
    Agreed,
    StaysAlreadyError,
    am_here,
    ask_to_stay,
    end_company,
    forget_company,
    stay,
)

__all__ = [
    "Agreed",
    "ClosedError",
    "NobodyToAskError",
    "OverError",
    "Refreshed",
    "Ringer",
    "StaysAlreadyError",
    "TakenError",
    "am_here",
    "answer",
    "ask_not",
    "ask_the_circle",
    "ask_to_sit",
    "ask_to_stay",
    "balance_all",
    "changed",
    "decline",
    "end_calls",
    "end_company",
    "forget_company",
    "forget_old",
    "go_on",
    "keep_ringing",
    "let",
    "let_not",
    "reach",
    "refresh_lines",
    "rest",
    "ring_others",
    "say_after",
    "settle",
    "settle_all",
    "stay",
    "stop",
    "take_turns",
    "walk_in",
]
