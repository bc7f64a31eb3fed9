"""Reads for the pages of circles and pairs."""
