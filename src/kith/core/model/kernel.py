"""The same epoch as machine code: blocks of people, whose numbers lie side by side in the cache.

`reference` says what happens; this says how to do it fast, and gives the same bits. A block's rows
are copied into one flat array, so that the compiler sees that no two of them overlap and takes
sixteen people in one instruction. An epoch has three parts, each of which reads what others have
written only in a part before:

    learn from the last epoch, choose in this one | find whom one reaches | ties of the lower end |
    ties of the higher end, learn, choose ...
"""

from typing import Any, Final

import numba
import numpy as np
from jaxtyping import Float32, Int64
from numba import prange

from kith.core.brain import (
    choice,
    company,
    cues,
    drive,
    habit,
    needs,
    opponent_actor,
    overdose,
    prediction_error,
    reaching,
    resolve,
    reward,
    set_point,
)
from kith.core.brain.curves import exponential, hyperbolic_tangent
from kith.core.brain.shared import either, larger, smaller
from kith.core.brain.words import (
    DOPAMINE,
    DRUG,
    EPOCHS_PER_DAY,
    GATHER,
    GONE,
    LONELY,
    N_CUES,
    N_OVERT,
    N_SYSTEMS,
    NEUTRAL,
    NIGHT,
    NOTHING,
    ONE,
    OTHER,
    OXYTOCIN,
    REACH,
    ZERO,
)
from kith.core.model.compiled import compiled, side_by_side
from kith.core.model.counts import FIXED, N_COUNTS, Count
from kith.core.model.philox import LIVING
from kith.core.model.state import (
    ACT_BITS,
    CUE_SHIFT,
    DOSE,
    DUE_AT_CUE,
    DUE_OFF_CUE,
    FATAL,
    GO,
    HABIT,
    HEARD,
    HELPED,
    IN_LAPSE,
    LOAD,
    N_ROWS,
    NEVER,
    NO_END,
    NOBODY_MET,
    NOGO,
    OFFERED,
    OWN,
    RATE,
    RELAPSE_DAYS,
    RESOLVE,
    TIE_MET,
    TOLERANCE,
    TONE,
    USUAL,
    VALUE,
    State,
)
from kith.core.model.tied import BACK, GIVEN, OTHER_END, STRENGTH

Array = Any
Word = Any

# People of a block; the scratch of a thread stays in the cache.
BLOCK: Final = 256
# Scratch rows: dice, drive, relief and goal of each overt act, vigour, reward, surprise.
_DICE, _FELT, _RELIEF, _GOAL, _RHO, _GAINED, _LOGIT = 0, 4, 5, 9, 13, 14, 15
_SCRATCH: Final = 20
# Whole numbers: act, cue, met, whether they gave, apart, near a use, used today (1) and yesterday (2).
_ACT, _CUE, _MET, _GAVE, _APART, _NEAR, _TODAY = range(7)
_WHOLE: Final = 7
_B = BLOCK
# Parts of all people for each thread: one that is held up leaves the others to the rest.
SHARES: Final = 2

_I0, _I1 = np.int32(0), np.int32(1)
_W0, _W1 = np.uint32(0x9E3779B9), np.uint32(0xBB67AE85)
_M0, _M1 = np.uint64(0xD2511F53), np.uint64(0xCD9E8D57)
_HALF, _DROPPED, _STEP = np.uint64(32), np.uint32(8), np.float32(2.0**-24)
_STREAM = np.uint32(LIVING)
_USING = np.float32(255)
_USES, _REACHING, _REACHED = int(Count.USES), int(Count.REACHING), int(Count.REACHED)
_CONTACTS, _LET_DOWN, _GATHERING = int(Count.CONTACTS), int(Count.LET_DOWN), int(Count.GATHERING)
_LONELY, _HELPING, _PEOPLE = int(Count.LONELY), int(Count.HELPING), int(Count.PEOPLE_USING)
_ALIVE, _RELAPSED = int(Count.ALIVE), int(Count.IN_RELAPSE)
_OXYTOCIN, _RESOLVE = int(Count.OXYTOCIN), int(Count.RESOLVE)


