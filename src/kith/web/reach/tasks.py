"""What happens in reach without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.reach import actions

LOOK_EVERY = timedelta(hours=6)


@task()
def look_after_reaches() -> int:
    """Forget reaches that limits need no more; return how many rows went."""
    try:
        return actions.forget_old(at=timezone.now())
    finally:
        enqueue_again(look_after_reaches, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    enqueue_once(look_after_reaches)
