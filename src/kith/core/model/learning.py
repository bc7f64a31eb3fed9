"""What one person learns of an epoch, as every kind of machine code runs it; see `choosing`."""

from typing import Any, Final

import numpy as np

from kith.core.brain import (
    company,
    drive,
    habit,
    needs,
    opponent_actor,
    overdose,
    prediction_error,
    resolve,
    reward,
    set_point,
)
from kith.core.brain.curves import hyperbolic_tangent
from kith.core.brain.shared import either, shared, smaller
from kith.core.brain.words import (
    DRUG,
    GATHER,
    N_OVERT,
    NEUTRAL,
    NOTHING,
    ONE,
    OTHER,
    REACH,
    ZERO,
)
from kith.core.model.choosing import I0, I1, has, put
from kith.core.model.state import (
    ACT_BITS,
    CUE_SHIFT,
    DOSE,
    DUE_AT_CUE,
    DUE_OFF_CUE,
    GO,
    HABIT,
    HEARD,
    HELPED,
    IN_LAPSE,
    LOAD,
    NOBODY_MET,
    NOGO,
    OWN,
    RATE,
    RESOLVE,
    TIE_MET,
    TOLERANCE,
    TONE,
    USUAL,
    VALUE,
)

_CONTACT, _MOMENT = np.int32(3), np.int32(3)
_LAPSE: Final = np.int32(IN_LAPSE)
_ACT, _CUE = np.int32(ACT_BITS), np.int32(CUE_SHIFT)
_HELPED: Final = np.int32(HELPED)


@shared
def learned(me: Any, lived: Any, p: Any, f: Any) -> None:
    """Change one person by what they have lived.

    Args:
        me: The person.
        lived: The act; the moment; what became of reaching (`State.met`); whether they gave;
            whether they live apart; whether they had used today before; and yesterday.
        p, f: Numbers, and those that come in fives.
    """
    act, cue, how, gave, apart, today, yesterday = lived
    felt, gained = _fed(me, (act, how, gave, apart), p, f)
    contact = how & _CONTACT
    cost = either(act == DRUG, p.cost_drug, either(act == OTHER, p.cost_other, p.cost_social))
    refused = (act == REACH) & (contact == NOBODY_MET)
    _surprised(me, act, gained - cost - either(refused, p.cost_refused, ZERO), p)
    is_overt = act < NOTHING
    _bound(me, 0, is_overt & (cue == 0), act)
    _bound(me, 1, is_overt & (cue == 1), act)
    _bound(me, 2, is_overt & (cue == 2), act)
    _resolved(me, (act, how, gave, today, yesterday), felt, p)
    used = act == DRUG
    put(me, LOAD, set_point.loaded(has(me, LOAD), used, p.rise, p.load_kept, p.load_most))
    tolerance = has(me, TOLERANCE)
    put(me, TOLERANCE, overdose.tolerant(tolerance, used, p.tolerance_gain, p.tolerance_kept))
    kept, at_cue = contact >= HEARD, cue != NEUTRAL
    _due(me, DUE_AT_CUE, p.at_cue, kept & at_cue, p)
    _due(me, DUE_OFF_CUE, p.off_cue, kept & (not at_cue), p)


@shared
def _fed(me: Any, lived: Any, p: Any, f: Any) -> Any:
    """Feed all systems; return the drive before it, and what the act took away of it."""
    # Five times in full, as in `choosing`.
    sums = _system(me, 0, lived, (p, f), (ZERO, ZERO))
    sums = _system(me, 1, lived, (p, f), sums)
    sums = _system(me, 2, lived, (p, f), sums)
    sums = _system(me, 3, lived, (p, f), sums)
    return _system(me, 4, lived, (p, f), sums)


@shared
def _system(me: Any, m: Any, lived: Any, by: Any, sums: Any) -> Any:
    (act, how, gave, apart), (p, f) = lived, by
    used, contact = act == DRUG, how & _CONTACT
    tone, weight = has(me, TONE + m), f.weight[m]
    target = set_point.target(has(me, LOAD), f.share[m])
    gain = set_point.blunting(target)
    felt = sums[0] + weight * drive.strain(tone, target, p.excess)
    lapse = either((how & _LAPSE) != I0, p.lapse, ONE)
    heard = either(contact == TIE_MET, f.reach[m], f.contact[m]) * lapse
    heard = either(contact == NOBODY_MET, ZERO, heard)
    natural = either(act == GATHER, f.gather[m], either(act == OTHER, f.other[m], f.nothing[m]))
    natural = either(act == REACH, heard, natural)
    feed = either(used, f.drug[m], needs.reaches(natural, gain))
    gained = sums[1] + weight * reward.relief(tone, feed, either(used, target, ONE), p.excess)
    beside = either(apart != I0, ZERO, f.company[m]) + either(gave != I0, f.giving[m], ZERO)
    put(me, TONE + m, needs.fed(tone, feed + needs.reaches(beside, gain), f.kept[m]))
    return felt, gained


