"""Refuse what is tried too often from one place, or by one person."""

import hashlib
import hmac
from datetime import timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.people.choices import Tried
from kith.web.people.models import Attempt

# How often, and within which time: room for a house that shares one address, none for a machine.
MOST = {
    Tried.JOIN: (20, timedelta(hours=1)),
    Tried.ENTER: (20, timedelta(minutes=10)),
    Tried.REPORT: (10, timedelta(hours=1)),
    Tried.MESSAGE: (30, timedelta(hours=1)),
    Tried.MAIL: (5, timedelta(days=1)),
}
_KEPT = timedelta(days=1)


class TooManyTriesError(RefusalError):
    """It was tried too often from there."""


@transaction.atomic
def count(what: Tried, *, whence: str) -> None:
    """Count one try of `what` from `whence`: a network address, or the key of who is in.

    Raises:
        TooManyTriesError: If there were too many of late.
    """
    now = timezone.now()
    most, within = MOST[what]
    digest = hmac.digest(settings.SECRET_KEY.encode(), whence.encode(), hashlib.sha256)[:16]
    Attempt.objects.filter(at__lt=now - _KEPT).delete()
    if Attempt.objects.filter(what=what, whence=digest, at__gt=now - within).count() >= most:
        raise TooManyTriesError(
            _(
                "That was tried too often from here. Wait a while, then try again. The lines are open."
            )
        )
    Attempt.objects.create(what=what, whence=digest, at=now)
