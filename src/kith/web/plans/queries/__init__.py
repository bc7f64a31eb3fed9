"""Reads for the pages of plans, and for whoever is come to at the moment itself."""

from kith.web.plans.queries.moment import (
    Step,
    may_be_called,
    next_step,
    people_of,
    tonight_of,
)

__all__ = ["Step", "may_be_called", "next_step", "people_of", "tonight_of"]
