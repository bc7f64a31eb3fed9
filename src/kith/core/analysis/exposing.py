"""A result by what reached each person: their own arm, and their partner's or circle's."""

from dataclasses import dataclass, replace

import numpy as np

from kith.core.analysis.asked import Asked, Sides, looked_at, sides
from kith.core.analysis.deriving import EVENT, NO_EVENT, drawn_on
from kith.core.analysis.drawing import Drawing, NotThatDrawError, drawn_by
from kith.core.analysis.missing import FILLED, SHIFTED
from kith.core.analysis.redrawing import turned
from kith.core.randomize import Saturation, exposure
from kith.core.randomize.exposure import Chances, Exposures
from kith.core.stats.difference import mean_difference
from kith.core.stats.exposure_effects import exposure_effect, exposure_means
from kith.core.stats.imputation import imputed, rubin
from kith.core.stats.results import Estimate
from kith.core.stats.saturation_effects import saturation_effects
from kith.core.study.kinds import kind_named
from kith.core.study.words import GROUPED
from kith.errors import NoAnswerError

_COPIES = 20
_REDRAWS = 4_000
# So many people whose exposures hang together have a table of pairs that fits into memory.
MOST_TOGETHER = 600
_TRULY = 1e-9
_BANDS = {"none": "nobody else of the {group}", "some": "some others of the {group} too", "all": "all others of the {group} too"}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """What an exposure analysis says, and beside it.

    Args:
        effect: Of the plan's question.
        arms: What is compared, in words.
        beside: Other effects of the same answers, each with what it is and what it compares.
    """

    effect: Estimate
    arms: tuple[str, str]
    beside: tuple[tuple[str, tuple[str, str], Estimate], ...]
    analysed: np.ndarray
    notes: tuple[str, ...]


@dataclass(frozen=True, slots=True, eq=False)
class _World:
    """The people, what each is exposed to, and how likely each exposure was."""

    asked: Asked
    drawing: Drawing
    exposures: Exposures
    chances: Chances
    kind: np.ndarray
    bands: tuple[str, ...]
    group: str

    def number(self, own: int, band: int) -> int:
        return own * len(self.bands) + band

    def could(self, *kinds: int) -> np.ndarray:
        return np.asarray(np.all(self.chances.single[list(kinds)] > 0, axis=0))

    def words(self, own: int, band: int) -> str:
        arm = self.asked.plan.arms[own]
        return f"{arm.name or arm.key}, and {self.bands[band]}"


def by_exposure(asked: Asked, rule: str, shift: float) -> Found:
    """Return the effect of an arm with all it does through others, weighted by the law of the draw.

    `settings.exposure` says who reaches a person: "circle" (those of the same circle or place),
    "partner" (circles of two) or "ties" (whom they had acts with before the draw). What the others
    have is none, some or all of the second arm, or what `settings.cuts` parts. `settings.effect` says
    what is compared, and by which chances (Aronow & Samii 2017; Hajek's means):

        total     second arm, and the others too, against first arm, and nobody else   (if unsaid)
        direct    second arm against first, the others in the same of these three
        indirect  first arm, the others too, against first arm, and nobody else

    The plan's covariates are taken off by a regression that does not know the arms. Missing answers
    are left out, or filled in 20 times from exposure and covariates (Rubin's rules), moved by `shift`.

    Raises:
        NoAnswerError: If the records lack who is with whom, the draw cannot be thrown again, or
            nobody could have had both exposures.
    """
    world = _world(asked)
    of, value = sides(asked), looked_at(asked)
    if kind_named(asked.plan, asked.outcome.measure) == "yes_no":
        value = np.where(np.isnan(value), np.nan, value > 0)
    if rule in {EVENT, NO_EVENT}:
        value = np.where(np.isnan(value), float(rule == EVENT), value)
    value = np.where(asked.only, value, np.nan)[world.drawing.person]
    table = _table(world, of)
    gone = np.isnan(value) & asked.only[world.drawing.person]
    rest, copies = value, [value]
    if gone.any() and rule in {FILLED, SHIFTED}:
        kinds = np.equal(world.kind[:, None], np.unique(world.kind)[None, 1:])
        known = np.column_stack([value, kinds, table]).astype(np.float64)
        made = imputed(known, asked.seed, copies=_COPIES, rounds=1)[:, :, 0]
        copies = [np.where(gone, one + shift, rest) for one in made]
    pairs = _comparisons(world)
    main = str(asked.outcome.settings.get("effect", "total"))
    if main not in pairs:
        raise NoAnswerError(
            f"nobody could have both exposures of the {main} effect under this draw"
        )
    effect = _effect(world, copies, table, *pairs[main])
    return Found(
        turned(effect, world.drawing.sign), _named(world, pairs[main]),
        _beside(world, copies, table, {name: pair for name, pair in pairs.items() if name != main}),
        world.drawing.person[np.isfinite(copies[0]) & _in(world, pairs[main])],
        (*of.notes, *_notes(world, pairs[main])),
    )  # fmt: skip


