"""What is due goes out, is tried again where nobody answered, and is given up after a day."""

import logging
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F
from django.utils import timezone

from kith.errors import RefusalError
from kith.web.kit import fetch
from kith.web.notices import queries
from kith.web.notices.actions.mailing import mail
from kith.web.notices.actions.nudging import nudge
from kith.web.notices.actions.pushing import LIMITS, push
from kith.web.notices.models import Delivery

log = logging.getLogger(__name__)

GIVEN_UP_AFTER: Final = timedelta(days=1)
# Four times as long after each try that failed, and six hours at most.
_FIRST_PAUSE: Final = timedelta(minutes=1)
_LONGEST_PAUSE: Final = timedelta(hours=6)
# The push service knows no such browser any more (RFC 8030, section 7.3).
_GONE: Final = frozenset({404, 410})


@dataclass(frozen=True, slots=True)
class Sending:
    """How near to home a push service may be, and by what we get there."""

    limits: fetch.Limits = LIMITS
    carrier: fetch.Carrier = field(default_factory=fetch.Carrier)


def send_due(*, at: datetime | None = None, sending: Sending | None = None) -> int:
    """Nudge whoever may be nudged now, make the deliveries that are due; return how many went."""
    now = at or timezone.now()
    for person in queries.people_to_nudge(at=now):
        nudge(person=person, at=now)
    due = queries.due_deliveries(at=now)
    return sum(deliver(number, at=now, sending=sending or Sending()) for number in due)


def deliver(number: int, *, at: datetime, sending: Sending) -> bool:
    """Make one delivery, unless another worker is at it; return whether it went."""
    mine = Delivery.objects.filter(pk=number, sent_at=None, next_try_at__lte=at)
    # Ours for now: who asks again before we are done finds it not due.
    if not mine.update(next_try_at=at + _FIRST_PAUSE, tries=F("tries") + 1):
        return False
    rows = Delivery.objects.select_related("nudge__person", "subscription", "email")
    delivery = rows.get(pk=number)
    if at - delivery.made_at > GIVEN_UP_AFTER or not queries.is_still_wanted(delivery, at=at):
        delivery.delete()
        return False
    return not _must_wait(delivery, at=at) and _made(delivery, at=at, sending=sending)


def _must_wait(delivery: Delivery, *, at: datetime) -> bool:
    """Return whether quiet hours began since; a question that somebody just asked for waits not."""
    if delivery.nudge is None or delivery.nudge.is_urgent:
        return False
    return queries.pace_of(delivery.nudge.person).is_quiet(at)


def _made(delivery: Delivery, *, at: datetime, sending: Sending) -> bool:
    # Neither whose it is nor where it goes may stand in a log.
    try:
        if delivery.email is not None:
            mail(delivery, delivery.email)
        elif delivery.subscription is not None and not _pushed(delivery, at=at, sending=sending):
            return False
    except (OSError, RefusalError) as error:
        log.warning("a notice did not get through (%s)", type(error).__name__)
        _wait_longer(delivery, at=at)
        return False
    delivery.sent_at = at
    delivery.save(update_fields=["sent_at"])
    return True


def _pushed(delivery: Delivery, *, at: datetime, sending: Sending) -> bool:
    subscription = delivery.subscription
    assert subscription is not None  # noqa: S101 - whoever calls has looked
    is_urgent = delivery.nudge is not None and delivery.nudge.is_urgent
    try:
        status = push(
            subscription, is_urgent=is_urgent, at=at, limits=sending.limits, carrier=sending.carrier
        )
    except fetch.NotAllowedError:
        status = 404
    if status in _GONE:
        subscription.delete()
        return False
    if not 200 <= status < 300:
        raise fetch.NoAnswerFromAddressError("", status=status)
    return True


def _wait_longer(delivery: Delivery, *, at: datetime) -> None:
    pause = min(_FIRST_PAUSE * 4 ** min(delivery.tries - 1, 8), _LONGEST_PAUSE)
    delivery.next_try_at = at + pause
    delivery.save(update_fields=["next_try_at"])
