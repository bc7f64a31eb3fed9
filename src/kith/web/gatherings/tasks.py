"""What happens without anybody asking: feeds are read again, hosts' years end, what was told goes."""

import logging
from datetime import timedelta

from django.utils import timezone
from django_tasks import task

from kith.web.gatherings import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=15)
HOSTS_EVERY = timedelta(days=1)
FORGET_EVERY = timedelta(days=1)


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
        enqueue_again(refresh_feeds, after=LOOK_EVERY)


@task()
def look_after_hosts() -> int:
    """Tell hosts whose year ends soon, end what is over, settle the rest; return how many ended."""
    try:
        actions.tell_whose_year_ends()
        ended = actions.end_what_is_over()
        actions.settle_all()
        return ended
    finally:
        enqueue_again(look_after_hosts, after=HOSTS_EVERY)


@task()
def forget_told() -> int:
    """Clear what hosts no longer read, and ask to be called again; return of how many answers."""
    try:
        return actions.forget_told(at=timezone.now())
    finally:
        enqueue_again(forget_told, after=FORGET_EVERY)


def start() -> None:
    """Ask for the first time, unless one is waiting from before."""
    # Not `ready()`: one that waits for its hour would be missed, and each start begin another.
    for each in (refresh_feeds, look_after_hosts, forget_told):
        enqueue_once(each)