@shared
def _surprised(me: Any, act: Any, r: Any, p: Any) -> None:
    """Let what was done learn from what came of it, and all Go and NoGo settle."""
    value = either(act == 0, has(me, VALUE), has(me, VALUE + 1))
    value = either(
        act >= GATHER, either(act == GATHER, has(me, VALUE + 2), has(me, VALUE + 3)), value
    )
    delta = prediction_error.error(r, value, act == DRUG, p.surge)
    surprise = hyperbolic_tangent(delta)
    anew = prediction_error.expected_anew(value, delta, p.value_rate)
    _settled(me, 0, act, surprise, anew, p)
    _settled(me, 1, act, surprise, anew, p)
    _settled(me, 2, act, surprise, anew, p)
    _settled(me, 3, act, surprise, anew, p)


@shared
def _settled(me: Any, a: Any, act: Any, surprise: Any, anew: Any, p: Any) -> None:
    go, nogo, done = has(me, GO + a), has(me, NOGO + a), act == a
    go = either(done, opponent_actor.stirred(go, surprise, p.actor_rate), go)
    nogo = either(done, opponent_actor.stirred(nogo, ZERO - surprise, p.actor_rate), nogo)
    put(me, GO + a, opponent_actor.settled(go, p.actor_drift, p.actor_most))
    put(me, NOGO + a, opponent_actor.settled(nogo, p.actor_drift, p.actor_most))
    put(me, VALUE + a, either(done, anew, has(me, VALUE + a)))


@shared
def _bound(me: Any, cue: Any, is_here: Any, act: Any) -> None:
    """Bind what was done to the moment it was done in."""
    rate, row = has(me, RATE), HABIT + N_OVERT * cue
    h0, h1, h2, h3 = has(me, row), has(me, row + 1), has(me, row + 2), has(me, row + 3)
    put(me, row, either(is_here, habit.bound(h0, act == 0, rate), h0))
    put(me, row + 1, either(is_here, habit.bound(h1, act == 1, rate), h1))
    put(me, row + 2, either(is_here, habit.bound(h2, act == 2, rate), h2))
    put(me, row + 3, either(is_here, habit.bound(h3, act == 3, rate), h3))


@shared
def _resolved(me: Any, lived: Any, felt: Any, p: Any) -> None:
    act, how, gave, today, yesterday = lived
    left = resolve.drained(has(me, RESOLVE), felt, p.drain)
    left = resolve.restored(left, has(me, OWN), p.restore)
    first = (act == DRUG) & (today == I0)
    left = resolve.worn(left, first, first & (yesterday == I0), (p.use, p.breach))
    contact, lapsed = how & _CONTACT, (how & _LAPSE) != I0
    heard = ((contact == TIE_MET) | (contact == HEARD)) & (not lapsed)
    support = either(contact == TIE_MET, p.support, p.heard)
    usual = company.norm(has(me, USUAL), contact != NOBODY_MET, lapsed, p.norm_rate)
    put(me, USUAL, usual)
    left = resolve.moved(left, heard, gave != I0, lapsed, (support, p.served, p.norm * usual))
    put(me, RESOLVE, resolve.bounded(left, p.resolve_most))


@shared
def _due(me: Any, row: Any, part: Any, was_kept: Any, p: Any) -> None:
    due = has(me, row) + has(me, DOSE) * part - either(was_kept, ONE, ZERO)
    put(me, row, smaller(due, p.due_most))


@shared
def read(bits: Any, how: Any, helped: Any) -> Any:
    """Return what an epoch has left of one person: the act, the moment, and whether they gave.

    Args:
        bits, how, helped: `State.act`, `State.met` and `State.helped`, as int32.
    """
    gave = (helped != I0) | ((how & _CONTACT) == _HELPED)
    return bits & _ACT, (bits >> _CUE) & _MOMENT, either(gave, I1, I0)


@shared
def happened(act: Any, cue: Any, how: Any, gave: Any) -> Any:
    """Return what of one person is counted in an epoch, in the order of Count up to HELPING."""
    contact = how & _CONTACT
    tried = act == REACH
    return (
        either(act == DRUG, I1, I0),
        either(tried, I1, I0),
        either(contact == TIE_MET, I1, I0),
        either(contact >= HEARD, I1, I0),
        either(tried & (contact == NOBODY_MET), I1, I0),
        either(act == GATHER, I1, I0),
        either(cue == 1, I1, I0),
        either(gave != I0, I1, I0),
    )
