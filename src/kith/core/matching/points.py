"""What makes a circle worth more: whole points, so that nothing drifts."""

from dataclasses import dataclass
from typing import NamedTuple

from kith.errors import InvalidInputError

# One point is 60 units of value: 60 / (k - 1) is whole for circles of 3, 4, 5 and 6.
UNIT = 60


class Numbers(NamedTuple):
    """The numbers of Points, in the one form that compiled loops read."""

    shared: tuple[int, int, int, int, int]
    met: int
    both_met: int
    tied: int
    other_cluster: int
    together: int
    survived: int
    near_m: tuple[int, int, int, int]
    near: tuple[int, int, int, int]
    chance: int
    bridge: int
    role: int
    ask: int


@dataclass(frozen=True, slots=True)
class Points:
    """The points of a pair, of a circle and of a person in one.

    All are design choices, see docs/science/matching.md. Points are per pair unless said.

    Args:
        shared: For 0, 1, 2, 3, and 4 or more practices that both like.
        met: For an ask of one that the other can give; at most two each way count.
        both_met: More, when it goes both ways.
        tied: Where they know each other already: below 0, for breadth.
        other_cluster: Where they come from different knots of people.
        together, survived: In a repair, for leaving two people where they sat together: in a circle
            that can go on as it is, and in what is left of another. A brake on the search, which
            is no part of what a circle is worth.
        near_m, near: Up to so many meters apart, so many points; only in circles in person.
        share_of_chance: The share of the most points a pair can have that dice decide.
        bridge: Of a circle in which at least two know each other.
        role: Of a circle, for each different role in it.
        ask: Of a circle, for each member who is offered something they ask for.
        placed: Of a person, for being in a circle at all.
        waited: Of a person, more for each week they waited, up to `longest_wait_weeks`.

    Raises:
        InvalidInputError: If `share_of_chance` is not from 0 to 0.9.
    """

    shared: tuple[int, int, int, int, int] = (0, 30, 50, 60, 65)
    met: int = 12
    both_met: int = 20
    tied: int = -15
    other_cluster: int = 8
    together: int = 30
    survived: int = 15
    near_m: tuple[int, int, int, int] = (2_000, 5_000, 10_000, 20_000)
    near: tuple[int, int, int, int] = (20, 15, 10, 5)
    share_of_chance: float = 0.2
    bridge: int = 40
    role: int = 8
    ask: int = 10
    placed: int = 150
    waited: int = 15
    longest_wait_weeks: int = 10

    def __post_init__(self) -> None:
        if not 0 <= self.share_of_chance <= 0.9:
            raise InvalidInputError(f"share_of_chance must be 0 to 0.9, got {self.share_of_chance}")

    @property
    def most_by_merit(self) -> int:
        """The most points a pair can have of everything but chance."""
        return max(self.shared) + 4 * self.met + self.both_met + self.other_cluster + max(self.near)

    @property
    def chance(self) -> int:
        """The most points that dice give a pair: `share_of_chance` of all a pair can have."""
        return round(self.most_by_merit * self.share_of_chance / (1 - self.share_of_chance))

    @property
    def numbers(self) -> Numbers:
        """What the loops need to know."""
        return Numbers(*(getattr(self, name) for name in Numbers._fields))


POINTS = Points()
