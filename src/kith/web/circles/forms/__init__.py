"""What people say in circles and pairs, and wish for."""

from kith.web.circles.forms.wishing import AnswerForm, WishForm

__all__ = ["AnswerForm", "WishForm"]
