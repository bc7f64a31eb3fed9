"""Who took part, what they were like, who was with whom, and what could be seen."""

from collections.abc import Mapping

import numpy as np

from kith.core.analysis.results import ArmFlow, BaselineRow, Chance, Effect, Ties
from kith.core.records import End, StudyRecords
from kith.core.stats.power.approximate import least_shift, power_of_shift
from kith.errors import NoAnswerError

_ENDS = {
    End.LEFT: "left",
    End.REVOKED: "took their consent back",
    End.LOST: "lost from sight",
    End.DIED: "died",
}
# More people than this make a picture in which nobody sees anything.
MOST_DRAWN = 300


def arm_of(records: StudyRecords) -> np.ndarray:
    """Return the arm each person was first drawn into, or -1."""
    arm = np.full(records.people, -1)
    order = np.argsort(-records.assignments.day, kind="stable")
    arm[records.assignments.person[order]] = records.assignments.arm[order]
    return arm


def flow(
    records: StudyRecords, names: tuple[str, ...], analysed: np.ndarray, arm: np.ndarray
) -> tuple[ArmFlow, ...]:
    """Return for each arm how many were drawn, why some ended early, how many were analysed."""
    why = np.full(records.people, -1)
    why[records.follow_up.person] = records.follow_up.why
    made = []
    for n, name in enumerate(names):
        is_in = arm == n
        ended = [(words, int((is_in & (why == end)).sum())) for end, words in _ENDS.items()]
        early = tuple(one for one in ended if one[1])
        made.append(ArmFlow(name, int(is_in.sum()), early, int((is_in & analysed).sum())))
    return tuple(made)


def baseline(
    arm: np.ndarray, arms: int, facts: Mapping[str, np.ndarray]
) -> tuple[BaselineRow, ...]:
    """Return each fact by arm: words with how many, numbers with mean and spread. No test: chance drew."""
    made: list[BaselineRow] = []
    for fact, column in facts.items():
        groups = [column[arm == n] for n in range(arms)]
        if np.issubdtype(column.dtype, np.number):
            known = tuple(int(np.isfinite(group).sum()) for group in groups)
            made.append(BaselineRow(fact, "mean (SD)", tuple(_mean(one) for one in groups), known))
            continue
        is_none = np.array([one is None for one in column], np.bool_)
        said, place = np.unique(np.where(is_none, "", column.astype(str)), return_inverse=True)
        place = np.where(is_none, -1, place)
        for number, word in enumerate(said.tolist()):
            counts = [int((place[arm == n] == number).sum()) for n in range(arms)]
            if not any(counts) and is_none.any():
                continue
            cells = [_part(n, len(group)) for n, group in zip(counts, groups, strict=True)]
            made.append(BaselineRow(fact, str(word), tuple(cells), tuple(counts)))
        unknown = [int(is_none[arm == n].sum()) for n in range(arms)]
        if any(unknown):
            cells = [_part(n, len(group)) for n, group in zip(unknown, groups, strict=True)]
            made.append(BaselineRow(fact, "not known", tuple(cells), tuple(unknown)))
    return tuple(made)


def _mean(group: np.ndarray) -> str:
    known = group[np.isfinite(group)]
    return f"{known.mean():.1f} ({known.std(ddof=1):.1f})" if len(known) > 1 else "not known"


def _part(n: int, of: int) -> str:
    return f"{n} ({n / of:.0%})" if of else "0"


def ties(records: StudyRecords, dice: np.random.Generator) -> Ties | None:
    """Return who was together with whom, the numbers shuffled; None if nobody was."""
    n = records.people
    keys = np.unique(records.acts.actor.astype(np.int64) * n + records.acts.other)
    if not len(keys):
        return None
    actor, other = keys // n, keys % n
    mutual = float(np.isin(other * n + actor, keys).mean())
    people, places = np.unique(np.stack([actor, other], axis=1), return_inverse=True)
    if len(people) > MOST_DRAWN:
        return Ties(len(people), (), mutual, len(keys))
    shuffled = dice.permutation(len(people))[places.reshape(-1, 2)]
    return Ties(
        len(people), tuple(sorted((int(a), int(b)) for a, b in shuffled)), mutual, len(keys)
    )


def chances(effect: Effect, planned: float) -> tuple[tuple[Chance, ...], float]:
    """Return how likely effects were to be seen, and the least that had an 80 % chance.

    By `power_of_shift`, on the scale of the interval, logarithms for a ratio; the standard error is
    what the study reached.

    Raises:
        NoAnswerError: If there is no error to judge by.
    """
    if not effect.se > 0:
        raise NoAnswerError(
            f"{effect.key}: answers do not vary, so there is nothing to judge it by"
        )
    is_ratio, alpha = effect.null == 1, 1 - effect.level
    least = least_shift(0.8, alpha=alpha) * effect.se
    distance = abs(np.log(planned)) if is_ratio and planned > 0 else abs(planned)
    sizes = sorted(
        {least / 2, 0.75 * least, least, 1.25 * least, *([float(distance)] if distance else [])}
    )
    rows = tuple(
        Chance(
            float(np.exp(one)) if is_ratio else one, power_of_shift(one / effect.se, alpha=alpha)
        )
        for one in sizes
    )
    return rows, float(np.exp(least)) if is_ratio else least
