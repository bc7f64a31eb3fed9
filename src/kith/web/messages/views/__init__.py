"""Pages of messages."""

from kith.web.messages.views.writing import by_ground, conversation, messages

__all__ = ["by_ground", "conversation", "messages"]
