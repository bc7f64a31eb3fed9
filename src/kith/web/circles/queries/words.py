"""Days and times of circles in the words people use."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.web.kit.times import said_day, said_time

_EVENING_FROM: Final = 17
# From Monday, whole, since languages bend the name of the day each in its own way.
NAMES: Final = (
    _("The Monday circle"), _("The Tuesday circle"), _("The Wednesday circle"),
    _("The Thursday circle"), _("The Friday circle"), _("The Saturday circle"),
    _("The Sunday circle"),
)  # fmt: skip
WEEKLY: Final = (
    _("Mondays at %(time)s"), _("Tuesdays at %(time)s"), _("Wednesdays at %(time)s"),
    _("Thursdays at %(time)s"), _("Fridays at %(time)s"), _("Saturdays at %(time)s"),
    _("Sundays at %(time)s"),
)  # fmt: skip


def is_tonight(moment: datetime, now: datetime) -> bool:
    """Return whether `moment` is this evening, both by the same clock."""
    return moment.date() == now.date() and moment.hour >= _EVENING_FROM


def said_moment(moment: datetime, now: datetime) -> str:
    """Return when something is: "Tonight, 7 pm"."""
    day = gettext("Tonight") if is_tonight(moment, now) else said_day(moment.date(), now.date())
    return gettext("%(day)s, %(time)s") % {"day": day, "time": said_time(moment.time())}


def said_weekly(moment: datetime) -> str:
    """Return when something is every week: "Thursdays at 7 pm"."""
    return str(WEEKLY[moment.weekday()]) % {"time": said_time(moment.time())}


def named(weekday: int) -> str:
    """Return what a circle is called that has chosen no name yet."""
    return str(NAMES[weekday])


def joined(names: Sequence[str]) -> str:
    """Return names as people say them: "Ruth, Kofi and Teo"."""
    if len(names) < 2:
        return "".join(names)
    return gettext("%(some)s and %(last)s") % {"some": ", ".join(names[:-1]), "last": names[-1]}
