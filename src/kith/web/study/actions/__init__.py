"""What changes about studies: locked, joined, asked, answered, taken back."""

from kith.web.study.actions.answering import (
    LateError,
    answer,
    fewer,
    pass_over,
    see,
)
from kith.web.study.actions.asking import deliver, plan_day
from kith.web.study.actions.joining import (
    Said,
    Told,
    TooYoungError,
    age_asked,
    check_age,
    join,
    refuse_all,
    stop,
    take_back,
)
from kith.web.study.actions.reports import NotClosedError, publish, refuse_open, take_down
from kith.web.study.actions.studies import (
    LockedError,
    NotReadyError,
    close,
    edit_survey,
    lock,
    put_in,
)
from kith.web.study.actions.suggesting import (
    decide,
    see_suggestion,
    suggest,
    wave_away,
)

__all__ = [
    "LateError",
    "LockedError",
    "NotClosedError",
    "NotReadyError",
    "Said",
    "Told",
    "TooYoungError",
    "age_asked",
    "answer",
    "check_age",
    "close",
    "decide",
    "deliver",
    "edit_survey",
    "fewer",
    "join",
    "lock",
    "pass_over",
    "plan_day",
    "publish",
    "put_in",
    "refuse_all",
    "refuse_open",
    "see",
    "see_suggestion",
    "stop",
    "suggest",
    "take_back",
    "take_down",
    "wave_away",
]
