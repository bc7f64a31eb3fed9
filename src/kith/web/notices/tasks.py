"""What reaches people without anybody waiting for it."""

from datetime import timedelta
from typing import Any

from django.dispatch import receiver
from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.notices import actions

# What was held back goes out within so long after quiet hours end.
LOOK_EVERY = timedelta(minutes=5)


@task()
def send_due() -> int:
    """Send what may go now; return how many went."""
    return actions.send_due()


@task()
def look() -> int:
    """Send what may go now, forget what is old, and ask to be called again."""
    try:
        actions.forget_old(at=timezone.now())
        return actions.send_due()
    finally:
        enqueue_again(look, after=LOOK_EVERY)


@receiver(actions.told, dispatch_uid="notices send soon")
def send_soon(**_kwargs: Any) -> None:
    """Ask for a sending beside the page that told somebody something; one is enough for many."""
    enqueue_once(send_due)


def start() -> None:
    """Ask for the first look, unless one is waiting from before."""
    enqueue_once(look)
