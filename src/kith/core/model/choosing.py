"""One person's moment and choice, as every kind of machine code runs it; `reference` says it for all.

A person is `me = (brain, at, stride)`: row r of theirs stands at brain[r * stride + at].
"""

from typing import Any

import numpy as np

from kith.core.brain import (
    choice,
    cues,
    drive,
    needs,
    opponent_actor,
    overdose,
    resolve,
    reward,
    set_point,
)
from kith.core.brain.curves import exponential
from kith.core.brain.shared import either, larger, shared
from kith.core.brain.words import DOPAMINE, DRUG, GONE, N_OVERT, NEUTRAL, ONE, OXYTOCIN, ZERO
from kith.core.model.state import (
    CUE_SHIFT,
    DUE_AT_CUE,
    DUE_OFF_CUE,
    FATAL,
    GO,
    HABIT,
    LOAD,
    NOGO,
    OFFERED,
    RESOLVE,
    TOLERANCE,
    TONE,
)

I0, I1 = np.int32(0), np.int32(1)
_GONE, _OFFERED, _FATAL = np.int32(GONE), np.int32(OFFERED), np.int32(FATAL)
_CUE = np.int32(1 << CUE_SHIFT)


@shared
def has(me: Any, row: Any) -> Any:
    """Return one number of a person."""
    brain, at, stride = me
    return brain[row * stride + at]


@shared
def put(me: Any, row: Any, number: Any) -> None:
    """Write one number of a person."""
    brain, at, stride = me
    brain[row * stride + at] = number


@shared
def chosen(me: Any, before: Any, lot: Any, still: Any, p: Any, f: Any) -> Any:
    """Return what one person does, as the bits of `State.act`; a blow wears their resolve.

    Args:
        me: The person.
        before: What they did last, whether somebody used near them, whether they live apart.
        lot: Four dice.
        still: What weighs for doing nothing.
        p, f: Numbers, and those that come in fives.
    """
    last, near, apart = before
    felt, relief = _outlook(me, p.excess, f)
    cue = _moment(me, near, last, lot[0], p)
    offered = either(cue == NEUTRAL, has(me, DUE_OFF_CUE), has(me, DUE_AT_CUE)) >= ONE
    logits = _logits(me, cue, relief, p, f)
    hindrance = either(apart != I0, p.isolated, ZERO)
    drug = logits[0] - resolve.held(has(me, RESOLVE), felt, p.craving)
    reach = logits[1] + either(offered, p.offered, ZERO - hindrance)
    gather = logits[2] + p.access - hindrance
    act = _drawn((drug, reach, gather, logits[3]), still, lot[1])
    act = either(last == GONE, _GONE, act)
    hazard = overdose.hazard(has(me, TOLERANCE), p.overdose, p.overdose_slope)
    fatal = (act == DRUG) & (lot[3] < hazard)
    return act + cue * _CUE + either(offered, _OFFERED, I0) + either(fatal, _FATAL, I0)


@shared
def _moment(me: Any, near: Any, last: Any, dice: Any, p: Any) -> Any:
    """Return which moment comes."""
    p_drug = cues.drug_cue(near != I0, last == DRUG, p.cue_drug, (p.cue_company, p.cue_priming))
    p_lonely = cues.lonely(has(me, TONE + OXYTOCIN), p.cue_lonely, p.cue_need)
    is_blow = cues.is_blow(dice, p.blow)
    put(me, RESOLVE, resolve.struck(has(me, RESOLVE), is_blow, p.blow_takes))
    return cues.moment(dice, p_drug, p_lonely, I1, I0)


@shared
def _outlook(me: Any, excess: Any, f: Any) -> Any:
    """Return the drive, and the relief of each overt act before its cost."""
    # Five times in full: a loop over systems would keep compilers from taking many people at once.
    sums = _system(me, 0, excess, f, (ZERO, ZERO, ZERO, ZERO, ZERO))
    sums = _system(me, 1, excess, f, sums)
    sums = _system(me, 2, excess, f, sums)
    sums = _system(me, 3, excess, f, sums)
    sums = _system(me, 4, excess, f, sums)
    return sums[0], (sums[1], sums[2], sums[3], sums[4])


@shared
def _system(me: Any, m: Any, excess: Any, f: Any, sums: Any) -> Any:
    """Return `sums` of drive and relief with those of one system."""
    tone, weight = has(me, TONE + m), f.weight[m]
    target = set_point.target(has(me, LOAD), f.share[m])
    gain = set_point.blunting(target)
    reach, gather = needs.reaches(f.reach[m], gain), needs.reaches(f.gather[m], gain)
    other = needs.reaches(f.other[m], gain)
    return (
        sums[0] + weight * drive.strain(tone, target, excess),
        sums[1] + weight * reward.relief(tone, f.drug[m], target, excess),
        sums[2] + weight * reward.relief(tone, reach, ONE, excess),
        sums[3] + weight * reward.relief(tone, gather, ONE, excess),
        sums[4] + weight * reward.relief(tone, other, ONE, excess),
    )


@shared
def _logits(me: Any, cue: Any, relief: Any, p: Any, f: Any) -> Any:
    """Return the logit of each overt act, before what is special about it."""
    gain = set_point.blunting(set_point.target(has(me, LOAD), f.share[DOPAMINE]))
    rho = opponent_actor.vigour(has(me, TONE + DOPAMINE), gain, p.vigour)
    return (
        _logit(me, 0, cue, rho, relief[0] - p.cost_drug, p),
        _logit(me, 1, cue, rho, relief[1] - p.cost_social, p),
        _logit(me, 2, cue, rho, relief[2] - p.cost_social, p),
        _logit(me, 3, cue, rho, relief[3] - p.cost_other, p),
    )


@shared
def _logit(me: Any, act: Any, cue: Any, rho: Any, relief: Any, p: Any) -> Any:
    goal = opponent_actor.goal(has(me, GO + act), has(me, NOGO + act), rho)
    first, second = has(me, HABIT + act), has(me, HABIT + N_OVERT + act)
    third = has(me, HABIT + 2 * N_OVERT + act)
    bound = either(cue == I0, first, either(cue == I1, second, third))
    return choice.logit(goal, bound, relief, (p.goal, p.habit, p.relief))


@shared
def _drawn(logits: Any, still: Any, dice: Any) -> Any:
    """Return an act, drawn by the softmax of the overt ones and of doing nothing."""
    l0, l1, l2, l3 = logits
    highest = larger(larger(larger(l0, l1), larger(l2, l3)), still)
    p0 = exponential(l0 - highest)
    p1 = p0 + exponential(l1 - highest)
    p2 = p1 + exponential(l2 - highest)
    p3 = p2 + exponential(l3 - highest)
    z = dice * (p3 + exponential(still - highest))
    act = choice.past(z, p0, I1, I0) + choice.past(z, p1, I1, I0)
    return np.int32(act + choice.past(z, p2, I1, I0) + choice.past(z, p3, I1, I0))
