"""Once a week people are asked to sit with people, without anybody asking for it."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.circles import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

LOOK_EVERY = timedelta(hours=1)


@task()
def look() -> bool:
    """Form circles if it is the day and hour for it, and ask to be called again."""
    try:
        return actions.form_if_due(at=timezone.now()) is not None
    finally:
        enqueue_again(look, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first look, unless one is waiting from before."""
    enqueue_once(look)
