"""How an evening goes, by the clock: never more than an offer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import Enum
from typing import Final

from django.utils.translation import gettext_lazy as _

from kith.web.kit.times import said_minute

_ROUND_TO: Final = 5


class Script(Enum):
    """Which evening it is."""

    FIRST = "first"
    ORDINARY = "ordinary"
    SIXTH = "sixth"
    CLOSING = "closing"


# Of each step, after what share of the evening it begins.
_STEPS: Final = {
    Script.FIRST: (
        (0, _("Tea. Say what you are called.")),
        (0.17, _("What brings you here, as much as you like. You may pass.")),
        (0.58, _("Agree on it: what is said here stays here.")),
        (0.67, _("Choose a name for the circle, and where you meet.")),
        (0.9, _("A minute of quiet.")),
    ),
    Script.ORDINARY: (
        (0, _("Tea. Who is here.")),
        (0.17, _("In twos and threes: one talks, the rest listen. Then swap.")),
        (0.78, _("One ask, one offer, each.")),
        (0.94, _("A minute of quiet.")),
    ),
    Script.SIXTH: (
        (0, _("Tea. Who is here.")),
        (0.17, _("In twos and threes: what has this been for you? Then swap.")),
        (0.58, _("Do we go on? Each says so on this page, when they are ready.")),
        (0.78, _("One ask, one offer, each.")),
        (0.94, _("A minute of quiet.")),
    ),
    Script.CLOSING: (
        (0, _("Tea. Who is here.")),
        (0.17, _("Each tells of one moment in this circle that stays with them.")),
        (0.58, _("Each says to the others what they wish them.")),
        (0.83, _("A minute of quiet. Then goodbye.")),
    ),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Step:
    """What comes when."""

    at: str
    words: str


def steps_of(script: Script, starts: datetime, minutes: int) -> list[Step]:
    """Return how such an evening goes that begins at local `starts` and takes `minutes`."""

    def when(share: float) -> str:
        past = round(share * minutes / _ROUND_TO) * _ROUND_TO
        return said_minute((starts + timedelta(minutes=past)).time())

    return [Step(when(share), str(words)) for share, words in _STEPS[script]]
