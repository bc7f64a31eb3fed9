"""Finds every phrase that people can read in the sources, without gettext's own programs."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import django
from django.template import Context, Engine, Template
from django.template.base import Lexer, NodeList, TokenType
from django.templatetags.i18n import BlockTranslateNode, TranslateNode

# What a call says, by the name of the function: the places of context, text and plural.
CALLS: dict[str, tuple[int | None, int, int | None]] = {
    "_": (None, 0, None),
    "gettext": (None, 0, None),
    "ngettext": (None, 0, 1),
    "pgettext": (0, 1, None),
    "npgettext": (0, 1, 2),
}
# Django's own words that people meet on our pages: days, months, noon. Only the languages that
# Django does not speak itself need them from us.
BORROWED = ("utils/dates.py", "utils/dateformat.py")
IN_EXPRESSION = re.compile(r"""_\((?:"([^"]*)"|'([^']*)')\)""")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing said: what a translator sees, and where it stands."""

    text: str
    place: str
    plural: str | None = None
    context: str | None = None

    @property
    def key(self) -> tuple[str | None, str]:
        """What a catalog looks it up by."""
        return self.context, self.text


def in_sources(root: Path) -> Iterator[Phrase]:
    """Yield every phrase in the Python files and the templates under `root`, in a steady order."""
    engine = Engine.get_default()
    for path in sorted(root.rglob("*.py")):
        yield from in_python(path.read_text(), str(path.relative_to(root)))
    for path in sorted(root.rglob("templates/**/*")):
        if path.suffix in {".html", ".txt"}:
            yield from in_template(path.read_text(), str(path.relative_to(root)), engine)


def in_django() -> Iterator[Phrase]:
    """Yield Django's own phrases that our pages show."""
    for name in BORROWED:
        source = Path(django.__file__).parent / name
        yield from in_python(source.read_text(), f"django/{name}")


def in_python(source: str, place: str) -> Iterator[Phrase]:
    """Yield the phrases that a Python file hands to gettext."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and (where := CALLS.get(_called(node))):
            said = [_literal(node.args[at]) if at is not None else None for at in where]
            context, text, plural = said
            if text is not None:
                yield Phrase(text, place, plural, context)


def _called(node: ast.Call) -> str:
    function = node.func
    name = function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")
    return str(name).removesuffix("_lazy").removesuffix("_noop")


def _literal(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None


def in_template(source: str, place: str, engine: Engine) -> Iterator[Phrase]:
    """Yield the phrases of a template, each exactly as Django will ask for it when it renders."""
    nodes = Template(source, engine=engine).nodelist
    yield from _plain(nodes, place)
    yield from _blocks(nodes, place)
    for token in Lexer(source).tokenize():
        if token.token_type in {TokenType.VAR, TokenType.BLOCK}:
            for double, single in IN_EXPRESSION.findall(token.contents):
                yield Phrase(double or single, place)


def _plain(nodes: NodeList, place: str) -> Iterator[Phrase]:
    for node in cast("list[TranslateNode]", nodes.get_nodes_by_type(TranslateNode)):
        said = node.filter_expression.var.literal
        if isinstance(said, str):
            # Django doubles the percent signs of templates, so that they are not placeholders.
            yield Phrase(said.replace("%", "%%"), place, context=_context(node))


def _blocks(nodes: NodeList, place: str) -> Iterator[Phrase]:
    for node in cast("list[BlockTranslateNode]", nodes.get_nodes_by_type(BlockTranslateNode)):
        text, _ = node.render_token_list(node.singular)
        plural = node.render_token_list(node.plural)[0] if node.plural else None
        yield Phrase(text, place, plural, _context(node))


def _context(node: TranslateNode | BlockTranslateNode) -> str | None:
    return str(node.message_context.resolve(Context())) if node.message_context else None
