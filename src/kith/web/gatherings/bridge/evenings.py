"""What somebody means to come to, in the order in which it happens."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from kith.web.gatherings.bridge import hours
from kith.web.gatherings.bridge.meetings import Meeting, held_lately, meetings_of
from kith.web.gatherings.choices import Answer, Mode
from kith.web.gatherings.models import Coming, Gathering, Intent, Occasion

# Farther ahead than this it is not yet on anybody's mind.
_AHEAD = timedelta(days=14)
_LATELY = timedelta(hours=60)
_DATES_LOOKED_AT = 15


@dataclass(frozen=True, slots=True)
class Evening:
    """One time that somebody means to come, or may."""

    gathering: Gathering
    meeting: Meeting
    said: Intent

    @property
    def is_sure(self) -> bool:
        """Whether they said more than maybe."""
        return self.said.answer == Answer.COME


@dataclass(frozen=True, slots=True)
class Past:
    """One time of late that somebody meant to come."""

    gathering: Gathering
    on: date


def evenings_of(
    comings: Iterable[Coming],
    occasions: Mapping[int, Sequence[Occasion]],
    *,
    zone: str,
    now: datetime,
) -> list[Evening]:
    """Return when the person of `comings` means to come within two weeks, the soonest first."""
    found = []
    for gathering, rows in _by_gathering(comings):
        own = gathering.timezone if gathering.mode == Mode.IN_PERSON else zone
        ahead = meetings_of(
            gathering,
            occasions.get(gathering.pk, ()),
            zone=hours.zone_named(own) or gathering.timezone,
            now=now,
            most=_DATES_LOOKED_AT,
            within=_AHEAD,
        )
        for meeting in ahead:
            said = Intent.of(rows, meeting.on)
            if said.is_coming:
                found.append(Evening(gathering, meeting, said))
    return sorted(found, key=lambda evening: evening.meeting.begins)


def just_past(
    comings: Iterable[Coming], occasions: Mapping[int, Sequence[Occasion]], *, now: datetime
) -> list[Past]:
    """Return when of late the person of `comings` meant to come and has not said if they did."""
    found = []
    known = list(comings)
    answered = {(c.gathering_id, c.on) for c in known if c.was_there is not None}
    for gathering, rows in _by_gathering(known):
        held = held_lately(gathering, occasions.get(gathering.pk, ()), now=now, within=_LATELY)
        for on, _minutes in held:
            if Intent.of(rows, on).is_coming and (gathering.pk, on) not in answered:
                found.append(Past(gathering, on))
    return found


def _by_gathering(comings: Iterable[Coming]) -> Iterable[tuple[Gathering, list[Coming]]]:
    found: dict[int, tuple[Gathering, list[Coming]]] = {}
    for coming in comings:
        found.setdefault(coming.gathering_id, (coming.gathering, []))[1].append(coming)
    return found.values()
