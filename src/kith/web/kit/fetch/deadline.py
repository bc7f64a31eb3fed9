"""The moment at which we stop waiting."""

import time

from django.utils.translation import gettext as _

from kith.web.kit.fetch.refusals import TooSlowError


class Deadline:
    """A moment after which we wait no longer, for anything that `name` does."""

    def __init__(self, seconds: float, name: str) -> None:
        self._ends = time.monotonic() + seconds
        self._seconds = seconds
        self._name = name

    def renew(self) -> None:
        """Wait as long again, from now on."""
        self._ends = time.monotonic() + self._seconds

    def left_s(self) -> float:
        """Return how many seconds are left.

        Raises:
            TooSlowError: If none are.
        """
        left = self._ends - time.monotonic()
        if left <= 0:
            raise self.missed()
        return left

    def missed(self) -> TooSlowError:
        """Return the refusal to raise when the wait is over."""
        return TooSlowError(
            _(
                "%(name)s took longer than %(seconds)g seconds, the longest kith waits for one "
                "feed. Try again later, or raise KITH_FEED_MAX_SECONDS."
            )
            % {"name": self._name, "seconds": self._seconds}
        )
