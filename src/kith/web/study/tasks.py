"""What happens in studies without anybody asking: hours are drawn, check-ins come."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.study import actions

LOOK_EVERY = timedelta(minutes=2)


@task()
def ask_people() -> int:
    """Draw today's hours of whoever has none yet, and let come what is due.

    Return how many check-ins came.
    """
    try:
        now = timezone.now()
        actions.plan_day(at=now)
        actions.decide(at=now)
        actions.suggest(at=now)
        return actions.deliver(at=now)
    finally:
        enqueue_again(ask_people, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    enqueue_once(ask_people)
