"""How many are rung, how much is left to chance, and what counts for how much."""

from dataclasses import dataclass

from kith.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Rule:
    """The numbers of a choice. Where a source is named it is a row of parameters.csv.

    All weights are design choices (grade D): only their order is meant. A tie counts most, then
    whether the hour is one that somebody painted as theirs, then how seldom they were rung.

    Args:
        parallel: How many are rung at once (reachout.parallel_contacts).
        p_chance: The share of choices that dice make (matching.exploration_share), so that a
            study can tell what the choice does.
        rest_s: Nobody who was rung so short a while ago is rung by somebody they do not know.
        tie, circle, awake, load: What each counts for; see `worth`.

    Raises:
        InvalidInputError: If a number is out of range.
    """

    parallel: int = 3
    p_chance: float = 0.2
    rest_s: float = 3600.0
    tie: float = 4.0
    circle: float = 1.0
    awake: float = 0.5
    load: float = 0.5

    def __post_init__(self) -> None:
        if self.parallel < 1:
            raise InvalidInputError(f"parallel must be at least 1, got {self.parallel}")
        if not 0 <= self.p_chance <= 1:
            raise InvalidInputError(f"p_chance must be from 0 to 1, got {self.p_chance}")
        for name in ("rest_s", "tie", "circle", "awake", "load"):
            value = getattr(self, name)
            if not value >= 0:
                raise InvalidInputError(f"{name} must not be below 0, got {value}")


RULE = Rule()
