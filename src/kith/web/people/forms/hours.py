"""The hours of a week: parts of days, ticked; or half-hours, painted."""

from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.dates import WEEKDAYS, WEEKDAYS_ABBR
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.people.choices import Topic
from kith.web.people.choices import week as weeks
from kith.web.people.forms.about import ShownForm
from kith.web.people.models import Said


@dataclass(frozen=True, slots=True)
class Box:
    """One part of one day: whether there is time in it, and whether only in some of it."""

    value: str
    day: Any
    is_ticked: bool
    is_some: bool


@dataclass(frozen=True, slots=True)
class PartRow:
    """One part of the day, through the week."""

    part: str
    words: Any
    begins: int
    ends: int
    from_: str
    to: str
    boxes: tuple[Box, ...]


def _box(day: int, part: str, week: weeks.Week) -> Box:
    halves = weeks.part_of_day(day, part)
    inside = halves & week
    return Box(f"{day}-{part}", WEEKDAYS[day], bool(inside), bool(inside) and inside != halves)


class HoursForm(ShownForm):
    """Hours in a week: parts of days, ticked; or half-hours, painted where JavaScript runs."""

    topics = (Topic.HOURS,)
    week = forms.CharField(required=False)
    is_painted = forms.BooleanField(required=False)
    part = forms.MultipleChoiceField(
        choices=[(f"{day}-{part}", "") for day in range(7) for part in weeks.PARTS],
        required=False,
    )

    @classmethod
    @override
    def fields_of(cls, said: Said) -> dict[str, Any]:
        """Return the week that was painted."""
        return {"week": said.value["week"]}

    @property
    def days(self) -> list[tuple[Any, Any]]:
        """The days of the week, and what they are called for short."""
        return list(zip(WEEKDAYS.values(), WEEKDAYS_ABBR.values(), strict=True))

    @property
    def rows(self) -> list[PartRow]:
        """Each part of the day, with a box for each day."""
        try:
            week = weeks.unpacked(self["week"].value() or weeks.packed(()))
        except ValueError:
            week = frozenset()
        return [
            PartRow(
                part, words, begins, ends,
                weeks.said_clock(begins), weeks.said_clock(ends),
                tuple(_box(day, part, week) for day in range(7)),
            )
            for part, (words, begins, ends) in weeks.PARTS.items()
        ]  # fmt: skip

    @property
    def clocks(self) -> list[str]:
        """When each half-hour of a day begins, in words."""
        return [weeks.said_clock(half) for half in range(weeks.PER_DAY)]

    def clean_week(self) -> weeks.Week:
        """Return the half-hours that were there, or are painted now."""
        try:
            return weeks.unpacked(self.cleaned_data["week"] or weeks.packed(()))
        except ValueError as error:
            raise forms.ValidationError(
                _("These hours did not arrive whole. Try again.")
            ) from error

    @property
    @override
    def said(self) -> dict[Topic, Any]:
        """The week, without the zone of its clock, which the browser knows."""
        return {Topic.HOURS: {"week": weeks.packed(self.hours)} if self.hours else None}

    @property
    def hours(self) -> weeks.Week:
        """The half-hours that are chosen.

        A part that is ticked and was begun stays as it was painted: a tick says only that there
        is time in it.
        """
        before: weeks.Week = self.cleaned_data["week"]
        if self.cleaned_data["is_painted"]:
            return before
        parts = [_halves(code) for code in self.cleaned_data["part"]]
        return frozenset().union(*(part & before or part for part in parts))


def _halves(code: str) -> weeks.Week:
    day, part = code.split("-")
    return weeks.part_of_day(int(day), part)
