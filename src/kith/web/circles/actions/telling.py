"""Those who sit in a circle are told what happens in it; each kind of news once, until they look."""

from datetime import datetime
from typing import Final

from django.urls import reverse

from kith.web.circles import access
from kith.web.circles.models import Circle
from kith.web.notices.actions import Words, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person

# Notices about one page are one notice: news of another kind is about another part of the page.
WHERE, NAME, OFF, FAVORS, LEFT, ON, CLOSING, STILL, NEAR = NEWS = (
    "where", "name", "off", "favors", "left", "on", "closing", "still", "near",
)  # fmt: skip
_HOME: Final = "/"


def path_of(circle: Circle, part: str = "") -> str:
    """Return the address of the page of `circle`, or of a part of it."""
    page = reverse("circles:circle", args=[circle.token])
    return f"{page}#{part}" if part else page


def paths_of(circle: Circle) -> list[str]:
    """Return all addresses that lead to the page of `circle`."""
    return [path_of(circle), *(path_of(circle, part) for part in NEWS)]


def tell_others(
    *, circle: Circle, words: Words, part: str, at: datetime, besides: Person | None = None
) -> None:
    """Let those who sit in `circle` know, but for one of them and who is away or paused."""
    for chair in access.told_in(circle, at=at):
        if chair.person != besides:
            tell(person=chair.person, about=About.CIRCLE, words=words, path=path_of(circle, part))


def tell_farewell(*, circle: Circle, words: Words, at: datetime) -> None:
    """Let those who sat in `circle` know that it has closed; its page is no more."""
    for chair in access.told_in(circle, at=at):
        tell(person=chair.person, about=About.CIRCLE, words=words, path=_HOME)
