"""The pages of circles and pairs."""

from kith.web.circles.views.asked import asked
from kith.web.circles.views.circle import circle
from kith.web.circles.views.mine import mine, rest_wish, take_back_wish, wake_wish
from kith.web.circles.views.wishing import wish

__all__ = ["asked", "circle", "mine", "rest_wish", "take_back_wish", "wake_wish", "wish"]
