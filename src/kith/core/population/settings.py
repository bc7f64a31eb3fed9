"""What a town is made by: every number with its range."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from kith.errors import InvalidInputError

# Lowest and highest of each setting; both are allowed.
RANGES: Mapping[str, tuple[int | float, int | float]] = MappingProxyType(
    {
        "people": (10, 2_000_000),
        "people_a_place": (10, 1_000_000),
        "household": (1, 8),
        "ties": (0, 50),
        "near": (0, 1),
        "region": (0, 1),
        "triads": (0, 0.9),
        "spread": (0, 1.5),
        "layers_alike": (0, 1),
        "using_ties": (0, 1),
        "homophily": (0, 1),
        "isolated": (0, 1),
        "using": (0, 1),
        "new": (0, 1),
    }
)


@dataclass(frozen=True, slots=True)
class TownSettings:
    """How a town is made. All are design choices: no data of a real town stand behind them.

    Args:
        people: How many there are.
        people_a_place: How many of them a place has, on average.
        household: How many of them share a home, on average.
        ties: How many people one is tied to, on average; those one lives with come on top.
        near: The share of ties with somebody of the same place.
        region: The share of the other ties that stay among the six nearest places.
        triads: The share of ties that join two who know the same person.
        spread: How uneven people are in how many ties they have: the standard deviation of the
            logarithm of how easily each makes one.
        layers_alike: How much trust, advice and company go together: 0 not at all, 1 as one.
        using_ties: The share of ties, of any two, in which they use together as well.
        homophily: The share of ties that are only made with somebody who is alike in using. None
            is assumed: where towns are so, it is to be shown by data and set.
        isolated: The share of people who live apart.
        using: The share of people who are in a lapse at the start.
        new: The share of people within their first thirty days.

    Raises:
        InvalidInputError: If one is out of its range: the name, the value, the range.
    """

    people: int = 10_000
    people_a_place: int = 250
    household: float = 1.5
    ties: float = 7.0
    near: float = 0.7
    region: float = 0.7
    triads: float = 0.3
    spread: float = 0.6
    layers_alike: float = 0.6
    using_ties: float = 0.1
    homophily: float = 0.0
    isolated: float = 0.1
    using: float = 0.1
    new: float = 0.15

    def __post_init__(self) -> None:
        for name, (lowest, highest) in RANGES.items():
            value = getattr(self, name)
            if not lowest <= value <= highest:
                raise InvalidInputError(f"{name} must be {lowest:,} to {highest:,}, got {value}")
