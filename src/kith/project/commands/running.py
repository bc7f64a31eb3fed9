"""`kith serve`, `kith refresh` and `kith steward`: what a steward does with a real instance."""

import os

import click

from kith.project.commands.serving import refuse_if_taken, serve, tasks_beside
from kith.project.setup import make_database, use, use_demo


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535))
@click.option("--workers", default=1, show_default=True, type=click.IntRange(1, 64), help="Processes that answer.")  # fmt: skip
@click.option("--tasks/--no-tasks", default=True, show_default=True, help="Do background work too.")
def serve_(host: str, port: int, workers: int, tasks: bool) -> None:  # noqa: FBT001
    """Serve this instance: bring its database up to date, then answer.

    Settings come from the environment (docs/settings.md); put a proxy with HTTPS in front.
    """
    refuse_if_taken(host, port)
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.project.settings.production")
    use("production")
    from django.core.management import call_command  # noqa: PLC0415 - Django is set up only now

    make_database()
    call_command("collectstatic", interactive=False, verbosity=0)
    click.echo(f"kith answers at http://{host}:{port}")
    if tasks:
        with tasks_beside():
            serve(host, port, workers=workers)
    else:
        serve(host, port, workers=workers)


@click.command()
@click.option("--all", "is_all", is_flag=True, help="Also those that are not due yet.")
def refresh(is_all: bool) -> None:  # noqa: FBT001
    """Read the registered feeds that are due now."""
    use_demo()
    from kith.web.gatherings import actions  # noqa: PLC0415 - Django is set up only now

    for feed, report in actions.refresh_due(is_all=is_all):
        if feed.error:
            click.echo(f"{feed}: {feed.error}", err=True)
        elif report is None:
            click.echo(f"{feed}: unchanged")
        else:
            click.echo(
                f"{feed}: read {report.read}, new {report.new}, updated {report.updated}, "
                f"retired {report.retired}, refused {len(report.refused)}"
            )


@click.command()
@click.argument("name")
@click.password_option(envvar="KITH_STEWARD_PASSWORD", help="Asked for if not given.")
def steward(name: str, password: str) -> None:
    """Let somebody keep this instance: NAME signs in at /desk/."""
    use_demo()
    from django.contrib.auth.password_validation import validate_password  # noqa: PLC0415
    from django.core.exceptions import ValidationError  # noqa: PLC0415

    from kith.web.people.models import Person  # noqa: PLC0415

    try:
        validate_password(password)
        Person.objects.create_superuser(handle=name, password=password)
    except ValidationError as error:
        raise click.ClickException(" ".join(error.messages)) from error
    click.echo(f"{name} may now open the desk.")
