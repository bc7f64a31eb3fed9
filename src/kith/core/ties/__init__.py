"""Who is tied to whom, how strongly, and who helps whom: fire together, wire together.

What needs a compiler is not imported here, so that what learns one act at a time starts fast:
take `fold` from `kith.core.ties.folding`. Measures of people are modules: `reciprocity`,
`breadth`, `effective_size`.
"""

from kith.core.ties.rule import RULE, Rule
from kith.core.ties.table import Ties
from kith.core.ties.tie import UNTIED, Tie, faded, learned, relearned

__all__ = ["RULE", "UNTIED", "Rule", "Tie", "Ties", "faded", "learned", "relearned"]
