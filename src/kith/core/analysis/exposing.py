"""A result by what reached each person: their own arm, and their partner's or circle's."""

from dataclasses import dataclass, replace

import numpy as np

from kith.core.analysis.asked import Asked, Sides, looked_at, sides
from kith.core.analysis.deriving import EVENT, NO_EVENT
from kith.core.analysis.exposed import REDRAWS, World, world_of
from kith.core.analysis.missing import FILLED, SHIFTED
from kith.core.analysis.redrawing import turned
from kith.core.randomize import Saturation
from kith.core.stats.difference import mean_difference
from kith.core.stats.exposure_effects import exposure_effect, exposure_means
from kith.core.stats.imputation import imputed, rubin
from kith.core.stats.results import Estimate
from kith.core.stats.saturation_effects import saturation_effects
from kith.core.study.kinds import kind_named
from kith.errors import NoAnswerError

_COPIES = 20


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
    world, of = world_of(asked), sides(asked)
    table = _table(world, of)
    copies = _answers(world, table, rule, shift)
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


def _answers(world: World, table: np.ndarray, rule: str, shift: float) -> list[np.ndarray]:
    """Return everybody's answers, as they are or as often as gaps are filled in; each (drawn,)."""
    asked, person = world.asked, world.drawing.person
    value = looked_at(asked)
    if kind_named(asked.plan, asked.outcome.measure) == "yes_no":
        value = np.where(np.isnan(value), np.nan, value > 0)
    if rule in {EVENT, NO_EVENT}:
        value = np.where(np.isnan(value), float(rule == EVENT), value)
    value = np.where(asked.only, value, np.nan)[person]
    gone = np.isnan(value) & asked.only[person]
    if not gone.any() or rule not in {FILLED, SHIFTED}:
        return [value]
    kinds = np.equal(world.kind[:, None], np.unique(world.kind)[None, 1:])
    known = np.column_stack([value, kinds, table]).astype(np.float64)
    made = imputed(known, asked.seed, copies=_COPIES, rounds=1)[:, :, 0]
    return [np.where(gone, one + shift, value) for one in made]


def _comparisons(world: World) -> dict[str, tuple[tuple[int, int], tuple[int, int]]]:
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


def _in(world: World, pair: tuple[tuple[int, int], tuple[int, int]]) -> np.ndarray:
    kinds = [world.number(*one) for one in pair]
    return np.asarray(np.isin(world.kind, kinds) & world.could(*kinds))


def _named(world: World, pair: tuple[tuple[int, int], tuple[int, int]]) -> tuple[str, str]:
    first, second = (world.words(*one) for one in pair)
    return (first, second) if world.drawing.sign == 1 else (second, first)


def _table(world: World, of: Sides) -> np.ndarray:
    """Return the covariates of all who were drawn; zeros for who is not looked at."""
    table = np.zeros((len(world.drawing.person), len(of.names)))
    table[world.drawing.at(of.person)] = of.covariates
    return table


def _effect(
    world: World, copies: list[np.ndarray], table: np.ndarray,
    kind: tuple[int, int], against: tuple[int, int],
) -> Estimate:  # fmt: skip
    made = [
        _one(world, copy, table, (world.number(*kind), world.number(*against))) for copy in copies
    ]
    return made[0] if len(made) == 1 else rubin(made, complete_df=None)


def _one(world: World, value: np.ndarray, table: np.ndarray, kinds: tuple[int, int]) -> Estimate:
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
    world: World, copies: list[np.ndarray], table: np.ndarray,
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
    world: World, value: np.ndarray, seen: np.ndarray
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


def _notes(world: World, pair: tuple[tuple[int, int], tuple[int, int]]) -> tuple[str, ...]:
    key = world.asked.outcome.key
    kinds = [world.number(*one) for one in pair]
    could = world.could(*kinds)
    how = "is told by what reached each person, and assumes that nobody else reaches them"
    said = [f"{key} {how}"]
    if not could.all():
        said.append(f"{key}: {int((~could).sum())} people could not have had both exposures, and are left out")  # fmt: skip
    if not world.chances.is_exact:
        said.append(f"{key}: how likely each exposure was is counted over {REDRAWS:,} more draws")
    return tuple(said)
