"""`./kith manage live_simulations`: lives what was asked of the simulator, until it is stopped."""

import signal
import time
from typing import Any, Final

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from typing_extensions import override

from kith.web.simulator import actions

_LOOK_EVERY_S: Final = 1.0
# About an hour of looking: then what is old is forgotten.
_FORGET_EVERY: Final = 3_600


class Command(BaseCommand):
    """Lives runs, one pair after the other. `kith serve` and `kith demo` run it beside the pages."""

    help = (
        "Live what was asked of the simulator. kith serve and kith demo do this by themselves. It"
        " ends when nothing is left after it lived something, to give its memory back."
    )

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--once", action="store_true", help="End when nothing waits.")

    @override
    def handle(self, *_args: Any, once: bool, **_options: Any) -> None:
        stopped: list[int] = []
        for which in (signal.SIGTERM, signal.SIGINT):
            signal.signal(which, lambda number, _frame: stopped.append(number))
        actions.forget_old(at=timezone.now())
        for turn in range(_FORGET_EVERY):
            lived = 0
            while not stopped and actions.live_next():
                lived += 1
            # Whoever runs it beside the pages begins it again.
            if stopped or once or lived or turn + 1 == _FORGET_EVERY:
                return
            time.sleep(_LOOK_EVERY_S)
