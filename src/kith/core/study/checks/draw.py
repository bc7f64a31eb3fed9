"""The arms, and how chance shares them out."""

import re
from collections.abc import Iterator
from math import isclose

from kith.core.study.checks.found import Found, different, one_of
from kith.core.study.plan import Setting, StudyPlan
from kith.core.study.words import FEATURES, MAY_WAIT, MECHANISMS, MOMENTARY_FEATURES, UNITS

RULE = "Help asked for is never randomised away"
_HASH = re.compile(r"[0-9a-f]{64}")


def arms(plan: StudyPlan) -> Iterator[Found]:
    """Find arms that are no choice, or that keep from people what they ask for."""
    yield from different("arms", [arm.key for arm in plan.arms], "arm")
    if len(plan.arms) < 2:
        how = "Write [[arms]] twice or more; the first is the one others are held against."
        yield Found("arms", "There is nothing to compare: fewer than two arms.", how)
    for number, arm in enumerate(plan.arms):
        path = f"arms[{number}]"
        if not arm.name.strip():
            yield Found(f"{path}.name", f"Arm {arm.key} has no name.", "Write what people call it.")
        for name, value in arm.features.items():
            yield from _feature(f"{path}.features.{name}", name, value)
        for other in plan.arms[:number]:
            if other.features == arm.features:
                yield Found(
                    f"{path}.features",
                    f"Arms {other.key} and {arm.key} are the same: no feature of kith differs.",
                    f"Say what each switches, out of: {', '.join(FEATURES)}.",
                )


def _feature(path: str, name: str, value: Setting) -> Iterator[Found]:
    if name not in FEATURES:
        yield from one_of(path, name, FEATURES, "a feature of kith that an arm can switch")
    elif name not in MAY_WAIT and is_kept_back(value):
        yield Found(
            path,
            f"An arm keeps {name} from people: {FEATURES[name]}. {RULE}.",
            f"Leave it as it is for everybody. What may be kept back for a while: {', '.join(MAY_WAIT)}.",
        )


def is_kept_back(value: Setting) -> bool:
    """Return whether a feature is switched off, or comes only after some weeks."""
    if isinstance(value, bool):
        return not value
    return value == "off" or isinstance(value, (int, float))


def randomisation(plan: StudyPlan) -> Iterator[Found]:
    """Find a draw that cannot be made as it is written."""
    drawn = plan.randomisation
    yield from one_of("randomisation.unit", drawn.unit, UNITS, "what is drawn")
    yield from one_of("randomisation.mechanism", drawn.mechanism, MECHANISMS, "a way to draw")
    if drawn.seed_commitment and not _HASH.fullmatch(drawn.seed_commitment):
        yield Found(
            "randomisation.seed_commitment",
            "This is no sha256: 64 digits and letters a to f.",
            "Leave it out: kith study lock draws a seed and writes its hash into the lock.",
        )
    yield from _ratio(plan)
    yield from _blocks(plan)
    yield from _balance(plan)
    yield from _saturation(plan)
    yield from _decisions(plan)


def _ratio(plan: StudyPlan) -> Iterator[Found]:
    ratio = plan.randomisation.ratio
    if ratio and (len(ratio) != len(plan.arms) or min(ratio) < 1):
        yield Found(
            "randomisation.ratio",
            f"{', '.join(map(str, ratio))} is no ratio of {len(plan.arms)} arms.",
            "Write one whole number above 0 for each arm, in their order, or leave it out.",
        )


def _blocks(plan: StudyPlan) -> Iterator[Found]:
    drawn = plan.randomisation
    path = "randomisation.block_sizes"
    if drawn.mechanism != "blocked":
        if drawn.block_sizes:
            yield Found(path, f"A {drawn.mechanism} draw has no blocks.", "Leave block_sizes out.")
        return
    share = sum(drawn.ratio) or len(plan.arms)
    if not drawn.block_sizes:
        how = f"Write sizes that {share} divides, as block_sizes = [{2 * share}, {3 * share}]."
        yield Found(path, "Blocks have no size.", how)
    elif any(size < 1 or size % max(share, 1) for size in drawn.block_sizes):
        yield Found(
            path,
            f"Blocks of {', '.join(map(str, drawn.block_sizes))} do not hold the arms in their ratio.",
            f"Write sizes that {share} divides.",
        )
    elif len(set(drawn.block_sizes)) == 1:
        yield Found(
            path,
            "All blocks have one size, so that whoever counts knows who comes next.",
            f"Write two sizes or more, as block_sizes = [{2 * share}, {3 * share}].",
        )


