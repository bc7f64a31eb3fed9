"""What was to be known, and when it was sent, is gone after thirty days; some of it sooner."""

from datetime import datetime

from django.db import transaction

from kith.web.notices.access import CONFIRM_WITHIN
from kith.web.notices.models import KEPT_FOR, Delivery, EmailAddress, Notice, Nudge


@transaction.atomic
def forget_old(*, at: datetime) -> None:
    """Delete what is older than notices are kept, seen or not, and addresses nobody confirmed."""
    before = at - KEPT_FOR
    Notice.objects.filter(made_at__lte=before).delete()
    Nudge.objects.filter(made_at__lte=before).delete()
    Delivery.objects.filter(made_at__lte=before).delete()
    # It may be a stranger's.
    unsure = EmailAddress.objects.filter(confirmed_at=None, given_at__lte=at - CONFIRM_WITHIN)
    unsure.delete()
