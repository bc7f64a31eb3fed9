"""What happens in circles without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.circles import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

LOOK_EVERY = timedelta(days=1)


@task()
def look_after_circles() -> int:
    """Look after the circles that meet, and ask to be called again; return how many there are."""
    try:
        return actions.look_after(at=timezone.now())
    finally:
        enqueue_again(look_after_circles, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first look, unless one is waiting from before."""
    enqueue_once(look_after_circles)
