"""What a plan says, in one form: so that the same words have the same hash, however they stand."""

import json
import unicodedata
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from hashlib import sha256
from typing import Any

from kith.core.study.plan import StudyPlan

# Of the form below. It changes when a default changes, or a word comes to mean something else.
FORMAT = 1


def canonical(plan: StudyPlan) -> str:
    """Return a plan as one line of JSON, the same for all files that say the same.

    Comments, the order of keys and sections, line breaks and runs of spaces in texts, and the way a
    number is written are no part of it. The order of arms, measures and outcomes is: the first arm
    is the one others are held against. What has its default is left out, so that a word that kith
    learns later changes no hash.
    """
    return json.dumps(
        {"format": FORMAT, **said(plan)}, ensure_ascii=False, sort_keys=True, separators=(",", ":")
    )


def locked_hash(plan: StudyPlan) -> str:
    """Return sha256 of the canonical form of a plan, in hexadecimal."""
    return sha256(canonical(plan).encode()).hexdigest()


def said(record: Any) -> dict[str, Any]:
    """Return what a section says other than by default, as plain tables, lists and words."""
    plain = type(record)()
    return {
        field.name: _plain(getattr(record, field.name))
        for field in fields(record)
        if field.compare and getattr(record, field.name) != getattr(plain, field.name)
    }


def _plain(value: Any) -> Any:
    if is_dataclass(value):
        return said(value)
    if isinstance(value, Mapping):
        return {key: _plain(one) for key, one in value.items()}
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if isinstance(value, str):
        return " ".join(unicodedata.normalize("NFC", value).split())
    if isinstance(value, float) and value.is_integer():
        return int(value)
    return value
