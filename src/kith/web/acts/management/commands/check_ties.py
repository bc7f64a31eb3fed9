"""`manage check_ties`: are all ties what their acts make?"""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import transaction
from typing_extensions import override

from kith.web.acts import actions
from kith.web.acts.bridge import whole
from kith.web.acts.choices import Wrong

_SAID = {
    Wrong.OTHER: "Tie {} is not what its acts make.",
    Wrong.MISSING: "Act {} and those after it have made no tie.",
    Wrong.WITHOUT_ACTS: "Tie {} has no acts.",
}


class Command(BaseCommand):
    """Learns all ties anew and says, by number and nobody's name, which are stored otherwise."""

    help = "Learn all ties anew from the log of acts, and say which are stored otherwise."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--mend", action="store_true", help="Store those as their acts make them."
        )

    @override
    def handle(self, *args: Any, mend: bool, **options: Any) -> None:
        found = [one for pair in whole.astray() if (one := _looked_at(*pair, is_kept=mend))]
        for one in found:
            self.stdout.write(_SAID[one.wrong].format(one.number))
        if found and not mend:
            raise CommandError("Not all ties are what their acts make. --mend makes them so.")
        self.stdout.write("Mended." if found else "All ties are what their acts make.")


def _looked_at(low: Any, high: Any, *, is_kept: bool) -> actions.Mended | None:
    """Return what is wrong with one tie; it is mended for good only if that `is_kept`."""
    with transaction.atomic():
        found = actions.mend(low, high)
        transaction.set_rollback(not is_kept)
    return found
