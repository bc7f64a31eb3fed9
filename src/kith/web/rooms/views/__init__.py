"""The pages of rooms."""

from kith.web.rooms.views.room import leave, left, not_okay, room

__all__ = ["leave", "left", "not_okay", "room"]
