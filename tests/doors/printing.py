"""What a template prints: every expression in it that becomes text of a page."""

from collections.abc import Iterator
from typing import Any

from django.template import Engine, Variable
from django.template.base import FilterExpression, Node, NodeList
from django.template.defaulttags import ForNode, IfNode, URLNode

# Parts of a name by which things are counted, measured or ranked, or people are known to us.
TELLING = frozenset(
    "age badge best breadth count counter counter0 counts days first_seen help id ids joined last "
    "last_seen length level load minutes most number numbers often percent pk points position "
    "rank rate ratio reciprocity revcounter revcounter0 score seen since steadiness steady "
    "streak strength sum tie ties times top total weight weeks years".split()
)
# By what a page finds one of its own fields.
OF_A_FIELD = frozenset({"auto_id", "id_for_label"})
FILTERS = frozenset(
    "add divisibleby filesizeformat floatformat get_digit intcomma length length_is ordinal "
    "pluralize timesince timeuntil wordcount".split()
)


def telling(source: str) -> list[str]:
    """Return the expressions that `source` prints and that may be a number about somebody."""
    nodes = Engine.get_default().from_string(source).nodelist
    return sorted({str(one) for one in printed(nodes) if _tells(one)})


def printed(node: Any) -> Iterator[FilterExpression]:
    """Yield each expression under `node` that is printed, given a name, or put in an address."""
    if isinstance(node, (list, tuple, NodeList)):
        for one in node:
            yield from printed(one)
    elif isinstance(node, FilterExpression):
        yield node
    elif isinstance(node, dict):
        yield from printed(list(node.values()))
    elif isinstance(node, IfNode):
        # What is only asked is not shown.
        yield from printed([nodelist for _condition, nodelist in node.conditions_nodelists])
    elif isinstance(node, ForNode):
        yield from printed([node.nodelist_loop, node.nodelist_empty])
    elif isinstance(node, Node):
        skipped = {"origin", "token", "parent", "blocks"}
        skipped |= {"view_name"} if isinstance(node, URLNode) else set()
        yield from printed([v for name, v in vars(node).items() if name not in skipped])


def _tells(expression: FilterExpression) -> bool:
    used = {filter_.__name__ for filter_, _arguments in expression.filters}
    lookups = expression.var.lookups if isinstance(expression.var, Variable) else None
    # A name is telling by its last part, or by an underscored piece of it: `n_acts`, `ties_now`.
    lookups = () if lookups and lookups[-1] in OF_A_FIELD else lookups
    pieces = {piece for part in lookups or () for piece in (part, *part.split("_"))}
    counted = any(part.startswith("n_") for part in lookups or ())
    return bool(used & FILTERS) or bool(pieces & TELLING) or counted
