"""Template tags of reach: `{% load reach %}`."""

from typing import Any

from django import template
from django.conf import settings
from django.http import HttpRequest

from kith.web.reach import queries
from kith.web.reach.bridge import country_of_zone

register = template.Library()


@register.inclusion_tag("reach/_danger.html", takes_context=True)
def if_in_danger(context: dict[str, Any]) -> dict[str, object]:
    """Say whom to ring if somebody is in danger now: `{% if_in_danger %}`."""
    request: HttpRequest = context["request"]
    clock = country_of_zone(request.COOKIES.get("tz", "").replace("%2F", "/"))
    wishes = [clock, settings.KITH_COUNTRY]
    return {"here": queries.voices_in(queries.voices_everywhere(), wishes=wishes)}
