"""Tables of figures: CSV below lines that say how it was made."""

import csv
import io
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any


def text_of(made: Sequence[str], head: Sequence[str], rows: Iterable[Sequence[Any]]) -> str:
    """Return rows as CSV below how they were made. Args: made: lines; the command comes first."""
    written = io.StringIO()
    written.writelines(f"# {line}\n" for line in made)
    table = csv.writer(written, lineterminator="\n")
    table.writerow(head)
    table.writerows(rows)
    return written.getvalue()


def read_table(path: Path) -> Iterator[dict[str, str]]:
    """Yield the rows of a table."""
    lines = (line for line in path.read_text("utf-8").splitlines() if not line.startswith("#"))
    yield from csv.DictReader(lines)
