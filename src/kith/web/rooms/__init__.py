"""Rooms in which people see each other: two, or up to six."""
