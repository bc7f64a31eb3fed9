"""Who only gives, or only receives, is offered the other door: in words, and quietly."""

from enum import Enum


class Door(Enum):
    """Which side of help somebody is invited to."""

    ASK = "ask"
    OFFER = "offer"


def other_door(
    *, given: int, received: int, days_here: int, low: float, high: float, after_days: int
) -> Door | None:
    """Return the door that somebody is offered, if any.

    Args:
        given: How often they helped of late.
        received: How often they were helped.
        days_here: How long they have been here.
        low: Of all that they gave and received, the share of giving below which they mostly receive.
        high: The share above which they mostly give.
        after_days: Before they are here so long nothing is offered.

    Who mostly gives may ask, and who mostly receives may offer. Whoever did neither is invited to
    a small task: those who help do better, as far as it is known (observational).
    """
    if days_here < after_days:
        return None
    if given + received == 0:
        return Door.OFFER
    share = given / (given + received)
    if share > high:
        return Door.ASK
    return Door.OFFER if share < low else None
