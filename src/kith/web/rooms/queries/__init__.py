"""Reads for the pages of rooms."""

from kith.web.rooms.queries.page import Page, page_of

__all__ = ["Page", "page_of"]
