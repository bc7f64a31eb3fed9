"""Who took part, what they were like, who was with whom, and what could be seen."""

from collections.abc import Mapping

import numpy as np
from scipy.stats import norm

from kith.core.analysis.results import ArmFlow, BaselineRow, Chance, Effect, Ties
from kith.core.records import End, StudyRecords

_ENDS = {
    End.LEFT: "left",
    End.REVOKED: "took their consent back",
    End.LOST: "lost from sight",
    End.DIED: "died",
}
_Z = float(norm.ppf(0.975))


def arm_of(records: StudyRecords) -> np.ndarray:
    """Return the arm each person was first drawn into, or -1."""
    arm = np.full(records.people, -1)
    order = np.argsort(-records.assignments.day, kind="stable")
    arm[records.assignments.person[order]] = records.assignments.arm[order]
    return arm


def flow(
    records: StudyRecords, names: tuple[str, ...], analysed: np.ndarray
) -> tuple[ArmFlow, ...]:
    """Return for each arm how many were drawn, why some ended early, how many were analysed."""
    arm, why = arm_of(records), np.full(records.people, -1)
    why[records.follow_up.person] = records.follow_up.why
    made = []
    for n, name in enumerate(names):
        is_in = arm == n
        ended = [(words, int((is_in & (why == end)).sum())) for end, words in _ENDS.items()]
        early = tuple(one for one in ended if one[1])
        made.append(ArmFlow(name, int(is_in.sum()), early, int((is_in & analysed).sum())))
    return tuple(made)


def baseline(
    records: StudyRecords, arms: int, facts: Mapping[str, np.ndarray]
) -> tuple[BaselineRow, ...]:
    """Return each fact by arm: words with how many, numbers with mean and spread. No test: chance drew."""
    arm = arm_of(records)
    made: list[BaselineRow] = []
    for fact, column in facts.items():
        groups = [column[arm == n] for n in range(arms)]
        if np.issubdtype(column.dtype, np.number):
            made.append(BaselineRow(fact, "mean (SD)", tuple(_mean(group) for group in groups)))
            continue
        words = sorted({str(one) for one in column if one is not None})
        for word in words:
            counts = [sum(str(one) == word for one in group) for group in groups]
            cells = [_part(n, len(group)) for n, group in zip(counts, groups, strict=True)]
            made.append(BaselineRow(fact, word, tuple(cells)))
        unknown = [sum(one is None for one in group) for group in groups]
        if any(unknown):
            cells = [_part(n, len(group)) for n, group in zip(unknown, groups, strict=True)]
            made.append(BaselineRow(fact, "not known", tuple(cells)))
    return tuple(made)


def _mean(group: np.ndarray) -> str:
    known = group[np.isfinite(group)]
    return f"{known.mean():.1f} ({known.std(ddof=1):.1f})" if len(known) > 1 else "not known"


def _part(n: int, of: int) -> str:
    return f"{n} ({n / of:.0%})" if of else "0"


def ties(records: StudyRecords, dice: np.random.Generator) -> Ties | None:
    """Return who was together with whom, the numbers shuffled; None if nobody was."""
    pairs = np.unique(np.stack([records.acts.actor, records.acts.other], axis=1), axis=0)
    if not len(pairs):
        return None
    people, pairs = np.unique(pairs, return_inverse=True)
    shuffled = dice.permutation(len(people))[pairs.reshape(-1, 2)]
    rows = sorted((int(a), int(b)) for a, b in shuffled)
    known = set(rows)
    mutual = sum((b, a) in known for a, b in rows) / len(rows)
    return Ties(len(people), tuple(rows), mutual)


def chances(effect: Effect, planned: float) -> tuple[tuple[Chance, ...], float]:
    """Return how likely effects were to be seen, and the least that had an 80 % chance.

        power(effect) = Phi(|effect| / se - z)

    on the scale of the interval, logarithms for a ratio; se is what the study reached.
    """
    is_ratio = effect.null == 1
    width = np.log(effect.upper / effect.lower) if is_ratio else effect.upper - effect.lower
    se = float(width) / (2 * _Z)
    least = (_Z + float(norm.ppf(0.8))) * se
    distance = abs(np.log(planned)) if is_ratio and planned > 0 else abs(planned)
    sizes = sorted(
        {least / 2, 0.75 * least, least, 1.25 * least, *([distance] if distance else [])}
    )
    rows = tuple(
        Chance(float(np.exp(one)) if is_ratio else one, float(norm.cdf(one / se - _Z)))
        for one in sizes
    )
    return rows, float(np.exp(least)) if is_ratio else least
