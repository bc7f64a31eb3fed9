"""A study as it is written down: what is asked, of whom, how it is drawn, measured and analysed.

Each class is one section of study.toml; docs/science/study-documents.md says what each word means.
What is left out of a file has the value here, and `problems` says whether that can stay so.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from kith.errors import InvalidInputError

# Ten years.
LONGEST_WEEKS = 520
Word = bool | int | float | str
Setting = Word | tuple[Word, ...]


@dataclass(frozen=True, slots=True)
class About:
    """What the study asks, who answers for it, and how long it takes.

    Args:
        weeks: From the day somebody joins to the end of their follow-up.
        on_call: Who answers, and when, if somebody says that they might die. Empty for nobody.
    """

    title: str = ""
    question: str = ""
    summary: str = ""
    contact: str = ""
    ethics: str = ""
    weeks: int = 0
    on_call: str = ""


@dataclass(frozen=True, slots=True)
class Population:
    """Who may take part.

    Args:
        facts: What is known of people when they join besides measures, as "age_band" or "site":
            columns of the table of people. Groups may be balanced and adjusted by them.
    """

    who: str = ""
    minimum_age: int = 0
    regions: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Arm:
    """What some people get. The first arm of a plan is the one others are held against.

    Args:
        features: Which features of kith it switches, and how: see words.FEATURES.
    """

    key: str = ""
    name: str = ""
    features: Mapping[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Randomisation:
    """How chance shares the arms out.

    Args:
        unit: What is drawn: people, circles, places or decisions.
        mechanism: How: see words.MECHANISMS.
        block_sizes: Of permuted blocks.
        strata: Measures or facts within whose values blocks are drawn.
        balance: Measures or facts that a minimised or constrained draw keeps alike.
        ratio: How many go to each arm, in the order of the arms; empty: equally many.
        probability: Of each arm at a decision, in the order of the arms; they add up to 1.
        saturation: Shares of a circle or place that the second stage may draw.
        follow: How likely a minimised draw follows the balance.
        accept: The share of draws, the most alike, that a constrained draw takes from.
        seed_commitment: sha256 of the seed, made before the first draw.
    """

    unit: str = ""
    mechanism: str = ""
    block_sizes: tuple[int, ...] = ()
    strata: tuple[str, ...] = ()
    balance: tuple[str, ...] = ()
    ratio: tuple[int, ...] = ()
    probability: tuple[float, ...] = ()
    saturation: tuple[float, ...] = ()
    follow: float = 0.8
    accept: float = 0.1
    seed_commitment: str = ""


@dataclass(frozen=True, slots=True)
class Schedule:
    """When a measure is asked: in weeks of the study, or some times on each day.

    Args:
        every_weeks: From week 0 on, every so many weeks.
        at_weeks: In these weeks. With `per_day`: on each day of these weeks only.
        per_day: So many times a day, at random within windows.
        windows: Of the local day, as "08:00-12:00"; one question in each.
        expires_minutes: After so long an answer no longer counts.
    """

    every_weeks: int = 0
    at_weeks: tuple[int, ...] = ()
    per_day: int = 0
    windows: tuple[str, ...] = ()
    expires_minutes: int = 0


@dataclass(frozen=True, slots=True)
class MeasurePlan:
    """Something that is measured.

    Args:
        instrument: One of kith's battery, with a scale of its own after a colon where it is not the
            total, as "phq4:anxiety"; or "acts" (from the log of acts), or "records" (brought in with
            the data, as urine screens are).
        kind: Only for "records": number, yes_no, event, count or network. An instrument knows.
    """

    key: str = ""
    instrument: str = ""
    schedule: Schedule = field(default_factory=Schedule)
    kind: str = ""

    @property
    def asks(self) -> str:
        """The key of the instrument, without a scale."""
        return self.instrument.partition(":")[0]

    @property
    def scale(self) -> str:
        """The scale of the instrument that this measure is."""
        return self.instrument.partition(":")[2] or "total"

    def weeks(self, until: int) -> tuple[int, ...]:
        """Return in which weeks, up to `until`, it is asked; every one if so many times a day."""
        schedule, until = self.schedule, min(until, LONGEST_WEEKS)
        if schedule.per_day and not schedule.at_weeks:
            return tuple(range(until + 1))
        every = range(0, until + 1, schedule.every_weeks) if schedule.every_weeks > 0 else ()
        return tuple(sorted({*every, *(week for week in schedule.at_weeks if week <= until)}))


@dataclass(frozen=True, slots=True)
class Outcome:
    """A question with one number for an answer.

    Args:
        measure: The key of a measure.
        role: primary or secondary. What is not in the plan is exploratory.
        estimator: See words.ESTIMATORS.
        contrast: Two arms: the first against the second.
        at_week: When it is looked at; none for what has its own time, as survival has.
        direction: Which is hoped for: higher, lower or either.
        covariates: Measures at baseline, or facts, that are adjusted for.
        subgroups: Covariates within whose values the answer is given again.
        settings: What else the estimator must be told. "cluster": whether people in one circle or
            place are taken to be alike.
    """

    key: str = ""
    measure: str = ""
    role: str = ""
    estimator: str = ""
    contrast: tuple[str, ...] = ()
    at_week: int | None = None
    direction: str = ""
    covariates: tuple[str, ...] = ()
    subgroups: tuple[str, ...] = ()
    settings: Mapping[str, Setting] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class MissingRule:
    """What stands for an answer that is not there.

    Args:
        rule: See words.MISSING_RULES.
        range: The least and the most by which the missing might differ from those who answered,
            in the units of the primary outcome: the ends of the sensitivity range.
    """

    rule: str = ""
    range: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class AnalysisPlan:
    """How the data are turned into answers."""

    alpha: float = 0.05
    multiplicity: str = ""
    missing: MissingRule = field(default_factory=MissingRule)
    population: str = "intention_to_treat"


@dataclass(frozen=True, slots=True)
class PowerPlan:
    """How many people it takes to see the effect that matters.

    Args:
        people: How many join, over all arms.
        effect: The smallest difference worth knowing of, in the unit of the primary outcome; a
            hazard ratio for survival, a difference of probabilities for yes_no.
        sd: Standard deviation of the outcome, for a number.
        baseline: The probability, or for survival the share with an event, in the second arm of the
            contrast.
        loss: The share of people expected not to answer at the end.
        target: The power aimed for.
        cluster_size: People in each circle or place that is drawn whole.
        icc: How alike they are: the intraclass correlation.
        availability: The share of decisions at which somebody is available.
    """

    people: int = 0
    effect: float = 0.0
    sd: float = 0.0
    baseline: float = 0.0
    loss: float = 0.0
    target: float = 0.0
    cluster_size: float = 1.0
    icc: float = 0.0
    availability: float = 1.0


@dataclass(frozen=True, slots=True)
class Stopping:
    """When it ends early.

    Args:
        looks: Shares of the information at which it is looked at; the last is 1. Empty: only at
            the end.
        spending: How the error is shared out among the looks: see words.SPENDINGS.
        harm: What ends the study at once.
    """

    looks: tuple[float, ...] = ()
    spending: str = ""
    harm: str = ""


@dataclass(frozen=True, slots=True)
class StudyPlan:
    """A whole study.toml.

    Args:
        lines: On which line of the file a path such as "outcomes[0].estimator" stands; no part of
            what the plan says, so that two plans that say the same are equal.
    """

    study: About = field(default_factory=About)
    population: Population = field(default_factory=Population)
    arms: tuple[Arm, ...] = ()
    randomisation: Randomisation = field(default_factory=Randomisation)
    measures: tuple[MeasurePlan, ...] = ()
    outcomes: tuple[Outcome, ...] = ()
    analysis: AnalysisPlan = field(default_factory=AnalysisPlan)
    power: PowerPlan = field(default_factory=PowerPlan)
    stopping: Stopping = field(default_factory=Stopping)
    lines: Mapping[str, int] = field(default_factory=dict, compare=False, repr=False)

    @property
    def primary(self) -> tuple[Outcome, ...]:
        """The outcomes that the study is for."""
        return tuple(outcome for outcome in self.outcomes if outcome.role == "primary")

    def measure(self, key: str) -> MeasurePlan:
        """Return the measure called `key`.

        Raises:
            InvalidInputError: If the plan has none.
        """
        for measure in self.measures:
            if measure.key == key:
                return measure
        raise InvalidInputError(f"the plan has no measure {key!r}")

    def outcome(self, key: str) -> Outcome:
        """Return the outcome called `key`.

        Raises:
            InvalidInputError: If the plan has none.
        """
        for outcome in self.outcomes:
            if outcome.key == key:
                return outcome
        raise InvalidInputError(f"the plan has no outcome {key!r}")
