"""What was to be known, and when it was sent, is gone after thirty days."""

from datetime import datetime

from django.db import transaction

from kith.web.notices.models import KEPT_FOR, Delivery, Notice, Nudge


@transaction.atomic
def forget_old(*, at: datetime) -> None:
    """Delete what is older than notices are kept, seen or not."""
    before = at - KEPT_FOR
    Notice.objects.filter(made_at__lte=before).delete()
    Nudge.objects.filter(made_at__lte=before).delete()
    Delivery.objects.filter(made_at__lte=before).delete()
