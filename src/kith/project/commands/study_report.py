"""`kith study publish`: what a study of this instance found, for everybody in it."""

import sys
from pathlib import Path

import click

from kith.errors import KithError
from kith.project.setup import use_demo


@click.command("publish", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("token")
@click.option("--data", "folder", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DATA", help="A folder of its records, from `kith study data`. Default: the database, as it is now.")  # fmt: skip
@click.option("--seed", type=click.IntRange(0), default=1, show_default=True, help="Of all chance in the analysis.")  # fmt: skip
def publish(token: str, folder: Path | None, seed: int) -> None:
    """Analyse a closed study by its locked plan, and show the report to everybody here.

    TOKEN is the last part of the address of the study's page. No number of fewer than eleven people
    is in the report. Those who took part are told. The desk can take it down again.
    """
    try:
        address, headline = published(token, folder, seed)
    except KithError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo("\n".join([*headline, f"Everybody here can read it: {address}"]))


def published(token: str, folder: Path | None, seed: int) -> tuple[str, tuple[str, ...]]:
    """Publish a report; return the address of its page, and its first lines.

    Raises:
        KithError: If there is no such study, it is not closed, or its analysis is refused.
    """
    use_demo()
    # Django is set up only now, and what analyses is heavy.
    from django.utils import timezone  # noqa: PLC0415

    from kith.lab.publishing import written  # noqa: PLC0415
    from kith.lab.records_files import read_records  # noqa: PLC0415
    from kith.project.commands.study_data import facts_of  # noqa: PLC0415
    from kith.web.study import access, actions, bridge  # noqa: PLC0415

    study = access.any_study(token)
    actions.refuse_open(study)
    if folder is None:
        records, facts = bridge.records(study), facts_of(study)
    else:
        records, names = read_records(folder)
        facts = dict(names.facts)
    made = written(study.text, bridge.lock_text(study), records, facts, seed)
    report = actions.publish(study=study, body=made.body, at=timezone.now())
    return report.get_absolute_url(), made.headline
