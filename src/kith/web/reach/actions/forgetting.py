"""After eight days nobody can tell any more who was rung, or by whom."""

from datetime import datetime

from kith.web.reach.choices import RINGS_KEPT
from kith.web.reach.models import Reach


def forget_old(*, at: datetime) -> int:
    """Forget reaches and their rings that limits need no more; return how many rows that were."""
    return Reach.objects.filter(started_at__lt=at - RINGS_KEPT).delete()[0]
