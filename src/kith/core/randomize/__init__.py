"""Who is drawn into what: the mechanisms, and the law by which each draw came."""

from kith.core.randomize.blocked import Blocked
from kith.core.randomize.clustered import Clustered
from kith.core.randomize.commitment import commitment, is_promised
from kith.core.randomize.constrained import Constrained, NeverBalancedError
from kith.core.randomize.decisions import Decision, DecisionRule, Moment
from kith.core.randomize.mechanism import (
    AbstractMechanism,
    Drawn,
    Part,
    TooManyWaysError,
    together,
    whole_law,
)
from kith.core.randomize.minimised import Minimised
from kith.core.randomize.recording import recorded
from kith.core.randomize.saturation import Saturation
from kith.core.randomize.simple import Simple

__all__ = [
    "AbstractMechanism",
    "Blocked",
    "Clustered",
    "Constrained",
    "Decision",
    "DecisionRule",
    "Drawn",
    "Minimised",
    "Moment",
    "NeverBalancedError",
    "Part",
    "Saturation",
    "Simple",
    "TooManyWaysError",
    "commitment",
    "is_promised",
    "recorded",
    "together",
    "whole_law",
]
