"""What happens in circles and pairs without anybody asking."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.circles import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

LOOK_EVERY = timedelta(days=1)
PAIRS_EVERY = timedelta(weeks=1)


@task()
def look_after_circles() -> int:
    """Look after the circles that meet, and ask to be called again; return how many there are."""
    try:
        return actions.look_after(at=timezone.now())
    finally:
        enqueue_again(look_after_circles, after=LOOK_EVERY)


@task()
def look_for_pairs() -> int:
    """Ask people to listen to each other next week, and ask to be called again; return how many."""
    try:
        return actions.form_pairs(at=timezone.now()).formed
    finally:
        enqueue_again(look_for_pairs, after=PAIRS_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    for each in (look_after_circles, look_for_pairs):
        enqueue_once(each)
