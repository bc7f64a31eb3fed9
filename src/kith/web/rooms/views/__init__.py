"""The pages of rooms."""

from kith.web.rooms.views.practice import conversation
from kith.web.rooms.views.room import leave, left, not_okay, room

__all__ = ["conversation", "leave", "left", "not_okay", "room"]
