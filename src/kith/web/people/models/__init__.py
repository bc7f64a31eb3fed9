"""A person, the keys to their door, and where the door stands open."""

from kith.web.people.models.attempt import Attempt
from kith.web.people.models.key import Passkey, WrittenKey
from kith.web.people.models.person import Person
from kith.web.people.models.session import Session

__all__ = ["Attempt", "Passkey", "Person", "Session", "WrittenKey"]
