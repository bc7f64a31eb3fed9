"""Puts a guided conversation into a page: `{% load guide %}{% guided_conversation %}`."""

from django import template

from kith.web.rooms.queries.guide import Guide, guide

register = template.Library()


@register.inclusion_tag("rooms/_guide.html")
def guided_conversation(*, is_shared: bool = False) -> dict[str, Guide]:
    """Return what _guide.html shows; `guide.js` brings it to life."""
    return {"guide": guide(is_shared=is_shared)}
