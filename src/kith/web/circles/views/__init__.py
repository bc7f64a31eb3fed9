"""The pages of circles and pairs."""

from kith.web.circles.views.asked import asked
from kith.web.circles.views.circle import circle

__all__ = ["asked", "circle"]
