"""The rows of plans."""

from kith.web.plans.models.asking import Answer, Asking, Openness
from kith.web.plans.models.plan import Plan, Practice

__all__ = ["Answer", "Asking", "Openness", "Plan", "Practice"]
