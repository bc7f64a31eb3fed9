"""Studies to begin with: files that lack only what nobody else can know."""

from collections.abc import Mapping
from functools import cache
from importlib import resources
from types import MappingProxyType

from kith.errors import InvalidInputError


@cache
def templates() -> Mapping[str, str]:
    """Return the text of each template, by name."""
    files = resources.files("kith.core.study.templates").iterdir()
    found = {
        file.name[:-5]: file.read_text("utf-8") for file in files if file.name.endswith(".toml")
    }
    return MappingProxyType(dict(sorted(found.items())))


def template(name: str) -> str:
    """Return the text of the template called `name`.

    Raises:
        InvalidInputError: If there is none.
    """
    try:
        return templates()[name]
    except KeyError as error:
        known = ", ".join(templates())
        raise InvalidInputError(f"there is no template {name!r}; there are: {known}") from error
