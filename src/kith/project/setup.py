"""Getting Django ready for a command."""

import os


def use(settings: str) -> None:
    """Set Django up with one of our settings modules, unless the environment chose another."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", f"kith.project.settings.{settings}")
    import django  # noqa: PLC0415 - a second slower than --help needs to be

    django.setup()


def use_demo() -> None:
    """Set Django up for a command that changes data; a demo's database is made if need be."""
    use("demo")
    from django.conf import settings  # noqa: PLC0415

    if settings.KITH_IS_DEMO:
        settings.DATA_DIR.mkdir(parents=True, exist_ok=True)
        make_database()


def make_database() -> None:
    """Bring the database to what the code expects, if it is not there yet."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415
    from django.db.migrations.executor import MigrationExecutor  # noqa: PLC0415

    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        call_command("migrate", verbosity=0, interactive=False)
