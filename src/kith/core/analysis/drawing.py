"""The draw of a plan as a mechanism that can be thrown again, held against what the records say came."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from scipy.stats import chi2

from kith.core.analysis.asked import Asked
from kith.core.analysis.deriving import at_week
from kith.core.randomize import (
    AbstractMechanism,
    Blocked,
    Clustered,
    Constrained,
    Minimised,
    Saturation,
    Simple,
)
from kith.core.study.words import GROUPED
from kith.errors import InvalidInputError, NoAnswerError


class NotThatDrawError(NoAnswerError):
    """The records cannot have come by the plan's draw, or lack what it takes to throw it again."""


@dataclass(frozen=True, slots=True, eq=False)
class Drawing:
    """All who were drawn, in the order in which they were, and how.

    Args:
        person: Who.
        arm: 1 for the second arm of the plan, 0 for the one it is held against.
        circle: The circle or place of each, from 0; None where the records name none.
        mechanism: Its units are these people.
        sign: 1 if a contrast is of arm 1 against arm 0, -1 the other way round.
    """

    person: np.ndarray
    arm: np.ndarray
    circle: np.ndarray | None
    mechanism: AbstractMechanism
    sign: int

    def at(self, person: np.ndarray) -> np.ndarray:
        """Return at which place of the draw each `person` stands."""
        place = np.full(int(self.person.max()) + 1, -1)
        place[self.person] = np.arange(len(self.person))
        return np.asarray(place[person])


def drawn_by(asked: Asked) -> Drawing:
    """Return the draw that the plan says and the records hold.

    Strata and circles are those of the records; what a minimised or constrained draw keeps alike is
    taken from the facts, or from measures at the draw. A constrained draw takes M up to the `accept`
    quantile of chi-square with columns * (arms - 1) degrees of freedom (Morgan & Rubin 2012); the
    first stage of a saturation draw gives each share to each circle alike.

    Raises:
        NotThatDrawError: If the records lack something for it, or what came cannot have come so.
    """
    plan, drawn = asked.plan, asked.records.assignments
    if plan.randomisation.unit == "decisions":
        raise NotThatDrawError("decisions were drawn, not people: wcls or emee answer for these")
    if len(plan.arms) != 2:
        raise NotThatDrawError(
            f"the draw is held against two arms, and the plan has {len(plan.arms)}"
        )
    order = np.lexsort((drawn.person, drawn.day))
    _, first = np.unique(drawn.person[order], return_index=True)
    rows = order[np.sort(first)]
    if not len(rows):
        raise NotThatDrawError("the records have no assignments")
    cluster = drawn.cluster[rows].astype(np.int64)
    circle = None if (cluster < 0).any() else np.unique(cluster, return_inverse=True)[1]
    person, arm = drawn.person[rows].astype(np.int64), drawn.arm[rows].astype(np.int16)
    try:
        mechanism = _mechanism(asked, person, drawn.stratum[rows], circle, arm)
    except InvalidInputError as error:
        raise NotThatDrawError(
            f"the plan's draw cannot be made with these people: {error}"
        ) from error
    if not isinstance(mechanism, (Saturation, Minimised)):
        _refuse_other_shares(asked, drawn.probability[rows], arm)
    return Drawing(person, arm, circle, mechanism, 1 if asked.contrast == (1, 0) else -1)


def _mechanism(
    asked: Asked,
    person: np.ndarray,
    stratum: np.ndarray,
    circle: np.ndarray | None,
    arm: np.ndarray,
) -> AbstractMechanism:
    said = asked.plan.randomisation
    if said.unit in GROUPED and circle is None:
        raise NotThatDrawError(
            f"whole {said.unit} were drawn, and the records do not say who is in which (the column "
            "cluster of assignments)"
        )
    if circle is None or said.unit not in GROUPED:
        return _of_units(asked, len(person), stratum, _balanced(asked, person))
    if said.mechanism == "saturation":
        _refuse_other_saturations(said.saturation, circle, arm)
        shares = said.saturation
        return Saturation(circle, shares, Simple(int(circle.max()) + 1, (1,) * len(shares)))
    sizes = np.bincount(circle)
    treated = np.bincount(circle, arm)
    mixed = np.flatnonzero((treated > 0) & (treated < sizes))
    if len(mixed):
        raise NotThatDrawError(
            f"whole {said.unit} were drawn, and {len(mixed)} of them have people of both arms"
        )
    _, leader = np.unique(circle, return_index=True)
    columns = {
        name: np.bincount(circle, column) / sizes if column.dtype.kind == "f" else column[leader]
        for name, column in _balanced(asked, person).items()
    }
    return Clustered(circle, _of_units(asked, len(sizes), stratum[leader], columns))


