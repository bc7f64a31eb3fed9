"""What people said of themselves, and what each agreed to, beside the records of a study."""

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import numpy as np
import polars as pl

from kith.core.export.release import ABOUT
from kith.core.export.scope import Consents, Scope
from kith.lab.people_files import UnreadableError

# A row for each yes: who, and to what.
CONSENTS = ("person", "scope")


def about(facts: Mapping[str, np.ndarray], planned: Sequence[str]) -> dict[str, list[str]]:
    """Return what the file `people` says of each, of what may ever be said of them or is `planned`.

    Its other columns are left alone: whatever else somebody wrote there stays.
    """
    names = dict.fromkeys((*ABOUT, *planned))
    return {name: [_word(said) for said in facts[name].tolist()] for name in names if name in facts}


def _word(said: object) -> str:
    """Return what was said as one word; nothing for a gap, which columns of numbers have as nan."""
    return "" if said is None or str(said) == "nan" else str(said).strip()


def read_consents(folder: Path, ids: Sequence[object]) -> Consents:
    """Return what each of `ids` agreed to, by the file `consents`: person and scope in each row.

    Raises:
        UnreadableError: If there is no such file (then nobody is known to have agreed to anything),
            or a row names an unknown scope or somebody who is not in the study, or stands twice.
    """
    path = _path(folder, "consents")
    if path is None:
        raise UnreadableError(
            f"{folder.name}: there is no consents.parquet or consents.csv, so nobody is known to "
            "have agreed to anything, and nothing may leave"
        )
    table = _read(path)
    missing = [name for name in CONSENTS if name not in table.columns]
    if missing:
        raise UnreadableError(f"{path.name}: columns {missing} are missing")
    place = {str(one): number for number, one in enumerate(ids)}
    said: set[tuple[int, Scope]] = set()
    rows = zip(*(table[name].cast(pl.String).to_list() for name in CONSENTS), strict=True)
    for row, (person, scope) in enumerate(rows):
        where = f"{path.name}, row {row}"
        if person not in place:
            raise UnreadableError(f"{where}, column person: is not in the study")
        if scope not in set(Scope):
            known = ", ".join(Scope)
            raise UnreadableError(f"{where}, column scope: {scope!r} is none of {known}")
        if (place[person], Scope(scope)) in said:
            raise UnreadableError(f"{where}: the same yes stands there twice")
        said.add((place[person], Scope(scope)))
    return Consents.of(len(ids), said)


def write_consents(consents: Consents, ids: Sequence[object], folder: Path) -> None:
    """Write what each of `ids` agreed to, as `read_consents` reads it."""
    write_yeses(
        (
            (ids[person], scope.value)
            for scope in Scope
            for person in np.flatnonzero(consents.to(scope)).tolist()
        ),
        folder,
    )


def write_yeses(yeses: Iterable[tuple[object, str]], folder: Path) -> None:
    """Write each yes, an id and a scope, as `read_consents` reads it."""
    rows = [(str(person), scope) for person, scope in yeses]
    schema = dict.fromkeys(CONSENTS, pl.String)
    pl.DataFrame(rows, schema, orient="row").write_parquet(folder / "consents.parquet")


def _path(folder: Path, name: str) -> Path | None:
    paths = (folder / f"{name}.{ending}" for ending in ("parquet", "csv"))
    return next((path for path in paths if path.is_file()), None)


def _read(path: Path) -> pl.DataFrame:
    try:
        if path.suffix == ".parquet":
            return pl.read_parquet(path)
        return pl.read_csv(path, infer_schema=False)
    except (OSError, pl.exceptions.PolarsError) as error:
        raise UnreadableError(f"{path.name} cannot be read: {error}") from error
