"""What an analysis answers: every number of a report, and nothing of how it looks."""

from dataclasses import dataclass

from kith.core.stats.kaplan_meier import Curve


@dataclass(frozen=True, slots=True)
class Effect:
    """One arm against another, for one outcome.

    Args:
        key: Of the outcome.
        scale: What is compared: see estimating.SCALES.
        arms: The first against the second, by name.
        null: What the value is if the arms do not differ: 1 for a ratio, else 0.
        p: Two-sided.
        adjusted_p: For several primary outcomes by the plan's rule, among the secondary ones by Holm;
            else `p` itself.
        n: People it rests on.
        is_confirmatory: Whether the locked plan asked for just this.
        se: Its standard error, of the logarithm where it is a ratio.
        level: Of the interval.
    """

    key: str
    scale: str
    arms: tuple[str, str]
    value: float
    lower: float
    upper: float
    null: float
    p: float
    adjusted_p: float
    n: int
    is_confirmatory: bool = False
    se: float = float("nan")
    level: float = 0.95

    @property
    def excludes_null(self) -> bool:
        """Whether the interval leaves no room for no difference."""
        return self.lower > self.null or self.upper < self.null


@dataclass(frozen=True, slots=True)
class Share:
    """How many of an arm had it, whatever was asked."""

    arm: str
    yes: int
    n: int


@dataclass(frozen=True, slots=True)
class UnderRule:
    """The primary outcome if what is missing is taken in one way.

    Args:
        rule: As words.MISSING_RULES calls it, or "shifted" for a mean that is moved.
        words: What the rule does, for people.
        is_planned: Whether it is the rule of the plan.
    """

    rule: str
    words: str
    effect: Effect
    shares: tuple[Share, ...]
    is_planned: bool


@dataclass(frozen=True, slots=True)
class Subgroup:
    """The primary outcome within each value of something known at the draw.

    Args:
        by: The covariate.
        effects: For each value, in words.
        p: That the effect is the same in all of them (interaction).
    """

    by: str
    effects: tuple[tuple[str, Effect], ...]
    p: float


@dataclass(frozen=True, slots=True)
class ArmFlow:
    """What became of those who were drawn into one arm; None where a number is not told."""

    arm: str
    drawn: int
    ended_early: tuple[tuple[str, int | None], ...]
    analysed: int | None


@dataclass(frozen=True, slots=True)
class BaselineRow:
    """One fact, or one word of it, for each arm: how many of how many, or mean and spread.

    Args:
        fact: What is known.
        word: What of it.
        cells: For each arm, in words.
        counts: How many people each cell counts; of a mean, how many are known.
    """

    fact: str
    word: str
    cells: tuple[str, ...]
    counts: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ArmCurve:
    """The share of an arm without the event, by days since the draw."""

    arm: str
    curve: Curve


@dataclass(frozen=True, slots=True)
class Ties:
    """Who was together with whom, without names and in no order.

    Args:
        people: How many there are.
        pairs: Two numbers for each tie, from the one who acted to the other; none where there are
            too many people for a picture.
        reciprocity: The share of ties that go both ways.
        count: How many ties there are.
    """

    people: int
    pairs: tuple[tuple[int, int], ...]
    reciprocity: float
    count: int


@dataclass(frozen=True, slots=True)
class Chance:
    """How likely a study of this size was to see an effect, if there is one."""

    effect: float
    power: float


@dataclass(frozen=True, slots=True)
class Results:
    """All that a report says.

    Args:
        headline: The first lines: the primary result, and whether a rule for missing data decides it.
        status: "confirmatory" or "exploratory", and why.
        also_primary: Primary outcomes of the plan beside the first.
        subgroups: Of the primary outcome, as the plan names them.
        beside: The primary outcome for other people than the plan's, and who they are.
        is_decided_by_rule: The interval leaves out no difference under one rule of the plan's range
            and not under another.
        not_analysed: Outcomes of the plan that have no answer here, and why; and what its answers
            could not take in.
    """

    title: str
    question: str
    headline: tuple[str, ...]
    status: str
    status_why: str
    plan_hash: str
    locked_at: str
    flow: tuple[ArmFlow, ...]
    baseline: tuple[BaselineRow, ...]
    primary: Effect
    shares: tuple[Share, ...]
    also_primary: tuple[tuple[Effect, tuple[Share, ...]], ...]
    secondary: tuple[tuple[Effect, tuple[Share, ...]], ...]
    subgroups: tuple[Subgroup, ...]
    beside: tuple[tuple[str, Effect], ...]
    under_rules: tuple[UnderRule, ...]
    is_decided_by_rule: bool
    curves: tuple[ArmCurve, ...]
    ties: Ties | None
    deviations: tuple[str, ...]
    not_analysed: tuple[str, ...]
    chances: tuple[Chance, ...]
    least_seen: float
