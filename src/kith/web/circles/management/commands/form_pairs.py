"""`manage form_pairs`: ask people to listen to each other next week, now."""

from datetime import UTC, datetime
from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from typing_extensions import override

from kith.web.circles import actions


class Command(BaseCommand):
    """Forms pairs out of turn, and says of how many people how many came to be."""

    help = "Ask people to listen to each other in the week that begins next."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--seed", type=int, help="Throw these dice again.")

    @override
    def handle(self, *args: Any, seed: int | None, **options: Any) -> None:
        made = actions.form_pairs(at=datetime.now(UTC), seed=seed)
        self.stdout.write(f"{made.formed} pairs of {made.people} people, seed {made.seed}.")
