"""Parameters and an arm as both engines read them: float32, once and for all."""

from typing import Any, NamedTuple

import numpy as np

from kith.core.brain.parameters import Parameters
from kith.core.brain.shared import shared
from kith.core.brain.words import EPOCHS_PER_DAY, SYSTEMS
from kith.core.model.world import Arm
from kith.core.records import Mode
from kith.core.ties import RULE, Rule

# float32, and five of it in an array; numba takes them as they are.
Number = Any


class Numbers(NamedTuple):
    """The numbers of an epoch; five of a kind stand in the order of SYSTEMS."""

    kept: Number
    weight: Number
    share: Number
    drug: Number
    reach: Number
    contact: Number
    gather: Number
    other: Number
    nothing: Number
    company: Number
    giving: Number
    excess: Number
    cost_drug: Number
    cost_social: Number
    cost_other: Number
    cost_refused: Number
    rise: Number
    load_kept: Number
    load_most: Number
    value_rate: Number
    surge: Number
    actor_rate: Number
    actor_drift: Number
    actor_most: Number
    vigour: Number
    goal: Number
    habit: Number
    relief: Number
    craving: Number
    still: Number
    sleep: Number
    offered: Number
    isolated: Number
    access: Number
    use: Number
    breach: Number
    restore: Number
    drain: Number
    support: Number
    heard: Number
    served: Number
    norm: Number
    norm_rate: Number
    resolve_most: Number
    cue_drug: Number
    cue_company: Number
    cue_priming: Number
    cue_lonely: Number
    cue_need: Number
    blow: Number
    blow_takes: Number
    awake: Number
    lapse: Number
    tolerance_gain: Number
    tolerance_kept: Number
    overdose: Number
    overdose_slope: Number
    at_cue: Number
    off_cue: Number
    reliability: Number
    gives: Number
    q: Number
    tie_reach: Number
    tie_contact: Number
    due_most: Number

    @property
    def theta(self) -> tuple[Number, Number, Number]:
        """What goal, habit and relief weigh in a choice."""
        return self.goal, self.habit, self.relief


# No more contacts than this wait for their moment.
DUE_MOST = 8


def numbers(p: Parameters, arm: Arm, rule: Rule = RULE) -> Numbers:
    """Return the numbers of an epoch under an arm; ties learn as the app's own rule has it."""
    drug = _five(p, "feeds.drug")
    most = max(drug) or 1.0
    depth = p["contact.small"] + (1.0 - p["contact.small"]) * arm.depth
    plain = Numbers(
        kept=tuple(1.0 - fade for fade in _five(p, "fade")),
        weight=_five(p, "weight"),
        share=tuple(feed / most for feed in drug),
        drug=drug,
        reach=_five(p, "feeds.reach"),
        contact=tuple(p["contact.feed"] * depth * float(fed) for fed in arm.systems),
        gather=_five(p, "feeds.gather"),
        other=_five(p, "feeds.other"),
        nothing=_five(p, "feeds.nothing"),
        company=_five(p, "feeds.company"),
        giving=_five(p, "feeds.giving"),
        excess=p["drive.excess"],
        cost_drug=p["cost.drug"],
        cost_social=p["cost.social"],
        cost_other=p["cost.other"],
        cost_refused=p["cost.refused"],
        rise=p["set_point.rise"] * most,
        load_kept=1.0 - p["set_point.return"],
        load_most=p["set_point.most"],
        value_rate=p["value.rate"],
        surge=p["surge"],
        actor_rate=p["actor.rate"],
        actor_drift=p["actor.return"],
        actor_most=p["actor.most"],
        vigour=p["vigour.slope"],
        goal=p["choice.goal"],
        habit=p["choice.habit"],
        relief=p["choice.relief"],
        craving=p["choice.craving"],
        still=p["choice.still"],
        sleep=p["choice.sleep"],
        offered=p["choice.offered"],
        isolated=p["choice.isolated"],
        access=p["choice.access"],
        use=p["resolve.use"],
        breach=p["resolve.breach"],
        restore=1.0 - (1.0 - p["resolve.restore"]) ** (1 / EPOCHS_PER_DAY),
        drain=p["resolve.drain"],
        support=p["resolve.support"],
        heard=p["resolve.support"] * depth,
        served=p["resolve.giving"],
        norm=p["resolve.norm"],
        norm_rate=p["norm.rate"],
        resolve_most=p["resolve.most"],
        cue_drug=p["cue.drug"],
        cue_company=p["cue.company"],
        cue_priming=p["cue.priming"],
        cue_lonely=p["cue.lonely"],
        cue_need=p["cue.need"],
        blow=p["cue.blow"] / EPOCHS_PER_DAY,
        blow_takes=p["resolve.blow"],
        awake=p["reach.night"],
        lapse=p["contact.lapse"],
        tolerance_gain=p["tolerance.gain"],
        tolerance_kept=1.0 - p["tolerance.loss"],
        overdose=p["overdose.base"],
        overdose_slope=p["overdose.slope"],
        at_cue=arm.at_cue,
        off_cue=1.0 - arm.at_cue,
        reliability=arm.reliability,
        gives=arm.gives,
        q=arm.reach_q,
        tie_reach=rule.rate * rule.worth(Mode.VOICE, p["reach.minutes"]),
        tie_contact=rule.rate * rule.worth(Mode.IN_PERSON, p["contact.minutes"]),
        due_most=DUE_MOST,
    )
    return Numbers(*(_small(value) for value in plain))


def _five(p: Parameters, what: str) -> tuple[float, ...]:
    return tuple(p[f"{what}.{system}"] for system in SYSTEMS)


def _small(value: Any) -> Any:
    if isinstance(value, tuple):
        return np.array(value, np.float32)
    return np.float32(value)


class Feeds(NamedTuple):
    """The numbers of five, as tuples: machine code keeps those in registers."""

    kept: Number
    weight: Number
    share: Number
    drug: Number
    reach: Number
    contact: Number
    gather: Number
    other: Number
    nothing: Number
    company: Number
    giving: Number


@shared
def feeds(p: Any) -> Any:
    """Return those of `p` that come in fives."""
    return Feeds(
        _tuple(p.kept),
        _tuple(p.weight),
        _tuple(p.share),
        _tuple(p.drug),
        _tuple(p.reach),
        _tuple(p.contact),
        _tuple(p.gather),
        _tuple(p.other),
        _tuple(p.nothing),
        _tuple(p.company),
        _tuple(p.giving),
    )


@shared
def _tuple(five: Any) -> Any:
    return five[0], five[1], five[2], five[3], five[4]
