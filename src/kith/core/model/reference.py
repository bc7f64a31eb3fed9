"""One epoch for all people at once: the equations as they are written, in numpy.

Slow and plain on purpose. `kernel` does the same to the bit.
"""

from typing import Any, Final

import numpy as np
from jaxtyping import Float32, Int64, Integer

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
from kith.core.model.counts import FIXED, N_COUNTS, Count
from kith.core.model.philox import LIVING, dice
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

# Of each person one number.
Each = Any
_INT: Final = np.int32


def live(state: State, scale: Float32[np.ndarray, "_"], inverse: Float32[np.ndarray, "_"], chunk: int = 0) -> Int64[np.ndarray, "_ 13"]:  # fmt: skip
    """Move `state` on by as many epochs as `scale` has; return the counts of each.

    Args:
        state: Changed in place.
        scale, inverse: 2 ** (t / half-life) and one over it, at each epoch.
    """
    counts = np.zeros((len(scale), N_COUNTS), np.int64)
    for row, (grown, shrunk) in enumerate(zip(scale, inverse, strict=True)):
        lot = dice(state.people, state.step, LIVING, state.key)
        _choose(state, lot)
        _meet(state, lot, shrunk)
        _tie(state, grown)
        _learn(state, counts[row])
        state.step += 1
    return counts


def _choose(s: State, lot: Float32[np.ndarray, "4 people"]) -> None:
    """Let a moment come to everybody, and let them choose what to do in it."""
    b, p = s.brain, s.numbers
    goal, felt, relief = _outlook(s)
    near = s.near != 0
    s.near[:] = 0
    has_used = (s.act & ACT_BITS) == DRUG
    p_drug = cues.drug_cue(near, has_used, p.cue_drug, (p.cue_company, p.cue_priming))
    p_lonely = cues.lonely(b[TONE + OXYTOCIN], p.cue_lonely, p.cue_need)
    cue = cues.moment(lot[0], p_drug, p_lonely, _INT(1), _INT(0))
    b[RESOLVE] = resolve.struck(b[RESOLVE], cues.is_blow(lot[0], p.blow), p.blow_takes)
    bound = [_habit_at(b, cue, act) for act in range(N_OVERT)]
    logits = [choice.logit(goal[a], bound[a], relief[a], p.theta) for a in range(N_OVERT)]
    due = either(cue == NEUTRAL, b[DUE_OFF_CUE], b[DUE_AT_CUE])
    offered = due >= ONE
    hindrance = either(s.apart != 0, p.isolated, ZERO)
    logits[DRUG] = logits[DRUG] - resolve.held(b[RESOLVE], felt, p.craving)
    # Who is asked need not go and find somebody.
    logits[REACH] = logits[REACH] + either(offered, p.offered, ZERO - hindrance)
    logits[GATHER] = logits[GATHER] + p.access - hindrance
    still = p.still + (p.sleep if s.step % EPOCHS_PER_DAY == NIGHT else ZERO)
    act = _drawn(logits, still, lot[1])
    fatal = (act == DRUG) & (lot[3] < overdose.hazard(b[TOLERANCE], p.overdose, p.overdose_slope))
    act = either((s.act & ACT_BITS) == GONE, _INT(GONE), act)
    fatal &= act == DRUG
    bits = act | (cue << _INT(CUE_SHIFT)) | either(offered, _INT(OFFERED), _INT(0))
    s.act[:] = bits | either(fatal, _INT(FATAL), _INT(0))


def _outlook(s: State) -> tuple[list[Each], Each, list[Each]]:
    """Return what each overt act is worth as a goal, the drive, and the relief of each act."""
    b, p = s.brain, s.numbers
    natural: tuple[Any, ...] = (None, p.reach, p.gather, p.other)
    costs = (p.cost_drug, p.cost_social, p.cost_social, p.cost_other)
    felt, relief = ZERO, [ZERO, ZERO, ZERO, ZERO]
    gain = ZERO
    for m in range(N_SYSTEMS):
        target = set_point.target(b[LOAD], p.share[m])
        gain = set_point.blunting(target)
        tone, weight = b[TONE + m], p.weight[m]
        felt = felt + weight * drive.strain(tone, target, p.excess)
        relief[DRUG] = relief[DRUG] + weight * reward.relief(tone, p.drug[m], target, p.excess)
        for act in (REACH, GATHER, OTHER):
            feed = needs.reaches(natural[act][m], gain)
            relief[act] = relief[act] + weight * reward.relief(tone, feed, ONE, p.excess)
    gain = set_point.blunting(set_point.target(b[LOAD], p.share[DOPAMINE]))
    rho = opponent_actor.vigour(b[TONE + DOPAMINE], gain, p.vigour)
    goal = [opponent_actor.goal(b[GO + a], b[NOGO + a], rho) for a in range(N_OVERT)]
    return goal, felt, [relief[a] - costs[a] for a in range(N_OVERT)]


