"""What kind of value a measure has, out of its instrument or its own word."""

from kith.core.measures import all_instruments
from kith.core.study.plan import MeasurePlan, StudyPlan
from kith.core.study.words import ACTS, RECORDS

_YES_NO = (0.0, 1.0)


def kind_of(measure: MeasurePlan) -> str:
    """Return "number", "yes_no", "count", "event", "network" or "words"; "" if nobody knows."""
    if measure.asks in {ACTS, RECORDS}:
        return measure.kind
    found = all_instruments().get(measure.asks)
    if found is None:
        return ""
    if found.repeats > 1:
        return "network"
    if measure.scale not in {scale.key for scale in found.scales}:
        return ""
    return "yes_no" if found.range_of(measure.scale) == _YES_NO else "number"


def kind_named(plan: StudyPlan, key: str) -> str:
    """Return the kind of the measure called `key`; "" if there is none, or nobody knows."""
    measure = next((one for one in plan.measures if one.key == key), None)
    return kind_of(measure) if measure else ""
