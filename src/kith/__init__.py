"""kith: people find people, and learn honestly whether it helps."""

__version__ = "0.1.0"
