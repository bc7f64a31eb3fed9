"""What studies answer."""

from kith.web.study.views.checking_in import check_in, fewer, not_now, thanks
from kith.web.study.views.taking_part import choose, mine, no, stop, studies, study, take_back

__all__ = [
    "check_in",
    "choose",
    "fewer",
    "mine",
    "no",
    "not_now",
    "stop",
    "studies",
    "study",
    "take_back",
    "thanks",
]
