"""What people are asked: instruments with their words, sources and licences, and their scores."""

from kith.core.measures.battery import all_instruments, instrument, parse_instrument
from kith.core.measures.instrument import TOTAL, Answer, Instrument, Item, Scale
from kith.core.measures.roster import RosterSummary, roster_measures, summary
from kith.core.measures.scoring import score, scores

__all__ = [
    "TOTAL",
    "Answer",
    "Instrument",
    "Item",
    "RosterSummary",
    "Scale",
    "all_instruments",
    "instrument",
    "parse_instrument",
    "roster_measures",
    "score",
    "scores",
    "summary",
]
