"""What somebody's own people come to: how many, who helps, who pulls the other way."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from kith.core.measures.battery import instrument
from kith.core.records import Help, Measure, Missing
from kith.errors import InvalidInputError

ROSTER = "roster"
_FOR_IT = 2


@dataclass(frozen=True, slots=True)
class RosterSummary:
    """Somebody's people, counted.

    Args:
        people: How many were named.
        close: How many are close or very close.
        weekly: With how many there was contact every week or more.
        for_recovery: How many are for the recovery.
        using: How many use in a way that pulls.
        mutual: With how many help went both ways.
    """

    people: int
    close: int
    weekly: int
    for_recovery: int
    using: int
    mutual: int

    def values(self, key: str = ROSTER) -> dict[str, float]:
        """Return them as measures are called in records, as "roster_mutual"."""
        return {f"{key}_{name}": float(getattr(self, name)) for name in self.__slots__}


def roster_measures(key: str = ROSTER) -> tuple[Measure, ...]:
    """Return the measures of a roster that a study calls `key`: counts of somebody's people."""
    most = float(instrument(ROSTER).repeats)
    return tuple(
        Measure(f"{key}_{name}", unit="people", least=0.0, most=most)
        for name in RosterSummary.__slots__
    )


def summary(people: Sequence[Mapping[str, int | float | Missing]]) -> RosterSummary:
    """Return the summary of a roster: for each of somebody's people, the answers by item.

    An answer that is not there counts for nothing: it makes no tie closer or more mutual.

    Raises:
        InvalidInputError: If there are more people than are asked for, or an answer nobody could
            give.
    """
    roster = instrument(ROSTER)
    if len(people) > roster.repeats:
        raise InvalidInputError(f"a roster has at most {roster.repeats} people, got {len(people)}")
    rows = [
        {key: _given(roster.item(key).measure(key), a) for key, a in row.items()} for row in people
    ]

    def counted(key: str, *values: int) -> int:
        return sum(row.get(key) in values for row in rows)

    return RosterSummary(
        people=len(rows),
        close=counted("close", 2, 3),
        weekly=counted("contact", 2, 3),
        for_recovery=counted("recovery", _FOR_IT),
        using=counted("uses", 1),
        mutual=counted("help", Help.BOTH),
    )


def _given(measure: Measure, answer: int | float | Missing) -> float | None:
    if isinstance(answer, Missing):
        return None
    if not measure.least <= answer <= measure.most or answer != int(answer):
        raise InvalidInputError(f"roster, item {measure.name}: {answer:g} is no answer to it")
    return float(answer)
