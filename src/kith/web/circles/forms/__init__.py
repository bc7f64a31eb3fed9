"""What people write about circles and pairs."""

from kith.web.circles.forms.wishing import AnswerForm, WishForm

__all__ = ["AnswerForm", "WishForm"]
