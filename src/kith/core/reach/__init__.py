"""Who is rung when somebody needs a voice: a few people at once, the nearest first, none too often.

The site asks it when somebody taps; a model of people may ask the same rule.
"""

from kith.core.reach.check import Wrong, faults_of
from kith.core.reach.choosing import Choice, choose, may_be_rung
from kith.core.reach.crowd import ANYBODY, KNOWN, NOBODY, Asker, Crowd
from kith.core.reach.rule import RULE, Rule

__all__ = [
    "ANYBODY",
    "KNOWN",
    "NOBODY",
    "RULE",
    "Asker",
    "Choice",
    "Crowd",
    "Rule",
    "Wrong",
    "choose",
    "faults_of",
    "may_be_rung",
]
