"""Questions to the database that are put into SQL once and asked many times.

Django makes the SQL of a question anew each time it is asked. For one with a few conditions on
others that takes longer than the answer, and pages that many open of an evening ask several. Here
a question is written as ever, with `Given` where a value goes, so that the rules of who sees what
stay in one place; only the values change afterwards.
"""

import json
import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date, datetime
from operator import itemgetter
from typing import Any, Final, Generic, TypeVar
from uuid import UUID

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import (
    DateField,
    DateTimeField,
    Expression,
    Field,
    Model,
    QuerySet,
    UUIDField,
)
from django.db.models.query import (
    FlatValuesListIterable,
    ModelIterable,
    ValuesIterable,
    ValuesListIterable,
    get_related_populators,
)
from django.utils import timezone
from django.utils.functional import cached_property
from typing_extensions import override

Row = TypeVar("Row")
Made = TypeVar("Made", bound=Model)
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
    """A question in SQL, and how what comes back is read."""

    sql: str
    params: tuple[Any, ...]
    names: frozenset[str]
    read: Callable[[Iterable[Sequence[Any]]], list[Any]]


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
        if "now" in made.names and given.get("now") is None:
            given["now"] = timezone.now()
        if "today" in made.names:
            given.setdefault("today", timezone.localdate())
        params = tuple(
            one.value(given[one.name], connection) if isinstance(one, Given) else one
            for one in made.params
        )
        with connection.cursor() as cursor:
            cursor.execute(made.sql, params)
            found = cursor.fetchall()
        return made.read(found) if found else []

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
        names = frozenset(one.name for one in params if isinstance(one, Given))
        return _Made(sql, tuple(params), names, _reader(rows, compiler))


def _reader(rows: "QuerySet[Any, Any]", compiler: Any) -> Callable[[Any], list[Any]]:
    """Return what makes of the rows of the database what `rows` would be, as Django makes it.

    Its parts are taken once: what converts each column, and what becomes of a row.
    """
    converted = _converter(compiler)
    made_of = rows._iterable_class  # noqa: SLF001 - not to be had otherwise
    if made_of is ModelIterable:
        to_row = _model_of(compiler)
    elif made_of is ValuesIterable:
        names = _names(rows.query)
        to_row = lambda row: dict(zip(names, row, strict=False))  # noqa: E731
    elif made_of is FlatValuesListIterable:
        to_row = itemgetter(0)
    elif made_of is ValuesListIterable:
        to_row = tuple
    else:
        raise TypeError(f"{made_of.__name__} cannot be read here")
    return lambda found: [to_row(row) for row in map(converted, found)]


def _converter(compiler: Any) -> Callable[[Sequence[Any]], Sequence[Any]]:
    """Return what gives each column of a row the type that its field has."""
    columns = [column for column, *_rest in compiler.select[: compiler.col_count]]
    by_place = [
        (place, convert, column)
        for place, (all_, column) in compiler.get_converters(columns).items()
        for convert in all_
    ]

    def converted(row: Sequence[Any]) -> Sequence[Any]:
        connection, found = connections[DEFAULT_DB_ALIAS], list(row)
        for place, convert, column in by_place:
            found[place] = convert(found[place], column, connection)
        return found

    return converted if by_place else lambda row: row


def _model_of(compiler: Any) -> Callable[[Sequence[Any]], Any]:
    """Return what makes a row of a model, with those to which it points if they were joined."""
    select, info = compiler.select, compiler.klass_info
    begin, end = info["select_fields"][0], info["select_fields"][-1] + 1
    names = [column.target.attname for column, *_rest in select[begin:end]]
    joined: Any = get_related_populators(info, select, DEFAULT_DB_ALIAS)  # type: ignore[call-arg]
    added = list((compiler.annotation_col_map or {}).items())

    def made(row: Sequence[Any]) -> Any:
        one = info["model"].from_db(DEFAULT_DB_ALIAS, names, row[begin:end])
        for each in joined:
            each.populate(row, one)
        for name, place in added:
            setattr(one, name, row[place])
        return one

    return made


def _names(query: Any) -> list[str]:
    if query.selected:
        return list(query.selected)
    return [*query.extra_select, *query.values_select, *query.annotation_select]


def _would_stay(value: object) -> bool:
    """Return whether somebody's key, a day or a moment was written into a question for good."""
    is_said = isinstance(value, str) and _LOOKS_LIKE_A_VALUE.fullmatch(value) is not None
    return is_said or isinstance(value, (date, datetime, UUID))


class Writing(Generic[Made]):
    """Writes new rows of `model`; the SQL for so many of them is made once.

    As `bulk_create`: no signal is sent, and no `save` of the model is called. Fields that fill
    themselves when a row is saved are not for it.
    """

    def __init__(self, model: type[Made]) -> None:
        self._model = model
        self._sql: dict[int, str] = {}

    def write(self, rows: Sequence[Made]) -> None:
        """Write `rows`, and give each the key that the database gave it, if that is a number."""
        if not rows:
            return
        connection = connections[DEFAULT_DB_ALIAS]
        params = [
            prepare(getattr(row, name), connection) for row in rows for name, prepare in self._ways
        ]
        with connection.cursor() as cursor:
            cursor.execute(self._sql_for(len(rows), connection), params)
            keys = cursor.fetchall()
        for row, (key,) in zip(rows, keys, strict=True):
            row.pk = key
            row._state.adding, row._state.db = False, DEFAULT_DB_ALIAS  # noqa: SLF001 - as Django does

    @cached_property
    def _fields(self) -> "list[Field[Any, Any]]":
        meta = self._model._meta
        return [one for one in meta.concrete_fields if one is not meta.auto_field]

    @cached_property
    def _ways(self) -> list[tuple[str, Callable[[Any, Any], Any]]]:
        return [(one.attname, one.get_db_prep_save) for one in self._fields]

    def _sql_for(self, many: int, connection: Any) -> str:
        if many not in self._sql:
            quoted, fields = connection.ops.quote_name, self._fields
            columns = ", ".join(quoted(one.column) for one in fields)
            row = f"({', '.join(['%s'] * len(fields))})"
            meta = self._model._meta
            assert meta.pk is not None  # noqa: S101 - each model of ours has one
            self._sql[many] = (
                f"INSERT INTO {quoted(meta.db_table)} ({columns})"  # noqa: S608 - names of ours alone
                f" VALUES {', '.join([row] * many)} RETURNING {quoted(meta.pk.column)}"
            )
        return self._sql[many]
