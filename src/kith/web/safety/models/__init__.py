"""The distance that people keep, what they tell the stewards, and what stewards did about it."""

from kith.web.safety.models.distance import Distance
from kith.web.safety.models.look import Look
from kith.web.safety.models.pause import Pause
from kith.web.safety.models.report import Report

__all__ = ["Distance", "Look", "Pause", "Report"]