def _habit_at(b: Float32[np.ndarray, "38 people"], cue: Each, act: int) -> Each:
    """Return each person's habit of an act at the cue that came to them."""
    at = [b[HABIT + N_OVERT * c + act] for c in range(N_CUES)]
    return either(cue == 0, at[0], either(cue == 1, at[1], at[2]))


def _drawn(logits: list[Each], still: Each, lot: Each) -> Each:
    """Return acts, drawn by the softmax of the overt ones and of doing nothing."""
    highest = larger(larger(logits[0], logits[1]), larger(logits[2], logits[3]))
    highest = larger(highest, still)
    p0 = exponential(logits[0] - highest)
    p1 = p0 + exponential(logits[1] - highest)
    p2 = p1 + exponential(logits[2] - highest)
    p3 = p2 + exponential(logits[3] - highest)
    z = lot * (p3 + exponential(still - highest))
    act = _INT(0)
    for reached in (p0, p1, p2, p3):
        act = act + choice.past(z, reached, _INT(1), _INT(0))
    return act


def _meet(s: State, lot: Float32[np.ndarray, "4 people"], shrunk: Each) -> None:
    """Let those who reach find somebody or nobody, and those who use be seen."""
    act = s.act & ACT_BITS
    s.met[:] = NOBODY_MET
    s.answered[:] = NO_END
    free = _free(s, act)
    reaching_ = act == REACH
    offered = (s.act & OFFERED) != 0
    _meet_ties(s, np.flatnonzero(reaching_ & ~offered), lot[2], free, shrunk)
    _meet_partners(s, np.flatnonzero(reaching_ & offered), lot, free)
    end = s.answered[:]
    one = np.flatnonzero(end != NO_END)
    other = s.tied.ends[end[one], OTHER_END]
    theirs = _lapsing(s.week[other])
    s.met[one] |= np.where(theirs, IN_LAPSE, 0).astype(np.uint8)
    s.near[one[theirs]] = 1
    s.near[other[_lapsing(s.week[one])]] = 1
    # What the partner of a design has of a contact is in contacts of their own: else who only
    # receives would let another give just as much, and nothing would be different.
    s.helped[other[(s.met[one] & 3) == TIE_MET]] = 1
    _be_seen(s, np.flatnonzero(act == DRUG), lot[2])


def _free(s: State, act: Each) -> Each:
    """Return the chance with which each can answer: not in a use, not gone, not asleep."""
    awake = s.numbers.awake if s.step % EPOCHS_PER_DAY == NIGHT else ONE
    return either((act == DRUG) | (act == GONE), ZERO, awake)


def _lapsing(week: Each) -> Each:
    """Return who has used on two or more of the last seven days."""
    return (week & (week - np.uint8(1))) != 0


def _meet_ties(
    s: State, who: Integer[np.ndarray, "_"], lot: Each, free: Each, shrunk: Each
) -> None:
    """Ring all ties of `who`, one after the other, until somebody answers."""
    start, ends, w = s.tied.start, s.tied.ends, s.tied.floats[:, STRENGTH]
    still = np.ones(len(who), np.float32)
    for k in range(int(np.diff(start).max(initial=0))):
        end = start[who] + _INT(k)
        has = (end < start[who + 1]) & (s.answered[who] == NO_END)
        e, i = end[has], np.flatnonzero(has)
        chance = s.numbers.q * (w[e] * shrunk) * free[ends[e, OTHER_END]]
        still[i] = reaching.silent(still[i], chance)
        hit = lot[who[i]] < ONE - still[i]
        s.answered[who[i][hit]] = e[hit]
        s.met[who[i][hit]] = TIE_MET


def _meet_partners(
    s: State, who: Integer[np.ndarray, "_"], lot: Float32[np.ndarray, "4 people"], free: Each
) -> None:
    """Let one partner by lot keep the contact or not; without partners, somebody from outside.

    For one who is in a use or gone, the next of the same design comes.
    """
    p, partners = s.numbers, s.tied.partners[who]
    count = (partners != NO_END).sum(1).astype(_INT)
    share = lot[2][who] * count.astype(np.float32)
    place = share.astype(_INT)
    rest = either(count == 0, lot[2][who], share - place.astype(np.float32))
    end = np.full(len(who), NO_END, _INT)
    is_free = either(count == 0, ONE, ZERO)
    for k in range(partners.shape[1]):
        at = partners[np.arange(len(who)), (place + _INT(k)) % np.maximum(count, 1)]
        theirs = free[s.tied.ends[at, OTHER_END]] if len(s.tied.ends) else is_free
        is_next = (is_free == ZERO) & (k < count) & (theirs > ZERO)
        end = either(is_next, at, end)
        is_free = either(is_next, theirs, is_free)
    kept = rest < p.reliability * is_free
    gives = lot[3][who] < p.gives
    s.met[who[kept]] = np.where(gives, HELPED, HEARD)[kept]
    s.answered[who[kept]] = end[kept]


