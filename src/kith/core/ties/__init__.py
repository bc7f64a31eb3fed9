"""Who is tied to whom, how strongly, and who helps whom: fire together, wire together."""

from kith.core.ties.rule import RULE, Rule
from kith.core.ties.tie import UNTIED, Tie, faded, learned, relearned

__all__ = ["RULE", "UNTIED", "Rule", "Tie", "faded", "learned", "relearned"]
