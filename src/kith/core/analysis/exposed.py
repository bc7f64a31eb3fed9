"""What reached each person: their own arm and others', and how likely the draw made it."""

from dataclasses import dataclass

import numpy as np

from kith.core.analysis.asked import Asked
from kith.core.analysis.deriving import drawn_on
from kith.core.analysis.drawing import Drawing, NotThatDrawError, drawn_by
from kith.core.analysis.sitting import circle_mates
from kith.core.randomize import exposure
from kith.core.randomize.exposure import Chances, Exposures
from kith.core.randomize.mechanism import TooManyWaysError
from kith.core.study.words import GROUPED
from kith.errors import NoAnswerError

REDRAWS = 4_000
# So many people whose exposures hang together have a table of pairs that fits into memory.
MOST_TOGETHER = 600
_BANDS = {"none": "nobody else of the {group}", "some": "some others of the {group} too", "all": "all others of the {group} too"}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class World:
    """The people, what each is exposed to, and how likely each exposure was."""

    asked: Asked
    drawing: Drawing
    exposures: Exposures
    chances: Chances
    kind: np.ndarray
    bands: tuple[str, ...]
    group: str

    def number(self, own: int, band: int) -> int:
        """Return the number of the kind of exposure: own arm, and band of the others."""
        return own * len(self.bands) + band

    def could(self, *kinds: int) -> np.ndarray:
        """Return who might have been exposed in each of these ways, (people,)."""
        return np.asarray(np.all(self.chances.single[list(kinds)] > 0, axis=0))

    def words(self, own: int, band: int) -> str:
        """Return what a kind of exposure is called."""
        arm = self.asked.plan.arms[own]
        return f"{arm.name or arm.key}, and {self.bands[band]}"


def world_of(asked: Asked) -> World:
    """Return the people of a question, what each was exposed to, and how likely each exposure was.

    Raises:
        NoAnswerError: If the records lack who is with whom, the draw cannot be thrown again, or it
            holds too many people together whose chances cannot be listed.
    """
    drawing = drawn_by(asked)
    exposures, bands, group = _exposures(asked, drawing)
    try:
        law = exposure.chances(
            drawing.mechanism,
            exposures,
            redraws=REDRAWS,
            seed=asked.seed,
            most_together=MOST_TOGETHER,
        )
    except TooManyWaysError as error:
        raise NoAnswerError(
            f"this draw can come in too many ways to list, and more than {MOST_TOGETHER} people "
            "hang together in it"
        ) from error
    kind = exposures.kinds(drawing.arm[None])[0]
    return World(asked, drawing, exposures, law, kind, bands, group)


def _exposures(asked: Asked, drawing: Drawing) -> tuple[Exposures, tuple[str, ...], str]:
    how = str(asked.outcome.settings.get("exposure", "circle"))
    group = "place" if asked.plan.randomisation.unit == "places" else how
    if how == "ties":
        found = _tied(asked, drawing)
    elif how == "circle" and drawing.circle is None and len(asked.records.chairs.person):
        found = _sitting(asked, drawing)
    elif how in {"circle", "partner"}:
        if drawing.circle is None:
            raise NotThatDrawError(
                f"the plan asks what reaches a person through their {how}, and the records do not say "
                "who is in which circle or pair (the column cluster of assignments, or chairs)"
            )
        sizes = np.bincount(drawing.circle)
        if how == "partner" and sizes.max() > 2:
            raise NotThatDrawError(f"a pair in the records has {sizes.max()} people")
        found = exposure.circle(drawing.circle, (1.0,))
    else:
        raise NotThatDrawError(f"settings.exposure is circle, partner or ties, not {how!r}")
    cuts, bands = _cuts(asked, np.asarray(found.others.sum(axis=1)).ravel(), how)
    return Exposures(found.others, cuts), bands, group


def _sitting(asked: Asked, drawing: Drawing) -> Exposures:
    """Return who sat in one circle when each was drawn: those of whom the records say it."""
    place = np.full(asked.records.people, -1)
    place[drawing.person] = np.arange(len(drawing.person))
    ego, other = (place[one] for one in circle_mates(asked.records))
    is_in = (ego >= 0) & (other >= 0)
    if not is_in.any():
        raise NotThatDrawError("nobody of these people sat in one circle when they were drawn")
    return exposure.network(len(drawing.person), ego[is_in], other[is_in], cuts=(1.0,))


def _tied(asked: Asked, drawing: Drawing) -> Exposures:
    """Return who reaches whom by acts up to the draw of each: later ones are changed by it."""
    acts, start = asked.records.acts, drawn_on(asked.records)
    place = np.full(asked.records.people, -1)
    place[drawing.person] = np.arange(len(drawing.person))
    ego, other = np.append(acts.actor, acts.other), np.append(acts.other, acts.actor)
    day = np.append(acts.day, acts.day)
    is_in = (place[ego] >= 0) & (place[other] >= 0) & (day <= start[ego])
    if not is_in.any():
        raise NotThatDrawError(
            "the records have no acts between these people before they were drawn"
        )
    pairs = np.unique(np.stack([place[ego[is_in]], place[other[is_in]]], axis=1), axis=0)
    return exposure.network(
        len(drawing.person), pairs[:, 0].astype(np.int64), pairs[:, 1].astype(np.int64), cuts=(1.0,)
    )


def _cuts(asked: Asked, others: np.ndarray, how: str) -> tuple[tuple[float, ...], tuple[str, ...]]:
    said = asked.outcome.settings.get("cuts", ())
    group = {"partner": "pair", "ties": "ties"}.get(how) or asked.plan.randomisation.unit.rstrip(
        "s"
    )
    group = group if how != "circle" or asked.plan.randomisation.unit in GROUPED else "circle"
    if isinstance(said, tuple) and said:
        cuts = tuple(float(one) for one in said)
        ends = (0.0, *cuts)
        return cuts, tuple(f"from {low:.0%} of the others of the {group} on" for low in ends)
    if others.max(initial=0) < 2:
        return (1.0,), ("not the partner", "the partner too")
    words = tuple(one.format(group=group) for one in _BANDS.values())
    return (1 / (others.max() + 1), 1.0), words
