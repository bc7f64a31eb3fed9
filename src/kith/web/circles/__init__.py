"""Circles of four to six, and pairs who listen: somebody to sit with every week."""
