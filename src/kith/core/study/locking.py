"""A plan that is locked before the first person joins, and what has become different since."""

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from typing_extensions import override

from kith.core.study.canonical import canonical, locked_hash
from kith.core.study.plan import StudyPlan
from kith.errors import KithError

_HASH = re.compile(r"[0-9a-f]{64}")


class BrokenLockError(KithError):
    """A lock file is damaged, or was written by hand: it is no proof of anything."""


@dataclass(frozen=True, slots=True)
class Lock:
    """What a plan was, when, and by whose word.

    Args:
        hash: sha256 of `plan`.
        at: When, in ISO 8601 with its zone.
        by: Who, as they want to be called.
        seed_commitment: sha256 of the seed of all draws, so that it cannot be chosen afterwards.
        plan: The canonical form that was hashed: what is in the lock can be held against a file.
    """

    hash: str
    at: str
    by: str
    seed_commitment: str
    plan: str

    def __post_init__(self) -> None:
        if self.hash != sha256(self.plan.encode()).hexdigest():
            raise BrokenLockError("The lock's hash is not that of the plan in it.")
        if not _HASH.fullmatch(self.seed_commitment):
            raise BrokenLockError("The lock has no sha256 of a seed.")
        try:
            is_zoned = datetime.fromisoformat(self.at).tzinfo is not None
        except ValueError as error:
            raise BrokenLockError("The lock has no moment that can be read.") from error
        if not is_zoned:
            raise BrokenLockError("The lock's moment has no time zone.")


@dataclass(frozen=True, slots=True)
class Difference:
    """Something that a file says otherwise than the locked plan.

    Args:
        where: As "outcomes.lonely_at_12.estimator".
        locked, now: What stood there, and what does; "nothing" for what is not there.
    """

    where: str
    locked: str
    now: str

    @override
    def __str__(self) -> str:
        return f"{self.where}: locked as {self.locked}, now {self.now}"


def lock(plan: StudyPlan, *, at: datetime, by: str, seed_commitment: str) -> Lock:
    """Return the lock of a plan.

    Raises:
        BrokenLockError: If the moment has no zone, or the commitment is no sha256.
    """
    return Lock(locked_hash(plan), at.isoformat(), by, seed_commitment, canonical(plan))


def lock_text(lock: Lock) -> str:
    """Return what stands in a lock file."""
    rows = {name: getattr(lock, name) for name in Lock.__slots__}
    return json.dumps(rows, ensure_ascii=False, indent=1) + "\n"


def read_lock(text: str) -> Lock:
    """Return the lock in the text of its file.

    Raises:
        BrokenLockError: If it is damaged or was changed.
    """
    try:
        rows = json.loads(text)
        return Lock(**{name: str(rows[name]) for name in Lock.__slots__})
    except (json.JSONDecodeError, KeyError, TypeError) as error:
        raise BrokenLockError(
            "This is no lock file of kith, or a part of it is missing."
        ) from error


def differences(lock: Lock, plan: StudyPlan) -> tuple[Difference, ...]:
    """Return where a plan now says something else than when it was locked, in the order of names.

    Arms, measures and outcomes are held against those of the same key.
    """
    return tuple(_differences("", json.loads(lock.plan), json.loads(canonical(plan))))


def is_confirmatory(lock: Lock, plan: StudyPlan, outcome: str) -> bool:
    """Return whether an outcome's answer is one that was asked for before anybody joined.

    It is if the locked plan has the outcome and it is still the same, with its measure, the arms,
    how they are drawn, who takes part, how it is analysed and when it stops.
    """
    changed = [difference.where for difference in differences(lock, plan)]
    locked = {row.get("key"): row for row in json.loads(lock.plan).get("outcomes", [])}
    if outcome not in locked:
        return False
    bound = (
        f"outcomes.{outcome}", f"measures.{locked[outcome].get('measure')}", "arms", "randomisation",
        "population", "analysis", "stopping", "format", "outcomes (order)",
    )  # fmt: skip
    return not any(
        where == name or where.startswith(f"{name}.") for where in changed for name in bound
    )


def _differences(where: str, locked: Any, now: Any) -> Iterator[Difference]:
    # As JSON: for Python, true is 1.
    if json.dumps(locked, sort_keys=True) == json.dumps(now, sort_keys=True):
        return
    if "." not in where and isinstance(locked or now, Mapping):
        # A section that is not there at all is one that says nothing.
        locked, now = locked or {}, now or {}
    if isinstance(locked, Mapping) and isinstance(now, Mapping):
        for key in sorted({*locked, *now}):
            path = f"{where}.{key}" if where else key
            yield from _differences(path, locked.get(key), now.get(key))
    elif _is_keyed(locked) and _is_keyed(now):
        yield from _differences(where, _by_key(locked), _by_key(now))
        orders = [[row["key"] for row in rows or ()] for rows in (locked, now)]
        if sorted(orders[0]) == sorted(orders[1]) and orders[0] != orders[1]:
            yield Difference(f"{where} (order)", ", ".join(orders[0]), ", ".join(orders[1]))
    else:
        yield Difference(where, _shown(where, locked), _shown(where, now))


def _is_keyed(rows: Any) -> bool:
    """Return whether `rows` are tables of different keys; none at all are, too."""
    if rows is None:
        return True
    if not isinstance(rows, list) or not all(isinstance(row, Mapping) for row in rows):
        return False
    keys = [row.get("key") for row in rows]
    return None not in keys and len(set(keys)) == len(keys)


def _by_key(rows: list[Mapping[str, Any]] | None) -> dict[str, Any]:
    return {row["key"]: row for row in rows or ()}


def _shown(where: str, value: Any) -> str:
    """Return what stands at a place; if nothing does, what that means."""
    if value is not None:
        return json.dumps(value, ensure_ascii=False)
    section, _, name = where.partition(".")
    default = getattr(getattr(StudyPlan(), section, None), name, None) if name else None
    if isinstance(default, (str, int, float)) and default != "":
        return f"{json.dumps(default)} (the default)"
    return "nothing"
