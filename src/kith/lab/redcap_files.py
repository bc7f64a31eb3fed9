"""`kith study redcap`: REDCap's data dictionary as the measures of a study's records."""

import sys
from pathlib import Path

import click

from kith.errors import KithError

_COLUMNS = ("name", "unit", "words", "least", "most")


@click.command("redcap", context_settings={"help_option_names": ["-h", "--help"]})
@click.argument("dictionary", type=click.Path(exists=True, dir_okay=False, path_type=Path), metavar="DICTIONARY.csv")  # fmt: skip
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path), metavar="MEASURES.csv")
def redcap(dictionary: Path, out: Path) -> None:
    """Bring REDCap's data dictionary in, as the file of measures of a folder of records.

    Fields that hold a number or one of some choices come in. All others are named, with the reason.
    """
    try:
        said = brought_in(dictionary, out)
    except KithError as error:
        click.echo(f"{dictionary.name}: {error}", err=True)
        sys.exit(1)
    click.echo(said)


def brought_in(dictionary: Path, out: Path) -> str:
    """Write the measures that a data dictionary describes, and return what came of it in words.

    Raises:
        DictionaryError: If it is not REDCap's data dictionary.
    """
    import polars as pl  # noqa: PLC0415 - heavy, and only needed here

    from kith.core.export.redcap import DictionaryError, read  # noqa: PLC0415

    try:
        found = read(dictionary.read_text("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise DictionaryError(f"is not written in UTF-8: {error}") from error
    rows = [
        (one.name, one.unit, "|".join(one.words), one.least, one.most) for one in found.measures
    ]
    table = pl.DataFrame(rows, _COLUMNS, orient="row") if rows else pl.DataFrame(schema=_COLUMNS)
    ends = pl.col("least", "most").cast(pl.Float64)
    table.with_columns(pl.when(ends.is_finite()).then(ends)).write_csv(out)
    left = [f"  {name}: {why}" for name, why in found.left_out]
    return "\n".join([f"{len(rows)} measures came in, {len(left)} fields did not", *left])
