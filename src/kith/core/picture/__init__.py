"""A simulation to look at: what is asked, two arms lived with the same dice, what came, the drawing."""

from kith.core.picture.asked import (
    DESIGNS,
    RANGES,
    TOWNS,
    Asked,
    MalformedPictureError,
    scenario_of,
)
from kith.core.picture.gathering import Picture, gathered
from kith.core.picture.living import Pair, live, settled
from kith.core.picture.sheet import CAUTION, figures, sheet

__all__ = [
    "CAUTION",
    "DESIGNS",
    "RANGES",
    "TOWNS",
    "Asked",
    "MalformedPictureError",
    "Pair",
    "Picture",
    "figures",
    "gathered",
    "live",
    "scenario_of",
    "settled",
    "sheet",
]
