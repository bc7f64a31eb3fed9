"""Measurements: ratios against a peer or an earlier version, never tests with a clock."""
