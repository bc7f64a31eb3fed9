"""A person, the keys to their door, where the door stands open, and what they said of themselves."""

from kith.web.people.models.attempt import Attempt
from kith.web.people.models.cell import Cell
from kith.web.people.models.key import Passkey, WrittenKey
from kith.web.people.models.person import Person
from kith.web.people.models.said import Said
from kith.web.people.models.session import Session

__all__ = ["Attempt", "Cell", "Passkey", "Person", "Said", "Session", "WrittenKey"]