def _balance(plan: StudyPlan) -> Iterator[Found]:
    drawn = plan.randomisation
    needs = drawn.mechanism in {"minimised", "constrained"}
    if needs and not drawn.balance:
        how = "Write what to keep alike, as balance = ['lonely', 'site']."
        yield Found("randomisation.balance", f"A {drawn.mechanism} draw balances nothing.", how)
    if drawn.balance and not needs:
        how = "Leave balance out, or write mechanism = 'minimised' or 'constrained'."
        yield Found("randomisation.balance", f"A {drawn.mechanism} draw does not balance.", how)
    if drawn.strata and drawn.mechanism not in {"blocked", "constrained"}:
        how = "Leave strata out, or write mechanism = 'blocked'."
        yield Found("randomisation.strata", f"A {drawn.mechanism} draw has no strata.", how)
    for name in ("strata", "balance"):
        for key in getattr(drawn, name):
            yield from known_at_the_start(plan, f"randomisation.{name}", key)
    if not 0.5 <= drawn.follow < 1:
        how = "Write 0.5 or more and less than 1, as follow = 0.8: chance must keep a part of it."
        yield Found("randomisation.follow", f"{drawn.follow:g} leaves nothing to chance.", how)
    if not 0 < drawn.accept <= 1:
        how = "Write a share above 0 and at most 1, as accept = 0.1."
        yield Found("randomisation.accept", f"{drawn.accept:g} is no share of the draws.", how)


def known_at_the_start(plan: StudyPlan, path: str, key: str) -> Iterator[Found]:
    """Find a `key` that is neither a fact nor measured when people join."""
    if key in plan.population.facts:
        return
    measure = next((one for one in plan.measures if one.key == key), None)
    if measure is None:
        how = f"Measure {key} in week 0, or name it among the facts of [population]."
        yield Found(path, f"Nothing called {key} is known of people when they join.", how)
    elif 0 not in measure.weeks(plan.study.weeks):
        how = f"Ask {key} in week 0: what comes after the draw may be changed by it."
        yield Found(path, f"{key} is not measured when people join.", how)


def _saturation(plan: StudyPlan) -> Iterator[Found]:
    drawn = plan.randomisation
    path = "randomisation.saturation"
    if drawn.mechanism != "saturation":
        if drawn.saturation:
            how = "Leave it out, or write mechanism = 'saturation'."
            yield Found(path, f"A {drawn.mechanism} draw has one stage.", how)
        return
    if drawn.unit not in {"circles", "places"}:
        how = "Write unit = 'circles' or 'places'."
        yield Found("randomisation.unit", f"Two stages need groups, not {drawn.unit}.", how)
    shares = drawn.saturation
    if len(set(shares)) < 2 or not all(0 <= share <= 1 for share in shares):
        yield Found(
            path,
            "The first stage must choose between different shares.",
            "Write two shares or more, from 0 to 1, as saturation = [0, 0.5].",
        )
    if len(plan.arms) != 2:
        yield Found(
            "arms", f"A saturation draw has two arms, not {len(plan.arms)}.", "Write two arms."
        )


def _decisions(plan: StudyPlan) -> Iterator[Found]:
    drawn = plan.randomisation
    path = "randomisation.probability"
    if drawn.unit != "decisions":
        if drawn.probability:
            how = "Leave it out, and write ratio, or write unit = 'decisions'."
            yield Found(path, "Probabilities are of decisions.", how)
        return
    if drawn.mechanism in MECHANISMS and drawn.mechanism != "simple":
        how = "Write mechanism = 'simple'."
        yield Found("randomisation.mechanism", "Each decision is drawn by itself.", how)
    yield from _probability(path, drawn.probability, len(plan.arms))
    for number, arm in enumerate(plan.arms):
        for name in arm.features:
            if name in FEATURES and name not in MOMENTARY_FEATURES:
                yield Found(
                    f"arms[{number}].features.{name}",
                    f"{name} cannot be drawn anew at each moment."
                    + ("" if name in MAY_WAIT else f" {RULE}."),
                    f"At a moment an arm may switch: {', '.join(MOMENTARY_FEATURES)}.",
                )


def _probability(path: str, probability: tuple[float, ...], n_arms: int) -> Iterator[Found]:
    if len(probability) != n_arms or not isclose(sum(probability), 1.0):
        yield Found(
            path,
            "There is not one probability for each arm, together 1.",
            "Write them in the order of the arms, as probability = [0.6, 0.4].",
        )
    if any(not 0 < one < 1 for one in probability):
        yield Found(
            path,
            "A probability is 0 or 1, or none at all: such a decision is no experiment.",
            "Write each above 0 and below 1; nothing can be learnt of an arm that never or always comes.",
        )
