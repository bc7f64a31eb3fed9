"""The closed lists of circles and pairs."""

from kith.web.circles.choices.chairs import Answer, ChairState, CircleState
from kith.web.circles.choices.favors import Kind
from kith.web.circles.choices.wishes import Reach, Role, Way

__all__ = ["Answer", "ChairState", "CircleState", "Kind", "Reach", "Role", "Way"]
