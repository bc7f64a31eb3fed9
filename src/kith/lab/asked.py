"""What a run of `kith match` was asked for."""

from pathlib import Path
from typing import Any, NamedTuple


class Asked(NamedTuple):
    """What a run was asked for; each is an option of the command."""

    people: Path
    sizes: Any
    seed: int
    is_pairs: bool
    last: Path | None
    is_proved: bool
    effort: float
    threads: int
    region: int | None = None
    workers: int | None = None
    dask: str | None = None
    draws: int = 0
