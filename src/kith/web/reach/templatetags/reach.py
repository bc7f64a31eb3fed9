"""Template tags of reach: `{% load reach %}`."""

from collections.abc import Iterable
from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import gettext

from kith.web.reach import queries
from kith.web.reach.bridge import country_of_zone

register = template.Library()


@register.filter
def named(people: Iterable[object]) -> str:
    """Return who they are in a sentence: `{{ people|named }}` is "Ruth, Kofi and Marisol"."""
    names = [str(one) for one in people]
    if len(names) < 2:
        return "".join(names)
    return gettext("%(names)s and %(last)s") % {"names": ", ".join(names[:-1]), "last": names[-1]}


@register.inclusion_tag("reach/_danger.html", takes_context=True)
def if_in_danger(context: dict[str, Any]) -> dict[str, object]:
    """Say whom to ring if somebody is in danger now: `{% if_in_danger %}`."""
    request: HttpRequest = context["request"]
    clock = country_of_zone(request.COOKIES.get("tz", "").replace("%2F", "/"))
    wishes = [clock, settings.KITH_COUNTRY]
    return {"here": queries.voices_in(queries.voices_everywhere(), wishes=wishes)}