def _be_seen(s: State, who: Integer[np.ndarray, "_"], lot: Each) -> None:
    """Let one of those who use with `who` be near; which, and whether they are, by lot."""
    degree = s.tied.start[who + 1] - s.tied.start[who]
    who, degree = who[degree > 0], degree[degree > 0]
    share = lot[who] * degree.astype(np.float32)
    place = share.astype(_INT)
    end = s.tied.start[who] + place
    seen = (share - place.astype(np.float32)) * np.float32(255) < s.tied.using[end].astype(
        np.float32
    )
    s.near[s.tied.ends[end[seen], OTHER_END]] = 1


def _tie(s: State, grown: Each) -> None:
    """Let ties learn: first those that the lower of two has moved, then those the higher has."""
    ends, floats, p = s.tied.ends, s.tied.floats, s.numbers
    who = np.flatnonzero(s.answered != NO_END)
    for upward in (True, False):
        e = s.answered[who]
        one = who[(ends[e, OTHER_END] > who) == upward]
        e = s.answered[one]
        back = ends[e, BACK]
        met = s.met[one] & 3
        rate = either(met == TIE_MET, p.tie_reach, p.tie_contact)
        w = floats[e, STRENGTH]
        floats[e, STRENGTH] = w + rate * (grown - w)
        floats[back, STRENGTH] = floats[e, STRENGTH]
        giver = either(met == HELPED, e, back)
        floats[giver, GIVEN] = floats[giver, GIVEN] + grown


def _learn(s: State, count: Int64[np.ndarray, "13"]) -> None:
    """Let everybody live what they chose, and learn from it."""
    b, p = s.brain, s.numbers
    act = (s.act & ACT_BITS).astype(_INT)
    cue = ((s.act >> CUE_SHIFT) & 3).astype(_INT)
    met, used = s.met.astype(_INT), act == DRUG
    contact = met & _INT(3)
    felt, gained = _feed(s, act, met)
    cost = either(used, p.cost_drug, either(act == OTHER, p.cost_other, p.cost_social))
    refused = (act == REACH) & (contact == NOBODY_MET)
    r = gained - cost - either(refused, p.cost_refused, ZERO)
    _value(s, act, r)
    for a in range(N_OVERT):
        for c in range(N_CUES):
            row = HABIT + N_OVERT * c + a
            there = (cue == c) & (act < NOTHING)
            b[row] = either(there, habit.bound(b[row], act == a, b[RATE]), b[row])
    left = resolve.drained(b[RESOLVE], felt, p.drain)
    left = resolve.restored(left, b[OWN], p.restore)
    first = used & (s.today == 0)
    left = resolve.worn(left, first, first & ((s.week & 1) == 0), (p.use, p.breach))
    lapsed = (met & _INT(IN_LAPSE)) != 0
    heard = ((contact == TIE_MET) | (contact == HEARD)) & ~lapsed
    helped = (s.helped != 0) | (contact == HELPED)
    support = either(contact == TIE_MET, p.support, p.heard)
    b[USUAL] = company.norm(b[USUAL], contact != NOBODY_MET, lapsed, p.norm_rate)
    by = (support, p.served, p.norm * b[USUAL])
    left = resolve.moved(left, heard, helped, lapsed, by)
    b[RESOLVE] = resolve.bounded(left, p.resolve_most)
    b[LOAD] = set_point.loaded(b[LOAD], used, p.rise, p.load_kept, p.load_most)
    b[TOLERANCE] = overdose.tolerant(b[TOLERANCE], used, p.tolerance_gain, p.tolerance_kept)
    kept = contact >= HEARD
    for row, part in ((DUE_AT_CUE, p.at_cue), (DUE_OFF_CUE, p.off_cue)):
        here = kept & ((cue != NEUTRAL) == (row == DUE_AT_CUE))
        due = b[row] + b[DOSE] * part - either(here, ONE, ZERO)
        b[row] = smaller(due, p.due_most)
    _note(s, act, cue, contact, count)


