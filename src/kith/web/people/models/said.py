"""What somebody said of themselves: one row for each thing, sealed, and gone when it is unsaid."""

from collections.abc import Callable, Iterable
from typing import Any, ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit.languages import language_name
from kith.web.kit.practices import PRACTICES
from kith.web.kit.sealed import SealedJSONField
from kith.web.people.choices import (
    ALWAYS_PRIVATE,
    PERMITS,
    Gift,
    ShownTo,
    Space,
    Steadiness,
    Topic,
)
from kith.web.people.choices.week import said_week, unpacked
from kith.web.people.models.cell import Cell
from kith.web.people.models.person import Person


class Said(models.Model):
    """One thing that somebody said of themselves. What is not said has no row.

    What `value` holds: a list of codes (languages, practices, spaces); codes and words (gives,
    receives); words (living with, role); a row and a column (home); a packed week and the zone of
    its clock (hours); a code (steadiness); true (what others may do).
    """

    person = models.ForeignKey(Person, models.CASCADE, related_name="said")
    topic = models.CharField(_("about"), max_length=17, choices=Topic)
    value: Any = SealedJSONField(_("what I said"))
    shown_to = models.CharField(_("who sees it"), max_length=6, choices=ShownTo, default=ShownTo.ME)

    class Meta:
        ordering = ("pk",)
        verbose_name = _("what I said of myself")
        verbose_name_plural = _("what I said of myself")
        constraints: ClassVar = [
            models.UniqueConstraint(fields=("person", "topic"), name="said_once"),
            models.CheckConstraint(
                condition=~Q(topic__in=ALWAYS_PRIVATE) | Q(shown_to=ShownTo.ME),
                name="said_stays_private",
            ),
        ]

    @override
    def __str__(self) -> str:
        return str(self.get_topic_display())

    def get_value_display(self) -> str:
        """Return what was said in words, for pages and for who takes it with them."""
        topic, value = Topic(self.topic), self.value
        if topic in PERMITS:
            return gettext("yes")
        if topic in (Topic.LIVING_WITH, Topic.ROLE):
            return str(value)
        if topic in (Topic.GIVES, Topic.RECEIVES):
            return _listed([*_named(value["codes"], dict(Gift.choices)), value["words"]])
        return _WORDS[topic](value)


def _listed(words: Iterable[str]) -> str:
    return ", ".join(filter(None, words))


def _named(codes: Iterable[str], names: dict[Any, Any]) -> list[str]:
    """Return the words for `codes`; a list may lose a code that somebody once chose."""
    return [str(names[code]) for code in codes if code in names]


def _said_cell(value: list[int]) -> str:
    latitude, longitude = Cell(*value).middle
    return gettext("a square of about 5 km around %(latitude).3f, %(longitude).3f") % {
        "latitude": latitude,
        "longitude": longitude,
    }


def _said_hours(value: dict[str, str]) -> str:
    return gettext("%(hours)s (clock of %(zone)s)") % {
        "hours": said_week(unpacked(value["week"])),
        "zone": value["zone"].rpartition("/")[2].replace("_", " "),
    }


_WORDS: dict[Topic, Callable[[Any], str]] = {
    Topic.LANGUAGES: lambda codes: _listed(map(language_name, codes)),
    Topic.HOME: _said_cell,
    Topic.HOURS: _said_hours,
    Topic.PRACTICES: lambda codes: _listed(_named(codes, PRACTICES)),
    Topic.SPACES: lambda codes: _listed(_named(codes, dict(Space.choices))),
    Topic.STEADINESS: lambda code: str(Steadiness(code).label),
}
