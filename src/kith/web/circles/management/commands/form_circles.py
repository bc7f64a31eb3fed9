"""`manage form_circles`: the weekly run, now."""

from typing import Any

from django.core.management.base import BaseCommand, CommandParser
from django.utils import timezone
from typing_extensions import override

from kith.web.circles import actions, queries


class Command(BaseCommand):
    """Asks people to sit with people, and says what was done: numbers, and nobody's name."""

    help = "Ask people to sit with people now, as the weekly run does, and say what was done."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--seed", type=int, help="The dice to throw; drawn and kept if it is left out."
        )

    @override
    def handle(self, *args: Any, seed: int | None, **options: Any) -> None:
        formation = actions.form_circles(at=timezone.now(), seed=seed)
        asked = queries.asked_by(formation)
        self.stdout.write(f"seed: {formation.seed}")
        self.stdout.write(f"people looked at: {formation.people}")
        self.stdout.write(f"new circles proposed: {asked.begun}")
        self.stdout.write(f"circles filled: {asked.filled}")
        self.stdout.write(f"people asked: {asked.people}")
