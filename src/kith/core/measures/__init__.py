"""Instruments: their questions, their scoring, and where they come from."""