def _feed(s: State, act: Each, met: Each) -> tuple[Each, Each]:
    """Feed everybody's systems; return the drive before it, and what the act took away of it."""
    b, p = s.brain, s.numbers
    used, contact = act == DRUG, met & _INT(3)
    is_alone, gave = s.apart != 0, (s.helped != 0) | (contact == HELPED)
    lapse = either((met & _INT(IN_LAPSE)) != 0, p.lapse, ONE)
    felt, gained = ZERO, ZERO
    for m in range(N_SYSTEMS):
        target = set_point.target(b[LOAD], p.share[m])
        gain = set_point.blunting(target)
        tone, weight = b[TONE + m], p.weight[m]
        felt = felt + weight * drive.strain(tone, target, p.excess)
        heard = either(contact == TIE_MET, p.reach[m], p.contact[m]) * lapse
        heard = either(contact == NOBODY_MET, ZERO, heard)
        natural = either(act == GATHER, p.gather[m], either(act == OTHER, p.other[m], p.nothing[m]))
        natural = either(act == REACH, heard, natural)
        feed = either(used, p.drug[m], needs.reaches(natural, gain))
        asked = either(used, target, ONE)
        gained = gained + weight * reward.relief(tone, feed, asked, p.excess)
        beside = either(is_alone, ZERO, p.company[m]) + either(gave, p.giving[m], ZERO)
        b[TONE + m] = needs.fed(tone, feed + needs.reaches(beside, gain), p.kept[m])
    return felt, gained


def _value(s: State, act: Each, r: Each) -> None:
    """Let values, Go and NoGo of the act that was done learn; let all Go and NoGo settle."""
    b, p = s.brain, s.numbers
    for a in range(N_OVERT):
        done = act == a
        delta = prediction_error.error(r, b[VALUE + a], np.bool_(a == DRUG), p.surge)
        surprise = hyperbolic_tangent(delta)
        go, nogo = b[GO + a], b[NOGO + a]
        stirred = opponent_actor.stirred(go, surprise, p.actor_rate)
        calmed = opponent_actor.stirred(nogo, ZERO - surprise, p.actor_rate)
        b[GO + a] = opponent_actor.settled(either(done, stirred, go), p.actor_drift, p.actor_most)
        b[NOGO + a] = opponent_actor.settled(
            either(done, calmed, nogo), p.actor_drift, p.actor_most
        )
        anew = prediction_error.expected_anew(b[VALUE + a], delta, p.value_rate)
        b[VALUE + a] = either(done, anew, b[VALUE + a])


def _note(s: State, act: Each, cue: Each, contact: Each, count: Int64[np.ndarray, "13"]) -> None:
    """Count what happened, close the day if it is over, and take leave of who died."""
    used, kept = act == DRUG, contact >= HEARD
    s.contacts[:] += kept
    s.today[:] |= used
    count[Count.USES] = used.sum()
    count[Count.REACHING] = (act == REACH).sum()
    count[Count.REACHED] = (contact == TIE_MET).sum()
    count[Count.CONTACTS] = kept.sum()
    count[Count.LET_DOWN] = ((act == REACH) & (contact == NOBODY_MET)).sum()
    count[Count.GATHERING] = (act == GATHER).sum()
    count[Count.LONELY] = (cue == LONELY).sum()
    count[Count.HELPING] = ((s.helped != 0) | (contact == HELPED)).sum()
    if s.step % EPOCHS_PER_DAY == EPOCHS_PER_DAY - 1:
        _close_day(s, act, count)
    s.helped[:] = 0
    s.act[(s.act & FATAL) != 0] = GONE


def _close_day(s: State, act: Each, count: Int64[np.ndarray, "13"]) -> None:
    """Write the day down."""
    day = np.int16(s.step // EPOCHS_PER_DAY)
    s.week[:] = ((s.week << 1) | s.today) & 127
    s.use_days[:] += s.today
    s.first_use[(s.first_use == NEVER) & (s.today != 0)] = day
    again = np.bitwise_count(s.week) >= RELAPSE_DAYS
    s.relapse[(s.relapse == NEVER) & again] = day
    count[Count.PEOPLE_USING] = s.today.sum(dtype=np.int64)
    s.today[:] = 0
    alive = (act != GONE) & ((s.act & FATAL) == 0)
    count[Count.ALIVE] = alive.sum()
    count[Count.IN_RELAPSE] = (again & alive).sum()
    for what, row in ((Count.OXYTOCIN, TONE + OXYTOCIN), (Count.RESOLVE, RESOLVE)):
        fixed = (s.brain[row] * FIXED).astype(_INT)
        count[what] = fixed[alive].sum(dtype=np.int64)
