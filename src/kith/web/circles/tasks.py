"""What happens in circles and pairs without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.circles import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

ASK_EVERY = timedelta(hours=1)
LOOK_EVERY = timedelta(days=1)


@task()
def ask_people() -> int:
    """Form circles and pairs if it is the day and hour for it; return how many were formed."""
    try:
        now = timezone.now()
        return sum(formation.formed for formation in actions.form_if_due(at=now))
    finally:
        enqueue_again(ask_people, after=ASK_EVERY)


@task()
def look_after_circles() -> int:
    """Look after the circles that meet; return how many there are."""
    try:
        return actions.look_after(at=timezone.now())
    finally:
        enqueue_again(look_after_circles, after=LOOK_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    for each in (ask_people, look_after_circles):
        enqueue_once(each)