def _world(asked: Asked) -> _World:
    drawing = drawn_by(asked)
    exposures, bands, group = _exposures(asked, drawing)
    try:
        drawing.mechanism.parts()
    except NoAnswerError as error:
        if len(drawing.person) > MOST_TOGETHER:
            raise NoAnswerError(
                f"this draw can come in too many ways to list, and more than {MOST_TOGETHER} people "
                "hang together in it"
            ) from error
    law = exposure.chances(drawing.mechanism, exposures, redraws=_REDRAWS, seed=asked.seed)
    kind = exposures.kinds(drawing.arm[None])[0]
    return _World(asked, drawing, exposures, law, kind, bands, group)


def _exposures(asked: Asked, drawing: Drawing) -> tuple[Exposures, tuple[str, ...], str]:
    how = str(asked.outcome.settings.get("exposure", "circle"))
    group = "place" if asked.plan.randomisation.unit == "places" else how
    if how == "ties":
        found = _tied(asked, drawing)
    elif how in {"circle", "partner"}:
        if drawing.circle is None:
            raise NotThatDrawError(
                f"the plan asks what reaches a person through their {how}, and the records do not say "
                "who is in which circle or pair (the column cluster of assignments)"
            )
        sizes = np.bincount(drawing.circle)
        if how == "partner" and sizes.max() > 2:
            raise NotThatDrawError(f"a pair in the records has {sizes.max()} people")
        found = exposure.circle(drawing.circle, (1.0,))
    else:
        raise NotThatDrawError(f"settings.exposure is circle, partner or ties, not {how!r}")
    cuts, bands = _cuts(asked, np.asarray(found.others.sum(axis=1)).ravel(), how)
    return Exposures(found.others, cuts), bands, group


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


