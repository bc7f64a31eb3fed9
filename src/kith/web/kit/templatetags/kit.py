"""Template tags of the kit: `{% load kit %}`."""

from django import template
from django.template.base import NodeList, Parser, Token
from django.template.context import Context
from django.template.loader_tags import BlockNode
from django.templatetags.static import static
from django.utils.safestring import SafeString
from django.utils.translation import get_language
from typing_extensions import override

from kith.web.kit import hints, pictures

register = template.Library()
# A part that differs by more than this is no part that is the same for all.
SAME_KEPT = 64


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


@register.tag
def same(parser: Parser, token: Token) -> "SameNode":
    """Draw a part of a page once for all who read one language: `{% same current %} ... {% endsame %}`.

    Nothing may differ in it but the variables named, and nothing else reaches it: not who reads,
    nor what they asked for. It is the way to what a frame does (kit.frames) within a template.
    """
    _tag, *names = token.split_contents()
    inside = parser.parse(("endsame",))
    parser.delete_first_token()
    if inside.get_nodes_by_type(BlockNode):
        raise template.TemplateSyntaxError("A page fills a block itself, so it is never the same.")
    return SameNode(inside, tuple(names))


class SameNode(template.Node):
    """A part that is kept as it was drawn, by language and by what may differ in it."""

    def __init__(self, inside: NodeList, names: tuple[str, ...]) -> None:
        self.nodelist = inside
        self._names = names
        self._drawn: dict[tuple[object, ...], SafeString] = {}

    @override
    def render(self, context: Context) -> SafeString:
        values = tuple(context.get(name) for name in self._names)
        key = (get_language(), *values)
        drawn = self._drawn.get(key)
        if drawn is None:
            drawn = self._draw(context, values)
            if len(self._drawn) < SAME_KEPT:
                self._drawn[key] = drawn
        return drawn

    def _draw(self, context: Context, values: tuple[object, ...]) -> SafeString:
        bare = Context(dict(zip(self._names, values, strict=True)))
        bare.template = context.template
        return self.nodelist.render(bare)
