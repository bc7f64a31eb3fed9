"""`kith study export`: what may leave of a study, as files that others can read."""

import secrets
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any, NamedTuple

import click
import orjson

from kith.errors import KithError


class UnreadableStudyError(KithError):
    """A study's document cannot be read."""


class Asked(NamedTuple):
    """What a run was asked for; each is an option of the command."""

    study: Path
    data: Path
    out: Path
    k: int
    days: int
    scopes: tuple[str, ...]
    is_replaced: bool
    only_totals: bool
    is_fhir: bool
    questions: tuple[str, ...]
    epsilon: float
    budget: float
    ledger: Path


@click.command("export", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("study", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="STUDY.toml")  # fmt: skip
@click.argument("data", type=click.Path(exists=True, file_okay=False, path_type=Path), metavar="DATA")  # fmt: skip
@click.argument("out", type=click.Path(file_okay=False, path_type=Path), metavar="OUT")
@click.option("--k", type=click.IntRange(2), default=11, show_default=True, help="How many people look alike at least.")  # fmt: skip
@click.option("--days-coarse", "days", type=int, default=7, show_default=True, help="Times become whole periods of so many days since each person's own start.")  # fmt: skip
@click.option("--with", "scopes", multiple=True, metavar="SCOPE", help="Ask for answers, draw or ties of everybody in it: refused if somebody did not agree to that. May be repeated. Default: each person's rows go as far as their own consent.")  # fmt: skip
@click.option("--replace", "is_replaced", is_flag=True, help="Put it in the place of an earlier export.")  # fmt: skip
@click.option("--only-totals", is_flag=True, help="Counts of people, and no row about anybody.")
@click.option("--fhir/--no-fhir", "is_fhir", default=True, show_default=True, help="Write responses as FHIR too; they are large.")  # fmt: skip
@click.option("--tell", "questions", multiple=True, metavar="QUESTION", help="Totals for everybody, with noise: count, mean:MEASURE or histogram:MEASURE. May be repeated.")  # fmt: skip
@click.option("--epsilon", type=click.FloatRange(0, min_open=True), default=0.1, show_default=True, help="What each question may cost.")  # fmt: skip
@click.option("--budget", type=click.FloatRange(0, min_open=True), default=1.0, show_default=True, help="What all questions about these people may ever cost. Only for a ledger that is not there yet.")  # fmt: skip
@click.option("--ledger", type=click.Path(dir_okay=False, path_type=Path), default=None, metavar="LEDGER.json", help="Where it is written what was spent. Default: beside STUDY.toml.")  # fmt: skip
@click.option("--json", "as_json", is_flag=True, help="Print the account as one JSON object.")
def export(as_json: bool, ledger: Path | None, **options: Any) -> None:  # noqa: FBT001 - click hands options over like this
    """Export a study, de-identified, as far as people agreed.

    DATA is a folder of records with a file of consents. What leaves, and what cannot, is in
    docs/guides/export.md. The exit status is 1 if it is refused: then nothing is written.
    """
    beside = options["study"].with_suffix(".ledger.json")
    try:
        account = run(Asked(**options, ledger=ledger or beside))
    except KithError as error:
        if as_json:
            click.echo(orjson.dumps({"error": str(error)}))
        click.echo(str(error), err=True)
        sys.exit(1)
    click.echo(orjson.dumps(account) if as_json else _in_words(account))


def run(asked: Asked) -> dict[str, Any]:
    """Write an export and return its account.

    The seed of the new numbers is drawn here and forgotten when this returns.

    Raises:
        KithError: If it is refused, with the reason; nothing is written then, and nothing spent.
    """
    # Heavy, and only needed here.
    from kith.core.export.questions import questions, within_plan  # noqa: PLC0415
    from kith.core.export.release import Settings, release, totals  # noqa: PLC0415
    from kith.core.export.scope import Scope, who_leaves  # noqa: PLC0415
    from kith.core.study import locked_hash  # noqa: PLC0415
    from kith.lab import consent_files, export_files, records_files, telling  # noqa: PLC0415

    # Before anything is told and paid for.
    export_files.refuse_occupied(asked.out, is_replaced=asked.is_replaced)
    plan = _plan(asked.study)
    facts = plan.population.facts
    settings = Settings(k=asked.k, days=asked.days, asked=asked.scopes, facts=facts)
    read, names = records_files.read_records(asked.data)
    records, beyond = within_plan(read, plan)
    consents = consent_files.read_consents(asked.data, names.people.tolist())
    about = consent_files.about(names.facts, facts)
    made = (
        totals(records, about, consents, settings)
        if asked.only_totals
        else release(records, about, consents, settings, seed=secrets.randbits(128))
    )
    study = _described(asked.study, plan, questions(records.observations.measures, plan))
    before = telling.read_ledger(asked.ledger, asked.budget)
    may = who_leaves(consents, records.follow_up)
    may &= consents.to(Scope.ANSWERS) & consents.to(Scope.DRAW)
    told, after = telling.tell(asked.questions, records, may, before, epsilon=asked.epsilon)
    if told:
        telling.write_ledger(after, asked.ledger)
    public = {
        "told": [telling.as_json(one) for one in told],
        "ledger": telling.shown(after),
    }
    beside = {"public.json": public} if told else {}
    made = replace(
        made,
        account={
            **made.account,
            "plan": locked_hash(plan),
            "measures_not_in_the_plan": list(beyond),
        },
    )
    export_files.write(made, study, asked.out, is_replaced=asked.is_replaced, is_fhir=asked.is_fhir, beside=beside)  # fmt: skip
    return {**made.account, "rows": {table.name: table.rows for table in made.tables}, "budget": telling.shown(after)}  # fmt: skip


def _plan(path: Path) -> Any:
    from kith.core.study import read  # noqa: PLC0415

    try:
        return read(path.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UnreadableStudyError(f"{path.name} is no text: {error}") from error


def _described(path: Path, plan: Any, asked: tuple[Any, ...]) -> Any:
    """Return what files say of the study that a document describes."""
    from kith.lab.export_files import Study  # noqa: PLC0415

    key = "".join(c if c.isascii() and c.isalnum() else "-" for c in path.stem.lower())
    return Study(key, plan.study.title, plan.study.question, asked)


def _beyond(names: list[str]) -> list[str]:
    if not names:
        return []
    return [f"left out, since the plan does not measure it: {', '.join(names)}"]


def _in_words(account: dict[str, Any]) -> str:
    rows = ", ".join(f"{n} {name}" for name, n in account["rows"].items()) or "only totals"
    budget = account["budget"]
    return "\n".join(
        [
            *(_beyond(account["measures_not_in_the_plan"])),
            f"{account['people']} people in it, {account['people_left_out']} left out: {rows}",
            *(_alike(account) if "k_found" in account else []),
            f"told in public so far: {budget['total']:g} of {budget['budget']:g} spent",
            "De-identified does not mean that nobody can be found: read NOTICE.txt.",
        ]
    )


def _alike(account: dict[str, Any]) -> list[str]:
    diverse = ", ".join(f"{name} {n}" for name, n in account["l_found"].items())
    coarse = ", ".join(f"{name} {level}" for name, level in account["levels"].items())
    apart = account["people_told_apart_by_their_last_answer"]
    return [
        f"everybody looks like at least {account['k_found'] - 1} others (k {account['k_found']})",
        f"fewer, for who knows also when they last answered: {apart} people",
        f"different last values among those who look alike, at least (l): {diverse}",
        f"how coarse each column became (0 is as said): {coarse}",
    ]
