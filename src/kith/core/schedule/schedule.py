"""What has to be known to say when a gathering meets."""

from dataclasses import dataclass
from datetime import date, datetime, time


@dataclass(frozen=True, slots=True)
class Dated:
    """One date that the rule does not give: added, moved or called off.

    Args:
        starts: Local start; with `called_off`, the start it would have had.
        timezone: IANA name; a tour has another one in every city.
        duration_minutes: None if the schedule's own length holds.
        replaces: The local date of the rule that this stands for, if it stands for one.
        called_off: Nobody meets; the date is still shown, so that nobody travels in vain.
        place: The key of a place other than the series' own, or "".
        note: A few words for those who come.
    """

    starts: datetime
    timezone: str
    duration_minutes: int | None = None
    replaces: date | None = None
    called_off: bool = False
    place: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a series meets, in its own local time.

    Args:
        timezone: IANA name.
        start: Local clock time, or None if people arrange it among themselves.
        duration_minutes: None if nobody said how long.
        rule: RFC 5545 RRULE value in `canonical_rule`'s form, or "" if only `dated` holds.
        first_on: The first local date, or None if the rule has simply always held.
        except_on: Local dates of the rule on which nobody meets.
        dated: Dates the rule does not give.
    """

    timezone: str
    start: time | None = None
    duration_minutes: int | None = None
    rule: str = ""
    first_on: date | None = None
    except_on: tuple[date, ...] = ()
    dated: tuple[Dated, ...] = ()

    @property
    def is_by_arrangement(self) -> bool:
        """Whether no time is fixed at all."""
        return not self.rule and not self.dated
