"""What happens in reach without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.kit.repeating import enqueue_again, enqueue_once
from kith.web.reach import actions

LOOK_EVERY = timedelta(hours=1)
BALANCE_EVERY = timedelta(days=1)


@task()
def look_after_reaches() -> int:
    """Forget reaches that limits need no more; return how many rows went."""
    try:
        now = timezone.now()
        return actions.forget_company(at=now) + actions.forget_old(at=now)
    finally:
        enqueue_again(look_after_reaches, after=LOOK_EVERY)


@task()
def balance() -> int:
    """Show the other door to those whose help ran one way; return how many were told."""
    try:
        return actions.balance_all(at=timezone.now())
    finally:
        enqueue_again(balance, after=BALANCE_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    for each in (look_after_reaches, balance):
        enqueue_once(each)
