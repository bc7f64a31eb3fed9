"""The numbers kith goes by, as the desk shows them."""

from collections.abc import Sequence
from dataclasses import dataclass

from kith.web.kit import bridge
from kith.web.kit.bridge import Parameter, Value
from kith.web.kit.models import OwnValue
from kith.web.kit.parameters import words
from kith.web.kit.parameters.reading import current


@dataclass(frozen=True, slots=True)
class Source:
    """A publication, where to find it, and whether somebody has checked it."""

    citation: str
    link: str
    is_checked: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What somebody put, who and when; or that they went back to the default."""

    value: str
    row: OwnValue


@dataclass(frozen=True, slots=True)
class Shown:
    """One of them.

    Args:
        key: Its lasting name.
        name: What it is called.
        value: What counts now, with its unit.
        typed: What counts now, as it is typed.
        default: What counts unless a steward says otherwise, with its unit.
        is_own: Whether a steward said otherwise.
        is_at_work: Whether anything in kith asks for it yet.
        range: Between what others may choose; "" where nobody has said.
        options: What it may be, as (written, in words); none for numbers.
        may_change: Whether anything but the default is possible.
        grade: How sure anyone is.
        why: Why the default is what it is.
        sources: Where that comes from.
    """

    key: str
    name: str
    value: str
    typed: str
    default: str
    is_own: bool
    is_at_work: bool
    range: str
    options: Sequence[tuple[str, str]]
    may_change: bool
    grade: str
    why: str
    sources: Sequence[Source]

    def changes(self) -> list[Change]:
        """Return who changed it and to what, the last first."""
        rows = OwnValue.objects.filter(key=self.key).select_related("by").order_by("-pk")
        return [Change(words.said(row.value), row) for row in rows]


@dataclass(frozen=True, slots=True)
class ShownGroup:
    """Some of them, and what they are about."""

    about: str
    numbers: Sequence[Shown]


def groups() -> list[ShownGroup]:
    """Return all of them, in their groups."""
    return [
        ShownGroup(str(group.about), [one(key) for key in group.names]) for group in words.GROUPS
    ]


def one(key: str) -> Shown:
    """Return the one called `key`.

    Raises:
        InvalidInputError: If there is none.
    """
    parameter = bridge.parameter(key)
    own, default = current().get(key), bridge.default(parameter)
    counts = default if own is None else own
    return Shown(
        key=key,
        name=str(words.NAMES[key]),
        value=_with_unit(counts, parameter),
        typed=_written(counts),
        default=_with_unit(default, parameter),
        is_own=own is not None,
        is_at_work=key in words.AT_WORK,
        range=words.range_of(parameter),
        options=[(word, words.said(word)) for word in bridge.options(parameter)],
        may_change=bridge.may_change(parameter),
        grade=str(words.GRADES[parameter.grade]),
        why=parameter.rationale,
        sources=[Source(r.citation, r.link, r.is_citable) for r in parameter.references],
    )


def _with_unit(value: Value, parameter: Parameter) -> str:
    unit = "" if isinstance(value, (bool, str)) else words.unit_of(parameter)
    return f"{words.said(value)} {unit}".rstrip()


def _written(value: Value) -> str:
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value)
