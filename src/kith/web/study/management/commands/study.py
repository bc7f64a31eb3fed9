"""`manage study`: put a study.toml in, say what is missing, lock it, close it."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from kith.errors import RefusalError
from kith.web.study import access, actions, bridge


class Command(BaseCommand):
    """What a steward does at the desk with a study, from a command line."""

    help = "Put in a study.toml (put FILE), lock it (lock TOKEN) or close it (close TOKEN)."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("what", choices=("put", "lock", "close"))
        parser.add_argument("which", help="A study.toml, or what `put` answered.")

    @override
    def handle(self, *args: Any, what: str, which: str, **options: Any) -> None:
        try:
            self.stdout.write(self._put(which) if what == "put" else self._do(what, which))
        except RefusalError as error:
            raise CommandError(str(error)) from error

    def _put(self, path: str) -> str:
        study = actions.put_in(text=Path(path).read_text("utf-8"))
        for problem in bridge.problems_of(study.text):
            self.stderr.write(problem)
        return study.token

    def _do(self, what: str, token: str) -> str:
        study, now = access.any_study(token), datetime.now(UTC)
        if what == "lock":
            return actions.lock(study=study, at=now).locked_hash
        return f"{actions.close(study=study, at=now)}"
