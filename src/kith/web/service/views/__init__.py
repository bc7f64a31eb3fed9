"""Pages of asks and offers."""

from kith.web.service.views.one import answer, back, done, errand, hide, take
from kith.web.service.views.shelf import not_now, say, service

__all__ = ["answer", "back", "done", "errand", "hide", "not_now", "say", "service", "take"]
