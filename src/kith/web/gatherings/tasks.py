"""What happens without anybody asking: feeds are read again, and the years of hosts end."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import TaskResultStatus, task

from kith.web.gatherings import actions

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=15)
HOSTS_EVERY = timedelta(days=1)


@task()
def refresh_feeds() -> int:
    """Read the feeds that are due, and ask to be called again; return how many were read."""
    try:
        done = 0
        for feed, _report in actions.refresh_due():
            done += 1
            if feed.error:
                log.warning("feed %s: %s", feed.address, feed.error)
        return done
    finally:
        refresh_feeds.using(run_after=timezone.now() + LOOK_EVERY).enqueue()


@task()
def look_after_hosts() -> int:
    """Tell hosts whose year ends soon, end what is over, settle the rest; return how many ended."""
    try:
        actions.tell_whose_year_ends()
        ended = actions.end_what_is_over()
        actions.settle_all()
        return ended
    finally:
        look_after_hosts.using(run_after=timezone.now() + HOSTS_EVERY).enqueue()


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    from django_tasks_db.models import DBTaskResult  # noqa: PLC0415 - only with that backend

    for each in (refresh_feeds, look_after_hosts):
        # Not `ready()`: one that waits for its hour would be missed, and each start begin another.
        waiting = DBTaskResult.objects.filter(
            task_path=each.module_path, status=TaskResultStatus.READY
        )
        if not waiting.exists():
            each.enqueue()
