"""Who only gives, or only receives, is offered the other door: in words, and quietly."""

import re
from enum import Enum
from typing import Final

# Of the evidence: reciprocity.balance_nudge.
_SHARES: Final = (0.25, 0.75)
_SHARE: Final = re.compile(r"(?<![\d.])(?:0?\.\d+|0|1(?:\.0+)?)(?![\d.])")


class Door(Enum):
    """Which side of help somebody is invited to."""

    ASK = "ask"
    OFFER = "offer"


def other_door(
    *,
    given: int,
    received: int,
    days_here: int,
    shares: tuple[float, float],
    least: int,
    after_days: int,
) -> Door | None:
    """Return the door that somebody is offered, if any.

    Args:
        given: How often they helped of late.
        received: How often they were helped.
        days_here: How long they have been here.
        shares: Of all that they gave and received: the share of giving below which they mostly
            receive, and the one above which they mostly give.
        least: Of fewer acts than that a share says nothing.
        after_days: Before they are here so long nothing is offered.

    Who mostly gives may ask, and who mostly receives may offer. Whoever did next to nothing is
    invited to a small task: those who help do better, as far as it is known (observational).
    """
    if days_here < after_days:
        return None
    if given + received < least:
        return None if given else Door.OFFER
    low, high = shares
    share = given / (given + received)
    if share > high:
        return Door.ASK
    return Door.OFFER if share < low else None


def shares_read(text: str) -> tuple[float, float]:
    """Return the two shares of giving that `text` names: "below 0.25 or above 0.75 of given/…".

    It is how the evidence says it, and a steward may say others; where there are no two numbers
    from 0 to 1, the lower one first, those of the evidence are taken.
    """
    found = [float(share) for share in _SHARE.findall(text)[:2]]
    if len(found) < len(_SHARES) or found[0] >= found[1]:
        return _SHARES
    return found[0], found[1]
