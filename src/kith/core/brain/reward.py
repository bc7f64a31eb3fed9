"""Reward: the drive that an act takes away, less what it costs.

    drug:     r = D(h; h*) - D(h + K; h*) - cost
    natural:  r = D(h; 1)  - D(h + g K; 1) - cost,     g[m] = 1 / h*[m]

The drug relieves the gap it has dug itself; a natural act relieves what nature asks for, 1, and
less of that the higher the set point (equation 3). With h* in the natural line as well, as first
sketched, a raised set point would make natural acts worth MORE to whoever stands at the same tone,
because the gap grows faster than g falls: the claim is that they are blunted.
"""

from typing import Any

from kith.core.brain.drive import strain
from kith.core.brain.shared import shared


@shared
def relief(tone: Any, feed: Any, target: Any, excess: Any) -> Any:
    """Return the drive of one system that a feed takes away, before its weight."""
    return strain(tone, target, excess) - strain(tone + feed, target, excess)
