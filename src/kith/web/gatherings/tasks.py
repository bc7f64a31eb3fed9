"""What happens without anybody asking: registered feeds are read again."""

import logging
from datetime import timedelta

from django_tasks import task

from kith.web.gatherings import actions
from kith.web.kit.repeating import enqueue_again, enqueue_once

log = logging.getLogger(__name__)

LOOK_EVERY = timedelta(minutes=15)


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


def start() -> None:
    """Ask for the first reading, unless one is waiting from before."""
    # Not `ready()`: one that waits for its hour would be missed, and each start begin another.
    enqueue_once(refresh_feeds)
