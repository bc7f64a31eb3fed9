"""Estimators: one to a file, each with its formula, its assumptions and its source."""
