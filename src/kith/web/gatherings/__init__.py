"""Gatherings: people find what happens near them, and get to its door; feeds bring them in and out."""
