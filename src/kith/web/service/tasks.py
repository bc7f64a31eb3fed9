"""What ends by itself, without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.service import actions

LOOK_EVERY = timedelta(hours=1)


@task()
def look_after_service() -> int:
    """Let end what is over; return how many were over without anybody."""
    try:
        return actions.look_after(at=timezone.now())
    finally:
        enqueue_again(look_after_service, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    enqueue_once(look_after_service)
