"""Days and times of circles in the words people use."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from django.utils.dates import WEEKDAYS
from django.utils.formats import date_format
from django.utils.translation import get_language, gettext, pgettext
from django.utils.translation import gettext_lazy as _

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


def said_time(at: time) -> str:
    """Return a time on one line: "7:30 pm", or "19:30" where people say so."""
    if not (get_language() or "en").startswith("en"):
        return f"{at.hour}:{at.minute:02d}"
    if (at.hour, at.minute) == (12, 0):
        return " ".join(("12", pgettext("12 o'clock at midday", "noon")))
    if (at.hour, at.minute) == (0, 0):
        return " ".join(("12", pgettext("12 o'clock at night", "midnight")))
    past = f":{at.minute:02d}" if at.minute else ""
    return f"{at.hour % 12 or 12}{past} {'am' if at.hour < 12 else 'pm'}"


def said_minute(at: time) -> str:
    """Return a time as it stands at the edge of a list: "7:15"."""
    is_english = (get_language() or "en").startswith("en")
    hour = at.hour % 12 or 12 if is_english else at.hour
    return f"{hour}:{at.minute:02d}"


def said_day(day: date, today: date) -> str:
    """Return a day as people call it: "Today", "Tomorrow", "Thursday", "Thursday 3 December"."""
    ahead = (day - today).days
    if ahead == 0:
        return gettext("Today")
    if ahead == 1:
        return gettext("Tomorrow")
    weekday = str(WEEKDAYS[day.weekday()])
    return weekday if 1 < ahead < 7 else date_format(day, gettext("l j F"))


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
