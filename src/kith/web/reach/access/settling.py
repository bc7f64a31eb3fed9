"""What ends by itself, and what no push service was told of."""

from datetime import datetime
from typing import Final

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


def to_push(*, at: datetime, most: int) -> list[Ring]:
    """Return the rings that no push service has been told of, those of a reach's first before all."""
    return _TO_PUSH.ask(now=at)[:most]


_TO_PUSH: Final = Prepared(
    lambda: Ring.objects.filter(
        pushed_at=None, state=RingState.RINGS, until__gt=prepared.now()
    ).order_by("rung_at", "pk")
)
