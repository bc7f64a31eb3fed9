"""What was written fades without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.messages import actions

LOOK_EVERY = timedelta(hours=1)


@task()
def fade() -> int:
    """Let go of what is too old, and ask to be called again; return how many rows went."""
    try:
        return actions.fade(at=timezone.now())
    finally:
        enqueue_again(fade, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first fading, unless one is waiting from before."""
    enqueue_once(fade)
