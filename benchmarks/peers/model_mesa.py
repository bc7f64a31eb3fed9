"""The model's rules in Mesa 3: run in an environment of its own (see bench_model.py).

    python benchmarks/peers/model_mesa.py PEOPLE DAYS

Mesa calls each person in turn, so here a person is an object that lives its own epoch, in the
stages of `core.model.reference`. The equations are those of `core.brain`, word for word: their
words for arrays (either, exponential) are put back to plain Python first, which is the quickest
that Mesa can have them. Dice are Mesa's. Prints one JSON object.
"""

import json
import math
import sys
import time
from pathlib import Path
from typing import Any

for folder in (".", "src"):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2] / folder))

from kith.core.brain import shared, words

# Before any equation is read: numbers of Python in place of numpy's, which are slow one by one.
words.ZERO, words.ONE, words.TWO = 0.0, 1.0, 2.0  # type: ignore[assignment]
shared.either = lambda when, yes, no: yes if when else no
from kith.core.brain import curves

curves.exponential = lambda x: math.exp(min(max(x, -80.0), 80.0))
curves.hyperbolic_tangent = math.tanh  # type: ignore[assignment]

import mesa
from benchmarks.model_town import SEED, settled

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
from kith.core.brain.parameters import parameters
from kith.core.brain.words import (
    DOPAMINE,
    DRUG,
    EPOCHS_PER_DAY,
    GATHER,
    GONE,
    N_CUES,
    N_OVERT,
    N_SYSTEMS,
    NEUTRAL,
    NIGHT,
    NOTHING,
    OTHER,
    OXYTOCIN,
    REACH,
)
from kith.core.model import state as st
from kith.core.model.beginning import begin
from kith.core.model.running import fading
from kith.core.model.tied import BACK, OTHER_END, STRENGTH


class Tie:
    """What two are to each other."""

    __slots__ = ("given", "strength", "using")

    def __init__(self, strength: float, using: float) -> None:
        self.strength, self.using = strength, using
        self.given: dict[int, float] = {}