def _of_units(
    asked: Asked, n: int, stratum: np.ndarray, balanced: Mapping[str, np.ndarray]
) -> AbstractMechanism:
    said = asked.plan.randomisation
    ratio = said.ratio or (1, 1)
    if said.mechanism == "simple":
        return Simple(n, ratio)
    if said.mechanism == "blocked":
        if said.strata and (stratum < 0).any():
            raise NotThatDrawError(
                f"blocks were drawn within {', '.join(said.strata)}, and the records do not say in "
                "which stratum (the column stratum of assignments)"
            )
        return Blocked(np.unique(stratum, return_inverse=True)[1], said.block_sizes, ratio)
    if said.mechanism == "minimised":
        table = np.stack([_codes(column) for column in balanced.values()], axis=1)
        return Minimised(table, 2, said.follow)
    if said.mechanism != "constrained":
        raise NotThatDrawError(
            f"a {said.mechanism or 'nameless'} draw of {said.unit} cannot be thrown again"
        )
    table = np.column_stack([one for column in balanced.values() for one in _numbers(column)])
    whole = -(-n // sum(ratio)) * sum(ratio)
    inner = Blocked(np.zeros(n, np.int64), (whole,), ratio)
    return Constrained(inner, table, float(chi2.ppf(said.accept, table.shape[1])))


def _balanced(asked: Asked, person: np.ndarray) -> dict[str, np.ndarray]:
    """Return what the draw keeps alike: words as they are, numbers as numbers."""
    found = {}
    for key in asked.plan.randomisation.balance:
        if key in asked.facts:
            column = asked.facts[key][person]
            is_number = np.issubdtype(column.dtype, np.number)
            found[key] = column.astype(np.float64) if is_number else np.array([str(one) for one in column])  # fmt: skip
        elif key in asked.plan.population.facts:
            raise NotThatDrawError(f"the draw keeps {key} alike, and the records do not say it")
        else:
            found[key] = at_week(asked.records, key, 0)[person]
        if found[key].dtype.kind == "f" and not np.isfinite(found[key]).all():
            raise NotThatDrawError(f"the draw keeps {key} alike, and it is not known of everybody")
    return found


def _codes(column: np.ndarray) -> np.ndarray:
    return np.asarray(np.unique(column, return_inverse=True)[1], np.int64)


def _numbers(column: np.ndarray) -> list[np.ndarray]:
    if column.dtype.kind == "f":
        return [column]
    return [(column == word).astype(np.float64) for word in np.unique(column)[1:]]


def _refuse_other_shares(asked: Asked, probability: np.ndarray, arm: np.ndarray) -> None:
    ratio = np.asarray(asked.plan.randomisation.ratio or (1, 1), np.float64)
    planned = (ratio / ratio.sum())[arm]
    wrong = ~np.isclose(probability, planned, atol=1e-6)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise NotThatDrawError(
            f"the records say that an arm was drawn with probability {probability[row]:g}, and by the "
            f"plan it was {planned[row]:g}: that is another draw ({wrong.sum()} of {len(arm)} rows)"
        )


def _refuse_other_saturations(
    shares: tuple[float, ...], circle: np.ndarray, arm: np.ndarray
) -> None:
    sizes, treated = np.bincount(circle), np.bincount(circle, arm)
    could = np.floor(np.outer(shares, sizes) + 0.5)
    wrong = ~(could == treated).any(axis=0)
    if wrong.any():
        row = int(np.argmax(wrong))
        raise NotThatDrawError(
            f"a circle of {sizes[row]} has {treated[row]:g} in the second arm, which none of the shares "
            f"{', '.join(f'{one:g}' for one in shares)} gives: somebody is missing from the records, or "
            f"it was drawn otherwise ({wrong.sum()} of {len(sizes)} circles)"
        )
