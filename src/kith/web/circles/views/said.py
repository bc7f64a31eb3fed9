"""What somebody said, put into words for the pages on which they wish and are asked."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext as _

from kith.web.circles import queries
from kith.web.circles.choices import Way
from kith.web.circles.models import Circle, Wish
from kith.web.people.bridge import homes
from kith.web.people.choices import Topic
from kith.web.people.models import Said


def zone_of(request: HttpRequest, otherwise: str = "") -> str:
    """Return by which clock whoever asks lives: as their browser says, or as they said before."""
    return homes.zone_named(request.COOKIES.get("tz", ""), otherwise or settings.TIME_ZONE)


def hour_for(request: HttpRequest, circle: Circle) -> queries.Hour:
    """Return when `circle` meets, in words and by the clock of whoever asks."""
    return queries.hour_of(circle, zone=zone_of(request, circle.zone), at=datetime.now(UTC))


def facts_of(wish: Wish, said: Mapping[Topic, Said]) -> list[tuple[str, str]]:
    """Return what kith looks with, in words: for the one who said it, and nobody else."""
    return [(what, words) for what, words in _facts(wish, said) if words]


def missing_of(wish: Wish, said: Mapping[Topic, Said]) -> list[str]:
    """Return which fields of the form are missing before there is anything to look with."""
    missing = [] if Topic.HOURS in said else ["hours"]
    if wish.way == Way.IN_PERSON and Topic.HOME not in said:
        missing.append("home")
    return missing


def _facts(wish: Wish, said: Mapping[Topic, Said]) -> Iterator[tuple[str, str]]:
    yield _("You would like"), _wanted(wish)
    yield _("How"), str(wish.get_way_display())
    if wish.way != Way.ONLINE:
        yield _("How far"), str(wish.get_reach_display())
        yield _("Around"), homes.home_of(said[Topic.HOME].value).words if Topic.HOME in said else ""
    for what, topic in (
        (_("When"), Topic.HOURS),
        (_("Languages"), Topic.LANGUAGES),
        (_("You like to"), Topic.PRACTICES),
        (_("You can give"), Topic.GIVES),
        (_("You would receive"), Topic.RECEIVES),
    ):
        yield what, said[topic].get_value_display() if topic in said else ""
    yield _("Glad to"), wish.get_roles_display()
    yield _("Only among"), wish.get_only_among_display()
    yield _("You bring"), wish.brings


def _wanted(wish: Wish) -> str:
    if wish.circle and wish.pair:
        return _("a circle, and a listening pair")
    return _("a circle") if wish.circle else _("a listening pair")
