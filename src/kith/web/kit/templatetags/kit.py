"""Template tags of the kit: `{% load kit %}`."""

from django import template
from django.utils.safestring import SafeString

from kith.web.kit import pictures

register = template.Library()


@register.simple_tag
def icon(name: str, size: int = 20) -> SafeString:
    """Draw an icon beside words: `{% icon "map-pin" 20 %}`."""
    return pictures.icon_svg(name, size)


@register.simple_tag
def petals(letters: pictures.Letters, size: int = 40, label: str = "") -> SafeString:
    """Draw five petals: `{% petals practice.letters 132 %}`."""
    return pictures.petals_svg(letters, size, label)


@register.simple_tag
def petals_words(letters: pictures.Letters) -> str:
    """Say five petals in words: `{% petals_words practice.letters %}`."""
    return pictures.petals_words(letters)
