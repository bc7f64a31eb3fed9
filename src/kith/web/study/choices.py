"""The closed lists of studies, and the four questions of a moment."""

from datetime import timedelta
from typing import Any, Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop, pgettext_lazy

# No person is asked more often than this on one day, by all studies together.
PROMPTS_A_DAY: Final = 5
# So long a check-in waits, unless the study says otherwise.
EXPIRES_AFTER: Final = timedelta(minutes=60)
# The longer questions can be answered for a week.
LONGER_WAIT: Final = timedelta(days=7)
# What a device kept while there was no internet is taken until so long after it was asked.
SYNCED_WITHIN: Final = timedelta(days=28)
# The clock of a device may be wrong by so much.
CLOCK_SLACK: Final = timedelta(minutes=5)
# At these words of the pull and beyond, the page shows where a voice is.
STRONG_FROM: Final = 3
PULL: Final = "pull"
MOMENT: Final = "moment"


class State(models.TextChoices):
    """How far a study is."""

    DRAFT = "draft", _("being written")
    OPEN = "open", _("locked, and open to people")
    CLOSED = "closed", _("closed: the data is final")


class Part(models.TextChoices):
    """The four things somebody may say yes to, each by itself."""

    ANSWERS = "answers", _("Use my answers in the study")
    DRAW = "draw", _("Toss the coin for me")
    TIES = "ties", _("Count who met whom, without names")
    SHARE = "share", _("Share with other researchers later")


class Unit(models.TextChoices):
    """What dice are thrown for."""

    PEOPLE = "people", _("people")
    DECISIONS = "decisions", _("single moments")


class Skipped(models.TextChoices):
    """Why a question has no answer."""

    PASSED = "passed", pgettext_lazy("a question", "passed over")


def _item(key: str, asks: str, *words: str) -> dict[str, Any]:
    return {"key": key, "asks": asks, "words": list(words)}


# A check-in of a moment: four taps, under twenty seconds. Words stand for 0, 1, 2 ...
MOMENT_ITEMS: Final = (
    _item(
        "close", gettext_noop("How close do you feel to people?"),
        gettext_noop("far away"), gettext_noop("a bit apart"), gettext_noop("in between"),
        gettext_noop("close"), gettext_noop("very close"),
    ),
    _item(
        PULL, gettext_noop("How strong is the pull to use?"),
        gettext_noop("none"), gettext_noop("faint"), gettext_noop("there"),
        gettext_noop("strong"), gettext_noop("very strong"),
    ),
    _item(
        "restless", gettext_noop("How restless or on edge are you?"),
        gettext_noop("not at all"), gettext_noop("a little"), gettext_noop("some"),
        gettext_noop("quite"), gettext_noop("very"),
    ),
    _item(
        "around", gettext_noop("Who was around in the last hour?"),
        gettext_noop("nobody"), gettext_noop("strangers"), gettext_noop("people I know"),
        gettext_noop("someone close"),
    ),
)  # fmt: skip