class Person(mesa.Agent):  # type: ignore[misc]  # not installed where types are checked
    """One person, who lives an epoch in stages."""

    def __init__(self, model: Any, row: int, s: st.State) -> None:
        super().__init__(model)
        b = s.brain[:, row].tolist()
        self.tone = b[st.TONE : st.TONE + N_SYSTEMS]
        self.load, self.tolerance, self.resolve = b[st.LOAD], b[st.TOLERANCE], b[st.RESOLVE]
        self.value = b[st.VALUE : st.VALUE + N_OVERT]
        self.go, self.nogo = b[st.GO : st.GO + N_OVERT], b[st.NOGO : st.NOGO + N_OVERT]
        self.habit = [b[st.HABIT + N_OVERT * c :][:N_OVERT] for c in range(N_CUES)]
        self.due = [b[st.DUE_AT_CUE], b[st.DUE_OFF_CUE]]
        self.usual, self.rate, self.dose, self.own = b[st.USUAL :]
        self.apart, self.week = bool(s.apart[row]), int(s.week[row])
        self.act, self.cue, self.offered, self.fatal = 0, 0, False, False
        self.near = self.helped = self.today = False
        self.met, self.lapsed = st.NOBODY_MET, False
        self.answered: Any = None
        self.ties: list[tuple[Person, Tie]] = []
        self.partners: list[tuple[Person, Tie]] = []
        self.first_use = self.relapse = st.NEVER
        self.use_days = self.contacts = 0

    @property
    def lapsing(self) -> bool:
        return self.week & (self.week - 1) != 0

    @property
    def free(self) -> float:
        if self.act in {DRUG, GONE}:
            return 0.0
        return float(self.model.p.awake) if self.model.is_night else 1.0

    def choose(self) -> None:
        """Let a moment come, and choose what to do in it."""
        p, random = self.model.p, self.random.random
        self.dice = random(), random()
        goal, felt, relief = self._outlook()
        p_drug = cues.drug_cue(self.near, self.act == DRUG, p.cue_drug, (p.cue_company, p.cue_priming))  # fmt: skip
        self.near = False
        p_lonely = cues.lonely(self.tone[OXYTOCIN], p.cue_lonely, p.cue_need)
        lot = random()
        self.cue = cues.moment(lot, p_drug, p_lonely, 1, 0)
        self.resolve = resolve.struck(self.resolve, cues.is_blow(lot, p.blow), p.blow_takes)
        bound, theta = self.habit[self.cue], p.theta
        logits = [choice.logit(goal[a], bound[a], relief[a], theta) for a in range(N_OVERT)]
        self.offered = self.due[self.cue == NEUTRAL] >= 1
        hindrance = p.isolated if self.apart else 0.0
        logits[DRUG] -= resolve.held(self.resolve, felt, p.craving)
        logits[REACH] += p.offered if self.offered else -hindrance
        logits[GATHER] += p.access - hindrance
        act = self._drawn([*logits, p.still + (p.sleep if self.model.is_night else 0.0)], random())
        hazard = overdose.hazard(self.tolerance, p.overdose, p.overdose_slope)
        self.act = GONE if self.act == GONE else act
        self.fatal = self.act == DRUG and self.dice[1] < hazard

    def _drawn(self, logits: list[float], lot: float) -> int:
        most = max(logits)
        reached, sums = 0.0, []
        for one in logits:
            reached += curves.exponential(one - most)
            sums.append(reached)
        return sum(int(choice.past(lot * reached, one, 1, 0)) for one in sums[:N_OVERT])

    def _outlook(self) -> tuple[list[float], float, list[float]]:
        p, felt, relief = self.model.p, 0.0, [0.0] * N_OVERT
        feeds: tuple[Any, ...] = (None, p.reach, p.gather, p.other)
        for m in range(N_SYSTEMS):
            target = set_point.target(self.load, p.share[m])
            gain, tone, weight = set_point.blunting(target), self.tone[m], p.weight[m]
            felt += weight * drive.strain(tone, target, p.excess)
            relief[DRUG] += weight * reward.relief(tone, p.drug[m], target, p.excess)
            for act in (REACH, GATHER, OTHER):
                feed = needs.reaches(feeds[act][m], gain)
                relief[act] += weight * reward.relief(tone, feed, 1.0, p.excess)
        gain = set_point.blunting(set_point.target(self.load, p.share[DOPAMINE]))
        rho = opponent_actor.vigour(self.tone[DOPAMINE], gain, p.vigour)
        goal = [opponent_actor.goal(self.go[a], self.nogo[a], rho) for a in range(N_OVERT)]
        costs = (p.cost_drug, p.cost_social, p.cost_social, p.cost_other)
        return goal, felt, [relief[a] - costs[a] for a in range(N_OVERT)]

    def meet(self) -> None:
        """Find somebody or nobody, or be seen."""
        self.met, self.lapsed, self.answered = st.NOBODY_MET, False, None
        if self.act == DRUG and self.ties:
            self._be_seen()
        if self.act != REACH:
            return
        (self._meet_partner if self.offered else self._meet_tie)()
        if self.answered is None:
            return
        other = self.answered[0]
        self.lapsed = other.lapsing
        self.near |= other.lapsing
        other.near |= self.lapsing
        other.helped |= self.met == st.TIE_MET

    def _meet_tie(self) -> None:
        p, still = self.model.p, 1.0
        for other, tie in self.ties:
            chance = p.q * (tie.strength * self.model.shrunk) * other.free
            still = reaching.silent(still, chance)
            if self.dice[0] < 1 - still:
                self.met, self.answered = st.TIE_MET, (other, tie)
                return

    def _meet_partner(self) -> None:
        p, count, free = self.model.p, len(self.partners), 1.0
        end: Any = None
        rest = self.dice[0]
        if count:
            place, free = int(rest * count), 0.0
            rest = rest * count - place
            for k in range(count):
                end = self.partners[(place + k) % count]
                free = end[0].free
                if free > 0:
                    break
        if rest < p.reliability * free:
            self.met, self.answered = (st.HELPED if self.dice[1] < p.gives else st.HEARD), end

    def _be_seen(self) -> None:
        share = self.dice[0] * len(self.ties)
        other, tie = self.ties[int(share)]
        if (share - int(share)) * 255 < tie.using:
            other.near = True

    def tie(self) -> None:
        """Let the tie learn that was moved."""
        if self.answered is None:
            return
        (other, tie), p, grown = self.answered, self.model.p, self.model.grown
        rate = p.tie_reach if self.met == st.TIE_MET else p.tie_contact
        tie.strength += rate * (grown - tie.strength)
        giver = self if self.met == st.HELPED else other
        tie.given[giver.unique_id] = tie.given.get(giver.unique_id, 0.0) + grown

    def learn(self) -> None:
        """Live what was chosen, and learn from it."""
        p, act, met = self.model.p, self.act, self.met
        used = act == DRUG
        felt, gained = self._feed()
        cost = p.cost_drug if used else p.cost_other if act == OTHER else p.cost_social
        refused = p.cost_refused if act == REACH and met == st.NOBODY_MET else 0.0
        self._value(gained - cost - refused)
        if act < NOTHING:
            here = self.habit[self.cue]
            for a in range(N_OVERT):
                here[a] = habit.bound(here[a], act == a, self.rate)
        self._resolve(felt, used)
        self.load = set_point.loaded(self.load, used, p.rise, p.load_kept, p.load_most)
        self.tolerance = overdose.tolerant(self.tolerance, used, p.tolerance_gain, p.tolerance_kept)
        kept, at_cue = met >= st.HEARD, self.cue != NEUTRAL
        for row, part in enumerate((p.at_cue, p.off_cue)):
            had = kept and at_cue == (row == 0)
            self.due[row] = min(self.due[row] + self.dose * part - had, p.due_most)
        self.contacts += kept
        self.today |= used
        if self.model.is_evening:
            self._close_day()
        self.helped = False
        if self.fatal:
            self.act, self.fatal = GONE, False

    def _resolve(self, felt: float, used: bool) -> None:  # noqa: FBT001 - as in the equations
        p, met = self.model.p, self.met
        left = resolve.drained(self.resolve, felt, p.drain)
        left = resolve.restored(left, self.own, p.restore)
        first = used and not self.today
        left = resolve.worn(left, first, first and not self.week & 1, (p.use, p.breach))
        heard = met in {st.TIE_MET, st.HEARD} and not self.lapsed
        self.usual = company.norm(self.usual, met != st.NOBODY_MET, self.lapsed, p.norm_rate)
        by = (p.support if met == st.TIE_MET else p.heard, p.served, p.norm * self.usual)
        left = resolve.moved(left, heard, self.helped or met == st.HELPED, self.lapsed, by)
        self.resolve = resolve.bounded(left, p.resolve_most)

    def _feed(self) -> tuple[float, float]:
        p, act, met, felt, gained = self.model.p, self.act, self.met, 0.0, 0.0
        used, gave = act == DRUG, self.helped or met == st.HELPED
        heard_by = None if met == st.NOBODY_MET else p.reach if met == st.TIE_MET else p.contact
        what = {GATHER: p.gather, OTHER: p.other, REACH: heard_by}.get(act, p.nothing)
        left = p.lapse if act == REACH and self.lapsed else 1.0
        for m in range(N_SYSTEMS):
            target = set_point.target(self.load, p.share[m])
            gain, tone, weight = set_point.blunting(target), self.tone[m], p.weight[m]
            felt += weight * drive.strain(tone, target, p.excess)
            natural = 0.0 if what is None else what[m] * left
            feed = p.drug[m] if used else needs.reaches(natural, gain)
            gained += weight * reward.relief(tone, feed, target if used else 1.0, p.excess)
            beside = (0.0 if self.apart else p.company[m]) + (p.giving[m] if gave else 0.0)
            self.tone[m] = needs.fed(tone, feed + needs.reaches(beside, gain), p.kept[m])
        return felt, gained

    def _value(self, r: float) -> None:
        p, act = self.model.p, self.act
        if act < NOTHING:
            delta = prediction_error.error(r, self.value[act], act == DRUG, p.surge)
            surprise = curves.hyperbolic_tangent(delta)
            self.go[act] = opponent_actor.stirred(self.go[act], surprise, p.actor_rate)
            self.nogo[act] = opponent_actor.stirred(self.nogo[act], -surprise, p.actor_rate)
            self.value[act] = prediction_error.expected_anew(self.value[act], delta, p.value_rate)
        for a in range(N_OVERT):
            self.go[a] = opponent_actor.settled(self.go[a], p.actor_drift, p.actor_most)
            self.nogo[a] = opponent_actor.settled(self.nogo[a], p.actor_drift, p.actor_most)

    def _close_day(self) -> None:
        self.week = (self.week << 1 | self.today) & 127
        self.use_days += self.today
        if self.first_use == st.NEVER and self.today:
            self.first_use = self.model.day
        if self.relapse == st.NEVER and self.week.bit_count() >= st.RELAPSE_DAYS:
            self.relapse = self.model.day
        self.today = False


