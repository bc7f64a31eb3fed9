"""How long the parts of a guided conversation last, and what else a page needs to hold one."""

from dataclasses import dataclass
from typing import Final

from kith.web.kit import parameters
from kith.web.rooms.queries import prompts
from kith.web.rooms.queries.prompts import Deck, Use

# Minutes, by the names that guide.js reads, from what the evidence says (a steward may change it).
BY_EVIDENCE: Final = {
    "total": "fastfriends.total_minutes",
    "listen": "pair.listen_turn_minutes",
    "gaze": "pair.gaze_exercise_minutes",
}
TALK_MOST: Final = "talk.subgroup_max"
# Minutes that no study fixed: our own choice, for turns that are neither a wait nor a rush.
BY_CHOICE: Final[dict[str, float]] = {
    "turn": 2.5,
    "thanks": 2,
    "closing": 1,
    "round": 12,
    "least": 1.5,
    "most": 3,
}
# The whole, or two thirds or a third of it.
THIRDS: Final = (1, 2, 3)


@dataclass(frozen=True, slots=True)
class Guide:
    """What a page needs to hold a guided conversation."""

    minutes: dict[str, float]
    lengths: list[int]
    talk_most: int
    decks: list[Deck]
    is_shared: bool


def guide(*, is_shared: bool = False) -> Guide:
    """Return the guide for seats in a room, or, if `is_shared`, for people at one browser."""
    minutes = {name: parameters.number(key) for name, key in BY_EVIDENCE.items()} | BY_CHOICE
    return Guide(
        minutes=minutes,
        lengths=[round(minutes["total"] * third / len(THIRDS)) for third in THIRDS],
        talk_most=parameters.whole(TALK_MOST),
        decks=prompts.decks(*Use),
        is_shared=is_shared,
    )