def live(
    state: State,
    scale: Float32[np.ndarray, "_"],
    inverse: Float32[np.ndarray, "_"],
    chunk: int = 0,
) -> Int64[np.ndarray, "_ 13"]:
    """Move `state` on by as many epochs as `scale` has; return the counts of each.

    Args:
        state: Changed in place.
        scale, inverse: 2 ** (t / half-life) and one over it, at each epoch.
        chunk: People of a block, at most BLOCK; 0 for that.
    """
    block = min(chunk, BLOCK) if chunk else BLOCK
    asked = numba.get_num_threads()
    # Threads wait for each other three times an epoch: few people are done sooner by few of them.
    numba.set_num_threads(min(asked, state.people // BLOCK + 1))
    shares = SHARES * numba.get_num_threads()
    counts = np.zeros((len(scale), N_COUNTS), np.int64)
    s, t = state, state.tied
    bytes_ = (s.act, s.met, s.helped, s.near, s.apart, s.today, s.week)
    notes = (s.first_use, s.relapse, s.use_days, s.contacts)
    ties = (t.start, t.ends, t.floats, t.using, t.partners)
    key = (np.uint32(s.key[0]), np.uint32(s.key[1]))
    try:
        _live(s.brain, bytes_, notes, s.answered, ties, s.numbers, key, s.step, (scale, inverse), counts, block, shares)  # fmt: skip
    finally:
        numba.set_num_threads(asked)
    state.step += len(scale)
    return counts


@side_by_side
def _live(brain: Array, bytes_: Any, notes: Any, answered: Array, ties: Any, p: Any, key: Any, step: int, fades: Any, counts: Array, block: int, shares: int) -> None:  # fmt: skip
    people = brain.shape[1]
    n_blocks = (people + block - 1) // block
    rows = np.zeros((shares, N_ROWS * _B), np.float32)
    scratch = np.zeros((shares, _SCRATCH * _B), np.float32)
    whole = np.zeros((shares, _WHOLE * _B), np.int32)
    part = np.zeros((shares, N_COUNTS), np.int64)
    scale, inverse = fades
    for share in prange(shares):
        for b in range(share * n_blocks // shares, (share + 1) * n_blocks // shares):
            base, n = b * block, min(block, people - b * block)
            _load(brain, base, n, rows[share])
            _choose(base, n, rows[share], scratch[share], whole[share], bytes_, p, key, step)
            _store(brain, base, n, rows[share])
    for k in range(len(scale)):
        now = step + k
        for share in prange(shares):
            base, n = _people_of(share, shares, n_blocks, block, people)
            _meet(base, n, bytes_, answered, ties, p, key, now, inverse[k])
        for share in prange(shares):
            base, n = _people_of(share, shares, n_blocks, block, people)
            _tie(base, n, True, bytes_, answered, ties, p, scale[k])
        for share in prange(shares):
            mine, pad, ints = rows[share], scratch[share], whole[share]
            part[share] = 0
            for b in range(share * n_blocks // shares, (share + 1) * n_blocks // shares):
                base, n = b * block, min(block, people - b * block)
                _tie(base, n, False, bytes_, answered, ties, p, scale[k])
                _load(brain, base, n, mine)
                _learn(base, n, mine, pad, ints, bytes_, p)
                _note(base, n, mine, ints, bytes_, notes, now, part[share])
                if k + 1 < len(scale):
                    _choose(base, n, mine, pad, ints, bytes_, p, key, now + 1)
                _store(brain, base, n, mine)
        counts[k] = part.sum(0)


@compiled
def _people_of(share: int, shares: int, n_blocks: int, block: int, people: int) -> Any:
    """Return where a share of all people begins, and how many they are."""
    base = share * n_blocks // shares * block
    return base, min(people, (share + 1) * n_blocks // shares * block) - base


@compiled
def _load(brain: Array, base: int, n: int, rows: Array) -> None:
    for r in range(N_ROWS):
        rows[r * _B : r * _B + n] = brain[r, base : base + n]


@compiled
def _store(brain: Array, base: int, n: int, rows: Array) -> None:
    for r in range(RATE):
        brain[r, base : base + n] = rows[r * _B : r * _B + n]


@compiled
def _dice(base: int, n: int, key: Any, step: int, pad: Array) -> None:
    """Throw four dice for each person of a block."""
    for j in range(n):
        c0, c1, c2, c3 = np.uint32(base + j), np.uint32(step), _STREAM, np.uint32(0)
        k0, k1 = key
        for _ in range(10):
            p0, p1 = _M0 * np.uint64(c0), _M1 * np.uint64(c2)
            n0 = np.uint32(np.uint32(p1 >> _HALF) ^ c1 ^ k0)
            n2 = np.uint32(np.uint32(p0 >> _HALF) ^ c3 ^ k1)
            c1, c3 = np.uint32(p1), np.uint32(p0)
            c0, c2 = n0, n2
            k0, k1 = np.uint32(k0 + _W0), np.uint32(k1 + _W1)
        pad[j] = np.float32(np.int32(c0 >> _DROPPED)) * _STEP
        pad[_B + j] = np.float32(np.int32(c1 >> _DROPPED)) * _STEP
        pad[2 * _B + j] = np.float32(np.int32(c2 >> _DROPPED)) * _STEP
        pad[3 * _B + j] = np.float32(np.int32(c3 >> _DROPPED)) * _STEP


@compiled
def _choose(base: int, n: int, b: Array, pad: Array, ints: Array, bytes_: Any, p: Any, key: Any, step: int) -> None:  # fmt: skip
    act, _, _, near, apart, _, _ = bytes_
    _dice(base, n, key, step, pad)
    _outlook(n, b, pad, p)
    for j in range(n):
        ints[_NEAR * _B + j] = near[base + j]
        ints[_APART * _B + j] = apart[base + j]
        ints[_ACT * _B + j] = act[base + j] & ACT_BITS
        near[base + j] = 0
    added = (p.cue_company, p.cue_priming)
    for j in range(n):
        has_used = ints[_ACT * _B + j] == DRUG
        p_drug = cues.drug_cue(ints[_NEAR * _B + j] != 0, has_used, p.cue_drug, added)
        p_lonely = cues.lonely(b[(TONE + OXYTOCIN) * _B + j], p.cue_lonely, p.cue_need)
        ints[_CUE * _B + j] = cues.moment(pad[_DICE * _B + j], p_drug, p_lonely, _I1, _I0)
        is_blow = cues.is_blow(pad[_DICE * _B + j], p.blow)
        b[RESOLVE * _B + j] = resolve.struck(b[RESOLVE * _B + j], is_blow, p.blow_takes)
    theta = (p.goal, p.habit, p.relief)
    for a in range(N_OVERT):
        for j in range(n):
            cue = ints[_CUE * _B + j]
            h0 = b[(HABIT + a) * _B + j]
            h1 = b[(HABIT + N_OVERT + a) * _B + j]
            h2 = b[(HABIT + 2 * N_OVERT + a) * _B + j]
            bound = either(cue == _I0, h0, either(cue == _I1, h1, h2))
            pad[(_LOGIT + a) * _B + j] = choice.logit(
                pad[(_GOAL + a) * _B + j], bound, pad[(_RELIEF + a) * _B + j], theta
            )
    still = p.still + (p.sleep if step % EPOCHS_PER_DAY == NIGHT else ZERO)
    for j in range(n):
        held = resolve.held(b[RESOLVE * _B + j], pad[_FELT * _B + j], p.craving)
        pad[(_LOGIT + DRUG) * _B + j] -= held
        is_apart = ints[_APART * _B + j] != _I0
        hindrance = either(is_apart, p.isolated, ZERO)
        at, off = b[DUE_AT_CUE * _B + j], b[DUE_OFF_CUE * _B + j]
        offered = either(ints[_CUE * _B + j] == NEUTRAL, off, at) >= ONE
        pad[(_LOGIT + REACH) * _B + j] += either(offered, p.offered, ZERO - hindrance)
        gather = pad[(_LOGIT + GATHER) * _B + j] + p.access
        pad[(_LOGIT + GATHER) * _B + j] = gather - hindrance
    for j in range(n):
        l0, l1 = pad[_LOGIT * _B + j], pad[(_LOGIT + 1) * _B + j]
        l2, l3 = pad[(_LOGIT + 2) * _B + j], pad[(_LOGIT + 3) * _B + j]
        highest = larger(larger(larger(l0, l1), larger(l2, l3)), still)
        p0 = exponential(l0 - highest)
        p1 = p0 + exponential(l1 - highest)
        p2 = p1 + exponential(l2 - highest)
        p3 = p2 + exponential(l3 - highest)
        z = pad[(_DICE + 1) * _B + j] * (p3 + exponential(still - highest))
        drawn = choice.past(z, p0, _I1, _I0) + choice.past(z, p1, _I1, _I0)
        drawn = drawn + choice.past(z, p2, _I1, _I0) + choice.past(z, p3, _I1, _I0)
        drawn = either(ints[_ACT * _B + j] == GONE, np.int32(GONE), np.int32(drawn))
        hazard = overdose.hazard(b[TOLERANCE * _B + j], p.overdose, p.overdose_slope)
        fatal = (drawn == DRUG) & (pad[(_DICE + 3) * _B + j] < hazard)
        cue = ints[_CUE * _B + j]
        at, off = b[DUE_AT_CUE * _B + j], b[DUE_OFF_CUE * _B + j]
        offered = either(cue == NEUTRAL, off, at) >= ONE
        bits = drawn + cue * np.int32(1 << CUE_SHIFT) + either(offered, np.int32(OFFERED), _I0)
        ints[_ACT * _B + j] = bits + either(fatal, np.int32(FATAL), _I0)
    for j in range(n):
        act[base + j] = np.uint8(ints[_ACT * _B + j])


@compiled
def _outlook(n: int, b: Array, pad: Array, p: Any) -> None:
    """Fill drive, relief and goal of each overt act."""
    for r in range(_FELT, _RELIEF + N_OVERT):
        pad[r * _B : r * _B + n] = ZERO
    for m in range(N_SYSTEMS):
        share, weight, excess = p.share[m], p.weight[m], p.excess
        drug, reach, gather, other = p.drug[m], p.reach[m], p.gather[m], p.other[m]
        for j in range(n):
            target = set_point.target(b[LOAD * _B + j], share)
            gain = set_point.blunting(target)
            tone = b[(TONE + m) * _B + j]
            pad[_FELT * _B + j] += weight * drive.strain(tone, target, excess)
            pad[_RELIEF * _B + j] += weight * reward.relief(tone, drug, target, excess)
            feed = needs.reaches(reach, gain)
            pad[(_RELIEF + 1) * _B + j] += weight * reward.relief(tone, feed, ONE, excess)
            feed = needs.reaches(gather, gain)
            pad[(_RELIEF + 2) * _B + j] += weight * reward.relief(tone, feed, ONE, excess)
            feed = needs.reaches(other, gain)
            pad[(_RELIEF + 3) * _B + j] += weight * reward.relief(tone, feed, ONE, excess)
    share = p.share[DOPAMINE]
    for j in range(n):
        gain = set_point.blunting(set_point.target(b[LOAD * _B + j], share))
        pad[_RHO * _B + j] = opponent_actor.vigour(b[(TONE + DOPAMINE) * _B + j], gain, p.vigour)
    costs = (p.cost_drug, p.cost_social, p.cost_social, p.cost_other)
    for a in range(N_OVERT):
        cost = costs[a]
        for j in range(n):
            go, nogo = b[(GO + a) * _B + j], b[(NOGO + a) * _B + j]
            pad[(_GOAL + a) * _B + j] = opponent_actor.goal(go, nogo, pad[_RHO * _B + j])
            pad[(_RELIEF + a) * _B + j] -= cost


@compiled
def _two_dice(person: int, key: Any, step: int) -> Any:
    """Return the last two of a person's four dice."""
    c0, c1, c2, c3 = np.uint32(person), np.uint32(step), _STREAM, np.uint32(0)
    k0, k1 = key
    for _ in range(10):
        p0, p1 = _M0 * np.uint64(c0), _M1 * np.uint64(c2)
        n0 = np.uint32(np.uint32(p1 >> _HALF) ^ c1 ^ k0)
        n2 = np.uint32(np.uint32(p0 >> _HALF) ^ c3 ^ k1)
        c1, c3 = np.uint32(p1), np.uint32(p0)
        c0, c2 = n0, n2
        k0, k1 = np.uint32(k0 + _W0), np.uint32(k1 + _W1)
    third = np.float32(np.int32(c2 >> _DROPPED)) * _STEP
    return third, np.float32(np.int32(c3 >> _DROPPED)) * _STEP


@compiled
def _meet(base: int, n: int, bytes_: Any, answered: Array, ties: Any, p: Any, key: Any, step: int, shrunk: Any) -> None:  # fmt: skip
    act, met, helped, near, _, _, week = bytes_
    start, ends, floats, using, partners = ties
    awake = p.awake if step % EPOCHS_PER_DAY == NIGHT else ONE
    for i in range(base, base + n):
        met[i] = NOBODY_MET
        answered[i] = NO_END
        did = act[i] & ACT_BITS
        if did != REACH and did != DRUG:
            continue
        third, fourth = _two_dice(i, key, step)
        if did == DRUG:
            _be_seen(i, third, start, ends, using, near)
            continue
        if act[i] & OFFERED:
            end, how = _partner(i, third, fourth, partners, ends, act, awake, p)
        else:
            end = _ring(i, third, start, ends, floats, act, awake, p.q, shrunk)
            how = TIE_MET if end != NO_END else NOBODY_MET
        if end != NO_END:
            other = ends[end, OTHER_END]
            if week[other] & (week[other] - 1) != 0:
                how |= IN_LAPSE
                near[i] = 1
            if week[i] & (week[i] - 1) != 0:
                near[other] = 1
            if (how & 3) == TIE_MET:
                helped[other] = 1
        met[i] = how
        answered[i] = end


@compiled
def _ring(i: int, third: Word, start: Array, ends: Array, floats: Array, act: Array, awake: Word, q: Word, shrunk: Word) -> int:  # fmt: skip
    """Return the end of the tie that answers, or NO_END."""
    still = ONE
    for e in range(start[i], start[i + 1]):
        theirs = act[ends[e, OTHER_END]] & ACT_BITS
        free = ZERO if theirs == DRUG or theirs == GONE else awake
        still = reaching.silent(still, q * (floats[e, STRENGTH] * shrunk) * free)
        if third < ONE - still:
            return int(e)
    return NO_END


@compiled
def _partner(i: int, third: Word, fourth: Word, partners: Array, ends: Array, act: Array, awake: Word, p: Any) -> Any:  # fmt: skip
    """Return the end of the tie to the partner who kept the contact, and how it went."""
    count = 0
    for k in range(partners.shape[1]):
        count += partners[i, k] != NO_END
    end, rest, free = NO_END, third, ONE
    if count > 0:
        share = third * np.float32(count)
        place = np.int32(share)
        rest = share - np.float32(place)
        free = ZERO
        for k in range(count):
            end = int(partners[i, (place + k) % count])
            theirs = act[ends[end, OTHER_END]] & ACT_BITS
            if theirs != DRUG and theirs != GONE:
                free = awake
                break
    if rest < p.reliability * free:
        return end, HELPED if fourth < p.gives else HEARD
    return NO_END, NOBODY_MET


@compiled
def _be_seen(i: int, third: Word, start: Array, ends: Array, using: Array, near: Array) -> None:
    degree = start[i + 1] - start[i]
    if degree > 0:
        share = third * np.float32(degree)
        place = np.int32(share)
        end = start[i] + place
        if (share - np.float32(place)) * _USING < np.float32(using[end]):
            near[ends[end, OTHER_END]] = 1


@compiled
def _tie(base: int, n: int, is_up: bool, bytes_: Any, answered: Array, ties: Any, p: Any, grown: Word) -> None:  # fmt: skip
    met, ends, floats = bytes_[1], ties[1], ties[2]
    for i in range(base, base + n):
        e = answered[i]
        if e != NO_END and (ends[e, OTHER_END] > i) == is_up:
            how, back = met[i] & 3, ends[e, BACK]
            w = floats[e, STRENGTH]
            rate = p.tie_reach if how == TIE_MET else p.tie_contact
            w = w + rate * (grown - w)
            floats[e, STRENGTH] = w
            floats[back, STRENGTH] = w
            floats[e if how == HELPED else back, GIVEN] += grown


@compiled
def _learn(base: int, n: int, b: Array, pad: Array, ints: Array, bytes_: Any, p: Any) -> None:
    act, met, helped, _, apart, today, week = bytes_
    for j in range(n):
        ints[_ACT * _B + j] = act[base + j] & ACT_BITS
        ints[_CUE * _B + j] = (act[base + j] >> CUE_SHIFT) & 3
        ints[_MET * _B + j] = met[base + j]
        ints[_GAVE * _B + j] = (helped[base + j] != 0) | ((met[base + j] & 3) == HELPED)
        ints[_APART * _B + j] = apart[base + j]
        ints[_TODAY * _B + j] = today[base + j] + 2 * (week[base + j] & 1)
    _feed(n, b, pad, ints, p)
    for j in range(n):
        did, contact = ints[_ACT * _B + j], ints[_MET * _B + j] & np.int32(3)
        cost = either(did == OTHER, p.cost_other, p.cost_social)
        cost = either(did == DRUG, p.cost_drug, cost)
        refused = (did == REACH) & (contact == NOBODY_MET)
        r = pad[_GAINED * _B + j] - cost - either(refused, p.cost_refused, ZERO)
        pad[_GAINED * _B + j] = r
    _value(n, b, pad, ints, p)
    for a in range(N_OVERT):
        for c in range(N_CUES):
            row = (HABIT + N_OVERT * c + a) * _B
            for j in range(n):
                did, old = ints[_ACT * _B + j], b[row + j]
                there = (ints[_CUE * _B + j] == c) & (did < NOTHING)
                b[row + j] = either(there, habit.bound(old, did == a, b[RATE * _B + j]), old)
    for j in range(n):
        did, how = ints[_ACT * _B + j], ints[_MET * _B + j]
        used = did == DRUG
        left = resolve.drained(b[RESOLVE * _B + j], pad[_FELT * _B + j], p.drain)
        left = resolve.restored(left, b[OWN * _B + j], p.restore)
        first = used & ((ints[_TODAY * _B + j] & _I1) == _I0)
        breach = first & (ints[_TODAY * _B + j] == _I0)
        left = resolve.worn(left, first, breach, (p.use, p.breach))
        contact, lapsed = how & np.int32(3), (how & np.int32(IN_LAPSE)) != _I0
        heard = ((contact == TIE_MET) | (contact == HEARD)) & (not lapsed)
        support = either(contact == TIE_MET, p.support, p.heard)
        helped = ints[_GAVE * _B + j] != _I0
        usual = company.norm(b[USUAL * _B + j], contact != NOBODY_MET, lapsed, p.norm_rate)
        b[USUAL * _B + j] = usual
        by = (support, p.served, p.norm * usual)
        left = resolve.moved(left, heard, helped, lapsed, by)
        b[RESOLVE * _B + j] = resolve.bounded(left, p.resolve_most)
        b[LOAD * _B + j] = set_point.loaded(
            b[LOAD * _B + j], used, p.rise, p.load_kept, p.load_most
        )
        b[TOLERANCE * _B + j] = overdose.tolerant(
            b[TOLERANCE * _B + j], used, p.tolerance_gain, p.tolerance_kept
        )
    for j in range(n):
        kept = (ints[_MET * _B + j] & np.int32(3)) >= HEARD
        at_cue = ints[_CUE * _B + j] != NEUTRAL
        dose = b[DOSE * _B + j]
        due = b[DUE_AT_CUE * _B + j] + dose * p.at_cue - either(kept & at_cue, ONE, ZERO)
        b[DUE_AT_CUE * _B + j] = smaller(due, p.due_most)
        due = b[DUE_OFF_CUE * _B + j] + dose * p.off_cue - either(kept & (not at_cue), ONE, ZERO)
        b[DUE_OFF_CUE * _B + j] = smaller(due, p.due_most)


@compiled
def _feed(n: int, b: Array, pad: Array, ints: Array, p: Any) -> None:
    pad[_FELT * _B : _FELT * _B + n] = ZERO
    pad[_GAINED * _B : _GAINED * _B + n] = ZERO
    for m in range(N_SYSTEMS):
        share, weight, excess, kept = p.share[m], p.weight[m], p.excess, p.kept[m]
        drug, reach, contact = p.drug[m], p.reach[m], p.contact[m]
        gather, other, nothing = p.gather[m], p.other[m], p.nothing[m]
        around, giving = p.company[m], p.giving[m]
        for j in range(n):
            did, how = ints[_ACT * _B + j], ints[_MET * _B + j]
            used, met = did == DRUG, how & np.int32(3)
            target = set_point.target(b[LOAD * _B + j], share)
            gain = set_point.blunting(target)
            tone = b[(TONE + m) * _B + j]
            pad[_FELT * _B + j] += weight * drive.strain(tone, target, excess)
            lapse = either((how & np.int32(IN_LAPSE)) != 0, p.lapse, ONE)
            heard = either(met == TIE_MET, reach, contact) * lapse
            heard = either(met == NOBODY_MET, ZERO, heard)
            natural = either(did == GATHER, gather, either(did == OTHER, other, nothing))
            natural = either(did == REACH, heard, natural)
            feed = either(used, drug, needs.reaches(natural, gain))
            asked = either(used, target, ONE)
            pad[_GAINED * _B + j] += weight * reward.relief(tone, feed, asked, excess)
            beside = either(ints[_APART * _B + j] != 0, ZERO, around)
            beside = beside + either(ints[_GAVE * _B + j] != 0, giving, ZERO)
            b[(TONE + m) * _B + j] = needs.fed(tone, feed + needs.reaches(beside, gain), kept)


@compiled
def _value(n: int, b: Array, pad: Array, ints: Array, p: Any) -> None:
    for a in range(N_OVERT):
        is_drug = a == DRUG
        for j in range(n):
            done = ints[_ACT * _B + j] == a
            value = b[(VALUE + a) * _B + j]
            delta = prediction_error.error(pad[_GAINED * _B + j], value, is_drug, p.surge)
            surprise = hyperbolic_tangent(delta)
            go, nogo = b[(GO + a) * _B + j], b[(NOGO + a) * _B + j]
            stirred = opponent_actor.stirred(go, surprise, p.actor_rate)
            calmed = opponent_actor.stirred(nogo, ZERO - surprise, p.actor_rate)
            b[(GO + a) * _B + j] = opponent_actor.settled(
                either(done, stirred, go), p.actor_drift, p.actor_most
            )
            b[(NOGO + a) * _B + j] = opponent_actor.settled(
                either(done, calmed, nogo), p.actor_drift, p.actor_most
            )
            anew = prediction_error.expected_anew(value, delta, p.value_rate)
            b[(VALUE + a) * _B + j] = either(done, anew, value)


@compiled
def _note(base: int, n: int, b: Array, ints: Array, bytes_: Any, notes: Any, step: int, count: Array) -> None:  # fmt: skip
    act, _, helped, _, _, today, _ = bytes_
    contacts = notes[3]
    uses, tries, reached, kept = _I0, _I0, _I0, _I0
    let_down, gathered, lonely, giving = _I0, _I0, _I0, _I0
    for j in range(n):
        did, how = ints[_ACT * _B + j], ints[_MET * _B + j] & np.int32(3)
        uses += either(did == DRUG, _I1, _I0)
        tries += either(did == REACH, _I1, _I0)
        reached += either(how == TIE_MET, _I1, _I0)
        kept += either(how >= HEARD, _I1, _I0)
        let_down += either((did == REACH) & (how == NOBODY_MET), _I1, _I0)
        gathered += either(did == GATHER, _I1, _I0)
        lonely += either(ints[_CUE * _B + j] == LONELY, _I1, _I0)
        giving += ints[_GAVE * _B + j]
    count[_USES] += uses
    count[_REACHING] += tries
    count[_REACHED] += reached
    count[_CONTACTS] += kept
    count[_LET_DOWN] += let_down
    count[_GATHERING] += gathered
    count[_LONELY] += lonely
    count[_HELPING] += giving
    for j in range(n):
        contacts[base + j] += (ints[_MET * _B + j] & 3) >= HEARD
    for j in range(n):
        today[base + j] |= ints[_ACT * _B + j] == DRUG
        helped[base + j] = 0
    if step % EPOCHS_PER_DAY == EPOCHS_PER_DAY - 1:
        _close_day(base, n, b, ints, bytes_, notes, step // EPOCHS_PER_DAY, count)
    for i in range(base, base + n):
        act[i] = np.uint8(GONE) if act[i] & FATAL else act[i]


@compiled
def _close_day(base: int, n: int, b: Array, ints: Array, bytes_: Any, notes: Any, day: int, count: Array) -> None:  # fmt: skip
    act, _, _, _, _, today, week = bytes_
    first_use, relapse, use_days, _ = notes
    for j in range(n):
        i = base + j
        bits = ((week[i] << 1) | today[i]) & 127
        week[i] = bits
        days = 0
        for _ in range(7):
            days += bits & 1
            bits >>= 1
        again = days >= RELAPSE_DAYS
        use_days[i] += today[i]
        if first_use[i] == NEVER and today[i] != 0:
            first_use[i] = day
        if relapse[i] == NEVER and again:
            relapse[i] = day
        count[_PEOPLE] += today[i]
        today[i] = 0
        if ints[_ACT * _B + j] != GONE and not act[i] & FATAL:
            count[_ALIVE] += 1
            count[_RELAPSED] += again
            count[_OXYTOCIN] += np.int32(b[(TONE + OXYTOCIN) * _B + j] * FIXED)
            count[_RESOLVE] += np.int32(b[RESOLVE * _B + j] * FIXED)
