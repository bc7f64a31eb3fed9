"""What pairs of runs come to: means with intervals, and differences pair by pair."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from jaxtyping import Float64
from scipy.special import stdtrit

from kith.core.model.outcomes import OUTCOMES, Spread, spread
from kith.core.model.scenario import Scenario
from kith.core.picture.living import HABITS, LINES, Pair
from kith.core.picture.sampling import Sample
from kith.errors import InvalidInputError

PLAIN, TRIED = 0, 1


class Band(NamedTuple):
    """A mean over pairs with its interval of 95 %, point by point.

    The interval is of the mean, by Student's t, as in `outcomes.spread`. It holds what chance
    leaves open in so many pairs, and nothing of whether the model is right.
    """

    mean: np.ndarray
    lower: np.ndarray
    upper: np.ndarray


class End(NamedTuple):
    """An outcome at the end: of both arms, and the difference of what is tried, pair by pair.

    Args:
        is_less_better: Whether less of it is better.
        worse: In how many pairs the town did worse with what is tried.
    """

    key: str
    words: str
    is_less_better: bool
    plain: Spread
    tried: Spread
    difference: Spread
    worse: int

    @property
    def verdict(self) -> str:
        """Return what the interval of the difference lets one say."""
        if not self.difference.lower > 0 and not self.difference.upper < 0:
            return "no difference shown"
        is_better = (self.difference.upper < 0) == self.is_less_better
        return "better" if is_better else "worse"


@dataclass(frozen=True, slots=True)
class Picture:
    """All that is drawn. Arms: PLAIN is as it is, TRIED is with the design.

    Args:
        scenario: What was lived.
        pairs: How many pairs stand behind it.
        runs: Of each pair, arm, week and line of LINES.
        lines: The same, over pairs: arm, line, week.
        differences: TRIED less PLAIN, pair by pair: line, week.
        habits: Arm, habit of HABITS, mark: 0 is the start, then the end of each week.
        needs: Arm, system, mark.
        ends: Outcomes.
        sample: A few people of the first pair.
    """

    scenario: Scenario
    pairs: int
    runs: Float64[np.ndarray, "pairs 2 3 weeks"]
    lines: Band
    differences: Band
    habits: Band
    needs: Band
    ends: tuple[End, ...]
    sample: Sample | None

    @property
    def weeks(self) -> int:
        """How many weeks were lived."""
        return int(self.runs.shape[-1])

    @property
    def names(self) -> tuple[str, str]:
        """What the arms are called."""
        plain, tried = self.scenario.arms
        return plain.name or plain.key, tried.name or tried.key

    def end(self, key: str) -> End:
        """Return the outcome of this key."""
        return next(one for one in self.ends if one.key == key)

    def worse_at_end(self, line: str) -> int:
        """Return in how many pairs a line of LINES stood higher with what is tried, at the end."""
        last = self.runs[:, :, LINES.index(line), -1]
        return int((last[:, TRIED] > last[:, PLAIN]).sum())


def gathered(scenario: Scenario, pairs: Sequence[Pair]) -> Picture:
    """Return what `pairs` of one scenario come to, in their order.

    Raises:
        InvalidInputError: If there are fewer than two: one pair tells nothing of chance.
    """
    if len(pairs) < 2:
        raise InvalidInputError(f"a picture needs two pairs or more, got {len(pairs)}")
    runs = np.stack([one.lines for one in pairs])
    return Picture(
        scenario=scenario,
        pairs=len(pairs),
        runs=runs,
        lines=band(runs),
        differences=band(runs[:, TRIED] - runs[:, PLAIN]),
        habits=band(np.stack([one.habits for one in pairs])),
        needs=band(np.stack([one.needs for one in pairs])),
        ends=_ends(np.stack([one.outcomes for one in pairs])),
        sample=next((one.sample for one in pairs if one.sample), None),
    )


def band(values: Float64[np.ndarray, "pairs ..."]) -> Band:
    """Return mean and interval over the first axis: mean -+ t(.975, n - 1) * s / sqrt(n)."""
    n = len(values)
    mean = values.mean(axis=0)
    half = stdtrit(n - 1, 0.975) * values.std(axis=0, ddof=1) / np.sqrt(n)
    return Band(mean, mean - half, mean + half)


def _ends(values: Float64[np.ndarray, "pairs 2 _"]) -> tuple[End, ...]:
    found = []
    for at, (key, (words, is_less_better)) in enumerate(OUTCOMES.items()):
        plain, tried = values[:, PLAIN, at], values[:, TRIED, at]
        worse = (tried > plain) if is_less_better else (tried < plain)
        found.append(
            End(key, words, is_less_better, spread(plain), spread(tried), spread(tried - plain), int(worse.sum()))
        )  # fmt: skip
    return tuple(found)


__all__ = ["HABITS", "LINES", "PLAIN", "TRIED", "Band", "End", "Picture", "band", "gathered"]
