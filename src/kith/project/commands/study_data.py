"""`kith study data`: a study of this instance as files, for whoever analyses or shares it."""

import secrets
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kith.errors import KithError
from kith.project.setup import use_demo

if TYPE_CHECKING:
    from kith.web.study.models import Study


@click.command("data", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("token")
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), metavar="OUT")
def data(token: str, out: Path) -> None:
    """Write a study of this instance to the new folder OUT: OUT/study.toml, its lock, and OUT/data.

    TOKEN is the last part of the address of the study's page. Only who lets their answers be used
    now is in it. People have new ids each time. Keep it to yourselves: what may leave is what
    `kith study export` makes of it.
    """
    try:
        people = written(token, out)
    except KithError as error:
        click.echo(str(error), err=True)
        sys.exit(1)
    except FileExistsError:
        click.echo(f"{out} is there already, and may hold somebody who has left since.", err=True)
        sys.exit(1)
    click.echo(f"{people} people: kith study export {out}/study.toml {out}/data EXPORT")


def written(token: str, out: Path) -> int:
    """Write a study of this instance and return how many people are in it.

    Raises:
        RefusalError: If there is no such study.
        FileExistsError: If there is something at `out` already.
    """
    use_demo()
    # Django is set up only now, and what reads files is heavy.
    import numpy as np  # noqa: PLC0415

    from kith.lab.consent_files import write_yeses  # noqa: PLC0415
    from kith.lab.records_files import Names, write_records  # noqa: PLC0415
    from kith.web.study import access, bridge  # noqa: PLC0415

    study = access.any_study(token)
    # In the order in which the bridge numbers them.
    consents = list(access.used_in(study))
    records, facts = bridge.records(study), facts_of(study)
    ids = [secrets.token_hex(8) for _ in consents]
    out.mkdir(parents=True)
    write_records(out / "data", records, Names(np.array(ids), facts))
    yeses = (
        (person, scope)
        for person, consent in zip(ids, consents, strict=True)
        for scope in ("answers", "draw", "ties", "share")
        if getattr(consent, scope)
    )
    write_yeses(yeses, out / "data")
    (out / "study.toml").write_text(study.text, "utf-8")
    if study.locked_at is not None:
        (out / "study.lock").write_text(bridge.lock_text(study), "utf-8")
    return len(ids)


def facts_of(study: "Study") -> dict[str, Any]:
    """Return what was known of each at the draw, in the order in which the bridge numbers them."""
    import numpy as np  # noqa: PLC0415 - as above

    from kith.web.study import access, bridge  # noqa: PLC0415

    consents = list(access.used_in(study))
    asked = bridge.facts_asked(bridge.plan_of(study))
    return {
        fact.key: np.array([(one.facts or {}).get(fact.key) for one in consents], object)
        for fact in asked
    }
