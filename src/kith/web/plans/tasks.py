"""What happens in plans without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.plans import actions

LOOK_EVERY = timedelta(days=1)


@task()
def look_at_plans() -> int:
    """Ask whose plan is old whether it is still right; return how many were asked."""
    try:
        return actions.nudge(at=timezone.now())
    finally:
        enqueue_again(look_at_plans, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    enqueue_once(look_at_plans)
