"""`manage words`: gather what the sources say, and compile what translators wrote."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from typing_extensions import override

from kith.web.kit import catalogs


class Command(BaseCommand):
    """Bring the catalog of every language into step with the sources."""

    help = "Gather every phrase into the catalogs of translations, and compile them."

    @override
    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--check",
            action="store_true",
            help="change nothing; fail if a catalog is out of step or not wholly translated",
        )

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        out_of_step = []
        for language in catalogs.spoken():
            catalog = catalogs.renewed(catalogs.load(language), catalogs.wanted(language))
            faults = list(catalogs.faults(catalog))
            self.stdout.write(f"{language}: {len(catalog)} phrases, {len(faults)} to mend")
            for fault in faults:
                self.stdout.write(f"  {fault}")
            if faults or not catalogs.is_in_step(catalog, language):
                out_of_step.append(language)
            if not options["check"]:
                catalogs.save(catalog, language)
        if options["check"] and out_of_step:
            raise CommandError(f"Out of step: {', '.join(out_of_step)}. Run: ./kith manage words")