def _comparisons(world: _World) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
    """Return the effects that somebody could show, each as own arm and band against own arm and band."""
    bands = range(len(world.bands))
    most = [
        max((b for b in bands if b and world.could(world.number(own, b), world.number(0, 0)).any()), default=0)
        for own in (0, 1)
    ]  # fmt: skip
    found = {}
    if most[1] and world.could(world.number(1, most[1]), world.number(0, 0)).any():
        found["total"] = ((1, most[1]), (0, 0))
    alike = [b for b in bands if world.could(world.number(1, b), world.number(0, b)).any()]
    if alike:
        middle = alike[len(alike) // 2]
        found["direct"] = ((1, middle), (0, middle))
    if most[0]:
        found["indirect"] = ((0, most[0]), (0, 0))
    return found


def _in(world: _World, pair: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    kinds = [world.number(*one) for one in pair]
    return np.asarray(np.isin(world.kind, kinds) & world.could(*kinds))


def _named(world: _World, pair: tuple[tuple[int, int], tuple[int, int]]) -> tuple[str, str]:
    first, second = (world.words(*one) for one in pair)
    return (first, second) if world.drawing.sign == 1 else (second, first)


def _table(world: _World, of: Sides) -> np.ndarray:
    """Return the covariates of all who were drawn; zeros for who is not looked at."""
    table = np.zeros((len(world.drawing.person), len(of.names)))
    table[world.drawing.at(of.person)] = of.covariates
    return table


def _effect(
    world: _World, copies: list[np.ndarray], table: np.ndarray,
    kind: tuple[int, int], against: tuple[int, int],
) -> Estimate:  # fmt: skip
    made = [
        _one(world, copy, table, (world.number(*kind), world.number(*against))) for copy in copies
    ]
    return made[0] if len(made) == 1 else rubin(made, complete_df=None)


def _one(world: _World, value: np.ndarray, table: np.ndarray, kinds: tuple[int, int]) -> Estimate:
    seen = np.isfinite(value)
    value = _less_covariates(value, table, seen)
    single = np.where(seen, world.chances.single, 0.0)
    law = replace(world.chances, single=single)
    fit = exposure_means(np.where(seen, value, 0.0), world.kind.astype(np.int64), law, kinds)
    return exposure_effect(fit, *kinds, level=world.asked.level)


def _less_covariates(value: np.ndarray, table: np.ndarray, seen: np.ndarray) -> np.ndarray:
    """Return values less what covariates say of them, by least squares without the arms."""
    if not table.shape[1]:
        return value
    off = table - table[seen].mean(axis=0)
    slope, *_ = np.linalg.lstsq(
        np.column_stack([np.ones(seen.sum()), off[seen]]), value[seen], rcond=None
    )
    return np.asarray(value - off @ slope[1:])


def _beside(
    world: _World, copies: list[np.ndarray], table: np.ndarray,
    pairs: dict[str, tuple[tuple[int, int], tuple[int, int]]],
) -> tuple[tuple[str, tuple[str, str], Estimate], ...]:  # fmt: skip
    words = {
        "total": "the total effect, own arm and others'",
        "direct": "the effect of the own arm, some others having it either way",
        "indirect": "the indirect effect, through others only",
    }
    found = []
    for name, pair in pairs.items():
        try:
            effect = _effect(world, copies, table, *pair)
        except NoAnswerError:
            continue
        found.append((words[name], _named(world, pair), turned(effect, world.drawing.sign)))
    plain, second = world.asked.names, world.drawing
    seen = np.isfinite(copies[0])
    circle = None if second.circle is None else second.circle[seen]
    naive = mean_difference(
        copies[0][seen], second.arm[seen] == 1, cluster=circle, level=world.asked.level
    )
    found.append((
        "the plain difference between the arms, which forgets that people reach each other", plain,
        turned(naive, second.sign),
    ))  # fmt: skip
    return (*found, *_by_stage(world, copies[0], seen))


def _by_stage(
    world: _World, value: np.ndarray, seen: np.ndarray
) -> tuple[tuple[str, tuple[str, str], Estimate], ...]:
    """Return the overall effect of the two stages (Hudgens & Halloran 2008), where a circle has one share."""
    mechanism, drawing = world.drawing.mechanism, world.drawing
    if not isinstance(mechanism, Saturation) or drawing.circle is None:
        return ()
    sizes, treated = np.bincount(drawing.circle), np.bincount(drawing.circle, drawing.arm)
    is_it = np.floor(np.outer(mechanism.shares, sizes) + 0.5) == treated
    if (is_it.sum(axis=0) != 1).any() or len(set(drawing.circle[seen])) < len(sizes):
        return ()
    high, low = int(np.argmax(mechanism.shares)), int(np.argmin(mechanism.shares))
    try:
        effects = saturation_effects(
            value[seen], drawing.arm[seen], drawing.circle[seen], is_it.argmax(axis=0).astype(np.int16),
            high=high, low=low,
        )  # fmt: skip
    except NoAnswerError:
        return ()
    group = world.asked.plan.randomisation.unit
    names = tuple(
        f"{group} of which {mechanism.shares[one]:.0%} were drawn to the second arm"
        for one in (high, low)
    )
    first, other = names if drawing.sign == 1 else names[::-1]
    return (("the overall effect of the two stages", (first, other), turned(effects["overall"], drawing.sign)),)  # fmt: skip


def _notes(world: _World, pair: tuple[tuple[int, int], tuple[int, int]]) -> tuple[str, ...]:
    key = world.asked.outcome.key
    kinds = [world.number(*one) for one in pair]
    could = world.could(*kinds)
    how = "is told by what reached each person, and assumes that nobody else reaches them"
    said = [f"{key} {how}"]
    if not could.all():
        said.append(f"{key}: {int((~could).sum())} people could not have had both exposures, and are left out")  # fmt: skip
    if not world.chances.is_exact:
        said.append(f"{key}: how likely each exposure was is counted over {_REDRAWS:,} more draws")
    return tuple(said)
