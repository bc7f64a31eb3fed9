"""Questions to the database that are put into SQL once and asked many times.

Django makes the SQL of a question anew each time it is asked. For one with a few conditions on
others that takes longer than the answer, and pages that many open of an evening ask several. Here
a question is written as ever, with `Given` where a value goes, so that the rules of who sees what
stay in one place; only the values change afterwards.
"""

import json
import re
from collections.abc import Callable, Collection
from contextvars import ContextVar
from copy import copy
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import DateField, DateTimeField, Expression, Field, QuerySet, UUIDField
from django.utils import timezone
from typing_extensions import override

Row = TypeVar("Row")
# How SQLite is given a moment, a day or a key.
_LOOKS_LIKE_A_VALUE = re.compile(r"\d{4}-\d{2}-\d{2}.*|[0-9a-f]{32}")


class Given(Expression):
    """Where in a question the value called `name` goes."""

    def __init__(self, name: str, field: "Field[Any, Any]") -> None:
        super().__init__(output_field=field)
        self.name = name

    @override
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        return "%s", (self,)

    def value(self, given: Any, connection: Any) -> Any:
        """Return `given` as the database takes it."""
        return self.output_field.get_db_prep_value(given, connection)


class GivenMany(Given):
    """Where in a question a list of values goes: after `__in`, as long as it may be."""

    @override
    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, tuple[Any, ...]]:
        if connection.vendor == "sqlite":
            return "(SELECT value FROM json_each(%s))", (self,)
        return f"(SELECT unnest(%s::{self.output_field.db_type(connection)}[]))", (self,)

    @override
    def value(self, given: Collection[Any], connection: Any) -> Any:
        found = [super(GivenMany, self).value(one, connection) for one in given]
        return json.dumps(found) if connection.vendor == "sqlite" else found


ME: Final = Given("me", UUIDField())
_NOW: Final = Given("now", DateTimeField())
_TODAY: Final = Given("today", DateField())
_is_preparing: ContextVar[bool] = ContextVar("is_preparing", default=False)


def now() -> Any:
    """Return the moment at which a question is asked, which is not the one at which it is made."""
    return _NOW if _is_preparing.get() else timezone.now()


def today() -> Any:
    """Return the day on which a question is asked, by the clock of the instance."""
    return _TODAY if _is_preparing.get() else timezone.localdate()


@dataclass(frozen=True, slots=True)
class _Made:
    rows: Any
    compiler: Any
    sql: str
    params: tuple[Any, ...]


class Prepared(Generic[Row]):
    """A question that `make` returns, with `Given` where values go.

    `make` is called once in a process: it reads no clock (but `now` and `today` above) and no
    setting that changes.
    """

    def __init__(self, make: Callable[[], QuerySet[Any, Row]]) -> None:
        self._make = make
        self._made: _Made | None = None

    def ask(self, **given: Any) -> list[Row]:
        """Return the answer with these values; the moment and the day are now if not among them.

        Raises:
            KeyError: If the question has a value that is not given.
        """
        made = self._made or self._prepare()
        self._made = made
        connection = connections[DEFAULT_DB_ALIAS]
        given = {"now": given.get("now") or timezone.now(), "today": timezone.localdate(), **given}
        params = tuple(
            one.value(given[one.name], connection) if isinstance(one, Given) else one
            for one in made.params
        )
        # What comes back is read as Django reads it, by the parts that it keeps for it.
        compiler = copy(made.compiler)
        compiler.connection = connection
        compiler.as_sql = lambda *_args, **_options: (made.sql, params)
        query = copy(made.rows.query)
        query.get_compiler = lambda *_args, **_options: compiler
        rows: Any = QuerySet(model=made.rows.model, query=query, using=DEFAULT_DB_ALIAS)
        rows._iterable_class = made.rows._iterable_class  # noqa: SLF001 - not to be had otherwise
        rows._fields = made.rows._fields
        return list(rows)

    def _prepare(self) -> _Made:
        is_preparing = _is_preparing.set(True)
        try:
            rows = self._make()
        finally:
            _is_preparing.reset(is_preparing)
        compiler = rows.query.get_compiler(using=DEFAULT_DB_ALIAS)
        sql, params = compiler.as_sql()
        for one in params:
            if _would_stay(one):
                raise TypeError(f"{one!r} would be the same whenever this is asked: {sql}")
        return _Made(rows, compiler, sql, tuple(params))


def _would_stay(value: object) -> bool:
    """Return whether somebody's key, a day or a moment was written into a question for good."""
    is_said = isinstance(value, str) and _LOOKS_LIKE_A_VALUE.fullmatch(value) is not None
    return is_said or isinstance(value, (date, datetime, UUID))
