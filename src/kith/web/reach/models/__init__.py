"""The lines of each country; who asks for a voice, who is rung, who lets themselves be."""

from kith.web.reach.models.company import Company
from kith.web.reach.models.lines import Country, Line, dials, own_key
from kith.web.reach.models.reaching import Reach, Ring
from kith.web.reach.models.willing import Turn, Willing

__all__ = [
    "Company",
    "Country",
    "Line",
    "Reach",
    "Ring",
    "Turn",
    "Willing",
    "dials",
    "own_key",
]
