"""What ends by itself, and what no push service was told of."""

from datetime import datetime
from typing import Final
from uuid import UUID

from django.db.models import (
    QuerySet,
)

from kith.web.kit import prepared
from kith.web.kit.prepared import Prepared
from kith.web.reach.choices import RingState, State
from kith.web.reach.models import Reach, Ring


def to_settle(*, at: datetime) -> QuerySet[Reach]:
    """Return the reaches that ring and whose time is over."""
    return Reach.objects.filter(state=State.RINGING, rings_until__lte=at).select_related("person")


def to_push(*, at: datetime) -> list[tuple[int, UUID, str]]:
    """Return number, person and token of the rings that no push service has been told of.

    The first of every reach come before all second ones, and the earlier before the later.
    """
    return _TO_PUSH.ask(now=at)


_TO_PUSH: Final = Prepared(
    lambda: (
        Ring.objects.filter(pushed_at=None, state=RingState.RINGS, until__gt=prepared.now())
        .order_by("turn", "rung_at", "pk")
        .values_list("pk", "person_id", "token")
    )
)
