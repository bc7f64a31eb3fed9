"""`kith manage refresh_lines`: the lines kith comes with, brought up to date."""

from typing import Any

from django.core.management.base import BaseCommand
from typing_extensions import override

from kith.web.reach import actions, queries


class Command(BaseCommand):
    """Brings the lines up to date (as every migrate does) and says what it did."""

    help = (
        "Bring the crisis lines that nobody here changed to what kith ships, and say what changed."
    )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        """Print one row for each kind of change."""
        done = actions.refresh_lines(
            countries=queries.shipped_countries(), lines=queries.shipped_lines()
        )
        for word, keys in (
            ("added", done.added),
            ("updated", done.updated),
            ("removed", done.removed),
            ("kept as you changed them", done.kept),
        ):
            self.stdout.write(f"{word}: {', '.join(keys) or 'none'}")
