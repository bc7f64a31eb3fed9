"""A study's results as a page that an instance shows to everybody in it."""

from collections.abc import Mapping
from typing import NamedTuple

import numpy as np

from kith.core.analysis.analyse import analyse
from kith.core.analysis.public import public
from kith.core.records import StudyRecords
from kith.core.study import read, read_lock
from kith.lab.report import body


class Written(NamedTuple):
    """A report for the public: its page, and its first lines."""

    body: str
    headline: tuple[str, ...]


def written(
    text: str, lock: str, records: StudyRecords, facts: Mapping[str, np.ndarray], seed: int
) -> Written:
    """Return the report of a study, without a number of fewer than eleven people.

    Args:
        text: The study.toml.
        lock: What stands in its lock file.
        records: Of those who let their answers be used.
        facts: What was known of each at the draw.
        seed: Of all chance in the analysis.

    Raises:
        KithError: If the analysis is refused, or so few took part that it would be about persons.
    """
    results = analyse(read(text), records, seed, facts=facts, lock=read_lock(lock))
    told = public(results)
    return Written(body(told), told.headline)