class Town(mesa.Model):  # type: ignore[misc]  # not installed where types are checked
    """Everybody, stage by stage."""

    def __init__(self, s: st.State, days: int) -> None:
        super().__init__(seed=SEED)
        plain = (one.tolist() if getattr(one, "ndim", 0) else float(one) for one in s.numbers)
        self.p = type(s.numbers)(*plain)
        self.fade = [one.tolist() for one in fading(0, days * EPOCHS_PER_DAY)]
        self.at = 0
        people = [Person(self, row, s) for row in range(s.people)]
        tied = s.tied
        made: dict[int, Tie] = {}
        for row, person in enumerate(people):
            first, last = tied.start[row : row + 2].tolist()
            for end in range(first, last):
                back = int(tied.ends[end, BACK])
                one = made.pop(back, None) or Tie(
                    float(tied.floats[end, STRENGTH]), int(tied.using[end])
                )
                made[end] = one
                person.ties.append((people[int(tied.ends[end, OTHER_END])], one))
            own = tied.partners[row]
            person.partners = [person.ties[e - first] for e in own.tolist() if e != st.NO_END]

    def step(self) -> None:
        self.day, epoch = divmod(self.at, EPOCHS_PER_DAY)
        self.is_night, self.is_evening = epoch == NIGHT, epoch == EPOCHS_PER_DAY - 1
        self.grown, self.shrunk = self.fade[0][self.at], self.fade[1][self.at]
        for stage in ("choose", "meet", "tie", "learn"):
            self.agents.do(stage)
        self.at += 1


def main() -> None:
    """Live, and say how long it took and what came of it."""
    people, days = map(int, sys.argv[1:3])
    world, arm = settled(people)
    town = Town(begin(world, arm, parameters(), seed=SEED), days)
    began, cpu = time.perf_counter(), time.process_time()
    for _ in range(days * EPOCHS_PER_DAY):
        town.step()
    took, cpu = time.perf_counter() - began, time.process_time() - cpu
    pairs = zip(town.agents, world.is_using.tolist(), strict=True)
    sober = [one for one, is_using in pairs if not is_using]
    print(json.dumps({
        "version": mesa.__version__, "seconds": took, "cpu": cpu, "steps": town.at,
        "relapsed": sum(one.relapse != st.NEVER for one in sober),
        "lapsed": sum(one.first_use != st.NEVER for one in sober),
        "of": len(sober),
    }))  # fmt: skip


if __name__ == "__main__":
    main()
