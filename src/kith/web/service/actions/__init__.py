"""What changes about asks and offers: said, taken up, agreed, thanked for, over."""

from kith.web.service.actions.agreeing import (
    TOLD,
    answer,
    go,
    part,
    pause,
    take_up,
    thank,
    too_late_path,
)
from kith.web.service.actions.ending import hide, look_after, step_back
from kith.web.service.actions.inviting import invite, wave_away
from kith.web.service.actions.refusals import (
    ContactError,
    EnoughError,
    FirstMeetingError,
    LendingError,
    MoneyError,
    TakenError,
    TooEarlyError,
)
from kith.web.service.actions.saying import Draft, say

__all__ = [
    "TOLD",
    "ContactError",
    "Draft",
    "EnoughError",
    "FirstMeetingError",
    "LendingError",
    "MoneyError",
    "TakenError",
    "TooEarlyError",
    "answer",
    "go",
    "hide",
    "invite",
    "look_after",
    "part",
    "pause",
    "say",
    "step_back",
    "take_up",
    "thank",
    "too_late_path",
    "wave_away",
]
