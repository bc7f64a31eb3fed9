"""What pycanon, which shares nothing with our code, says of a table that is to leave."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from pycanon import anonymity


class Certificate(NamedTuple):
    """What holds of a table.

    Args:
        k: Each person shares all columns they might be known by with at least k - 1 others
            (Samarati and Sweeney 1998).
        diversity: For each sensitive column how many values it has at least among people who look
            alike: l-diversity, distinct (Machanavajjhala et al. 2007). 1 means that whoever knows
            how somebody looks knows their value.
    """

    k: int
    diversity: dict[str, int]


def certified(
    known_by: Mapping[str, Sequence[str]], sensitive: Mapping[str, Sequence[str]]
) -> Certificate:
    """Return what pycanon finds in people, one place in each column.

    Args:
        known_by: Columns by which somebody might be known.
        sensitive: Columns that are nobody's business.
    """
    table = pd.DataFrame({**known_by, **sensitive}).astype(str)
    columns = list(known_by)
    return Certificate(
        int(anonymity.k_anonymity(table, columns)),
        {name: int(anonymity.l_diversity(table, columns, [name])) for name in sensitive},
    )
