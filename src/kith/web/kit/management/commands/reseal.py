"""`manage reseal`: seal everything with the newest key."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import transaction
from typing_extensions import override

from kith.web.kit.sealed import SealedTextField


class Command(BaseCommand):
    """Rewrite every sealed text with the first of KITH_SEAL_KEYS."""

    help = "Seal everything anew with the first of KITH_SEAL_KEYS."

    @override
    def handle(self, *args: Any, **options: Any) -> None:
        for model in apps.get_models():
            fields = [f.name for f in model._meta.fields if isinstance(f, SealedTextField)]
            if not fields:
                continue
            number = 0
            with transaction.atomic():
                for row in model._default_manager.only("pk", *fields).iterator(chunk_size=500):
                    row.save(update_fields=fields)
                    number += 1
            self.stdout.write(f"{model._meta.verbose_name_plural}: {number}")
        self.stdout.write("Done. Keep the older keys while people still have words made with them.")
