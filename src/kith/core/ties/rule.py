"""The rule by which one act moves one tie: what fires together wires together."""

from dataclasses import dataclass
from math import inf

from kith.errors import InvalidInputError


@dataclass(frozen=True, slots=True)
class Rule:
    """How ties fade and grow.

        w(t) = w(t0) * 2 ** (-(t - t0) / half_life_days)
        w   += rate * x * (1 - w),   x = bases[mode] * (1 - 2 ** (-minutes / half_worth_minutes))

    Sources and settled values are in docs/science/ties.md. Of all numbers here, only the order
    of the modes is evidence; the rest are design choices.

    Args:
        half_life_days: A tie not practiced for so long is half as strong.
        rate: The share of what is missing to 1 that the best possible act adds. Below a half, so
            that no number of acts rounds up to 1.
        half_worth_minutes: An act of this length is worth half of an endless one.
        bases: The worth of an endless act, by Mode.

    Raises:
        InvalidInputError: If a number is out of range, or a later mode is worth more.
    """

    half_life_days: float = 60.0
    rate: float = 0.15
    half_worth_minutes: float = 30.0
    bases: tuple[float, float, float, float] = (1.0, 0.75, 0.6, 0.3)

    def __post_init__(self) -> None:
        for name in ("half_life_days", "half_worth_minutes"):
            value = getattr(self, name)
            if not 0 < value < inf:
                raise InvalidInputError(f"{name} must be finite and above 0, got {value}")
        if not 0 < self.rate < 0.5:
            raise InvalidInputError(f"rate must be above 0 and below 0.5, got {self.rate}")
        in_person, video, voice, text = self.bases
        if not 1 >= in_person >= video >= voice >= text > 0:
            raise InvalidInputError(f"bases must fall from 1 and stay above 0, got {self.bases}")

    def worth(self, mode: int, minutes: float) -> float:
        """Return x, what an act is worth, from 0 to 1."""
        worth: float = self.bases[mode] * (1.0 - 2.0 ** (-minutes / self.half_worth_minutes))
        return worth


RULE = Rule()
