"""Template tags of the kit: `{% load kit %}`."""

from django import template
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from kith.web.kit import hints, pictures

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


@register.simple_tag
def hints_address() -> str:
    """Return where hints.js finds the words of this page's language, or "" if we know of none."""
    language = (get_language() or "")[:2]
    return static(f"kit/hints.{language}.json") if hints.knows(language) else ""
