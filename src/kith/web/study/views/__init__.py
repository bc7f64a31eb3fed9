"""What studies answer."""

from kith.web.study.views.checking_in import ahead, check_in, fewer, not_now, seen, thanks
from kith.web.study.views.reports import report
from kith.web.study.views.suggested import seen_suggestion, suggestion, wave_away
from kith.web.study.views.taking_part import choose, mine, no, stop, studies, study, take_back

__all__ = [
    "ahead",
    "check_in",
    "choose",
    "fewer",
    "mine",
    "no",
    "not_now",
    "report",
    "seen",
    "seen_suggestion",
    "stop",
    "studies",
    "study",
    "suggestion",
    "take_back",
    "thanks",
    "wave_away",
]
