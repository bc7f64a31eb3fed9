"""What somebody asks of the simulator: a made-up town, one design, and how often both are lived."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from kith.core.model.design import Design, Feature
from kith.core.model.scenario import About, Run, Scenario
from kith.core.population.settings import TownSettings
from kith.core.study.problem import Problem
from kith.errors import KithError


class Choice(NamedTuple):
    """Something to choose: what it is called, what it is in a few words, what it sets."""

    name: str
    words: str
    sets: Mapping[str, Any]


# All are made up: no data of a real town stand behind them.
TOWNS: Final[Mapping[str, Choice]] = MappingProxyType(
    {
        "usual": Choice(
            "Some live apart, some are using",
            "one in ten lives apart; one in ten is using when it begins",
            {},
        ),
        "apart": Choice("Half live apart", "half meet nobody unless a design brings them together", {"isolated": 0.5}),
        "using": Choice("Many are using", "one in four is using when it begins", {"using": 0.25}),
        "close": Choice("Nearly all know many", "twice as many ties; one in fifty lives apart", {"isolated": 0.02, "ties": 14.0}),
    }
)  # fmt: skip
DESIGNS: Final[Mapping[str, Choice]] = MappingProxyType(
    {
        "circles": Choice("Circles", "small steady groups, formed as kith forms them", {"feature": Feature.CIRCLES}),
        "pairs": Choice("Listening pairs", "two people, five minutes each", {"feature": Feature.PAIRS}),
        "reach": Choice("A voice at the cue", "three people are rung when the pull comes", {"feature": Feature.REACH}),
        "listings": Choice("The list of gatherings", "people find what meets near them", {"feature": Feature.LISTINGS}),
        "service": Choice("Asks and offers", "people help each other", {"feature": Feature.SERVICE}),
        "badly_mixed": Choice(
            "Badly mixed circles",
            "those who are using sit together: a check that harm can show up",
            {"feature": Feature.CIRCLES, "lapses_together": True},
        ),
    }
)  # fmt: skip
AGAINST: Final[Mapping[str, Choice]] = MappingProxyType(
    {
        "nothing": Choice("As it is", "nothing is added", {"feature": Feature.NOTHING}),
        "usual_care": Choice("With usual care", "somebody paid for it, now and then", {"feature": Feature.USUAL_CARE}),
    }
)  # fmt: skip
# Lowest and highest; both are allowed. Together they keep a run within minutes on a small machine.
RANGES: Final[Mapping[str, tuple[int | float, int | float]]] = MappingProxyType(
    {
        "people": (200, 20_000),
        "weeks": (4, 52),
        "pairs": (2, 40),
        "contacts": (0.25, 5.0),
        "seed": (0, 2**31 - 1),
    }
)
_CHOICES: Final = {"town": TOWNS, "design": DESIGNS, "against": AGAINST}


class MalformedPictureError(KithError):
    """No such run can be asked for; `problems` says of each value what it may be."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked.

    Args:
        town: A key of TOWNS.
        design: A key of DESIGNS: what is tried.
        against: A key of AGAINST: what it is held against.
        contacts: Contacts a week that the design hands out, on average over everybody.
        people: In each made-up town.
        weeks: How long.
        pairs: How often a town is made and lived twice, each time with other dice.
        seed: Of all chance in it.

    Raises:
        MalformedPictureError: If a value is not allowed. It holds all of these.
    """

    town: str = "usual"
    design: str = "circles"
    against: str = "nothing"
    contacts: float = 1.0
    people: int = 10_000
    weeks: int = 26
    pairs: int = 8
    seed: int = 1

    def __post_init__(self) -> None:
        if found := tuple(_wrong(self)):
            raise MalformedPictureError(found)


def _wrong(asked: Asked) -> list[Problem]:
    """Return a problem for each value that is not allowed: its name, what it is, what it may be."""
    found = []
    for name, choices in _CHOICES.items():
        value = getattr(asked, name)
        if value not in choices:
            found.append(Problem(name, f"{name} is {value!r}.", f"It must be one of {', '.join(choices)}."))  # fmt: skip
    for name, (lowest, highest) in RANGES.items():
        value = getattr(asked, name)
        is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
        if not is_number or not lowest <= value <= highest:
            found.append(Problem(name, f"{name} is {value!r}.", f"It must be {lowest:,} to {highest:,}."))  # fmt: skip
    return found


def scenario_of(asked: Asked) -> Scenario:
    """Return the scenario that is asked for: what it is held against first, then what is tried."""
    town, tried, other = TOWNS[asked.town], DESIGNS[asked.design], AGAINST[asked.against]
    return Scenario(
        about=About(title=tried.name, question=f"{town.name}: {tried.words}"),
        town=TownSettings(people=asked.people, **town.sets),
        run=Run(days=asked.weeks * 7, seed=asked.seed, replicates=asked.pairs),
        arms=(
            Design(key=asked.against, name=other.name, **other.sets),
            Design(key=asked.design, name=tried.name, contacts_a_week=asked.contacts, **tried.sets),
        ),
    )
