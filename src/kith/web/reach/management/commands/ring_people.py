"""`./kith manage ring_people`: tells browsers that somebody rings them, until it is stopped."""

import signal
from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from kith.web.notices.actions.ringing import Bell
from kith.web.reach import actions


class Command(BaseCommand):
    """Rings people. `kith serve` and `kith demo` run it beside the pages."""

    help = "Tell browsers that somebody rings them. kith serve and kith demo do this by themselves."

    @override
    def handle(self, *_args: Any, **_options: Any) -> None:
        stopped: list[int] = []
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, lambda number, _frame: stopped.append(number))
        actions.keep_ringing(Bell(), goes_on=lambda: not stopped)
