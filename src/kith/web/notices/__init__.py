"""Notices: what reaches somebody when they are not looking, seldom and saying nothing to others."""
