"""What the arm that was drawn for somebody switches, and for whom a feature waits."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.utils import timezone

from kith.web.kit.features import MAY_WAIT
from kith.web.study import access
from kith.web.study.bridge.document import plan_of, waits
from kith.web.study.models import Assignment


def arm_features(person: UUID) -> dict[str, Any]:
    """Return what the arms of `person` switch; nothing for whoever lets no coin be tossed."""
    found: dict[str, Any] = {}
    for drawn in access.drawn_in_open_studies().filter(person=person):
        found |= _features(drawn)
    return found


def who_waits_for(feature: str) -> frozenset[UUID]:
    """Return the keys of those whose arm keeps `feature` back for now."""
    if feature not in MAY_WAIT:
        return frozenset()
    drawn = access.drawn_in_open_studies()
    return frozenset(one.person_id for one in drawn if _waits(one, feature))


def _features(drawn: Assignment) -> dict[str, Any]:
    arm = plan_of(drawn.study).arm(drawn.arm)
    return dict(arm.features) if arm else {}


def _waits(drawn: Assignment, feature: str) -> bool:
    weeks = waits(_features(drawn).get(feature))
    if weeks is None:
        return False
    return weeks == 0 or timezone.now() < drawn.drawn_at + timedelta(weeks=weeks)
