"""What happens without anybody asking: every week pairs are formed."""

from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.circles import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

PAIRS_EVERY = timedelta(weeks=1)


@task()
def look_for_pairs() -> int:
    """Ask people to listen to each other next week, and ask to be called again; return how many."""
    try:
        return actions.form_pairs(at=timezone.now()).formed
    finally:
        enqueue_again(look_for_pairs, after=PAIRS_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    enqueue_once(look_for_pairs)
