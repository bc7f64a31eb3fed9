"""The database itself refuses that an act is changed or taken back, whoever asks it.

Only whose an act was may be forgotten. It is no migration that brings this, since SQLite loses it
whenever a later one makes the table anew: every migrate brings it back.
"""

from collections.abc import Iterator
from typing import Final

from django.db import connection

from kith.web.acts.models import Act

_TABLE: Final = Act._meta.db_table
_ENDS: Final = frozenset({"actor_id", "other_id"})
_SAID: Final = "Acts are only added to."
_NAME: Final = "acts_are_only_added_to"


def guard() -> None:
    """Let the database refuse changes to acts from now on."""
    unguard()
    with connection.cursor() as cursor:
        if _TABLE not in connection.introspection.table_names(cursor):
            return
        columns = connection.introspection.get_table_description(cursor, _TABLE)
        names = [column.name for column in columns]
        for statement in _statements(_changes(names)):
            cursor.execute(statement)


def unguard() -> None:
    """Let the database take acts back again; for tests, which leave nothing behind."""
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute(f"DROP FUNCTION IF EXISTS {_NAME} CASCADE")
        else:
            for event in ("update", "delete"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {_NAME}_{event}")


def _changes(columns: list[str]) -> str:
    """Return in SQL whether a row would be changed other than by forgetting whose it was."""
    is_other = "IS DISTINCT FROM" if connection.vendor == "postgresql" else "IS NOT"
    changed = {name: f'NEW."{name}" {is_other} OLD."{name}"' for name in columns}
    for name in _ENDS & set(columns):
        changed[name] += f' AND NEW."{name}" IS NOT NULL'
    return " OR ".join(f"({change})" for change in changed.values())


def _statements(changes: str) -> Iterator[str]:
    if connection.vendor == "postgresql":
        yield f"""
            CREATE FUNCTION {_NAME}() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
                RAISE EXCEPTION '{_SAID}' USING ERRCODE = 'integrity_constraint_violation';
            END $$"""
        refuse = f"EXECUTE FUNCTION {_NAME}()"
        yield f"CREATE TRIGGER {_NAME}_update BEFORE UPDATE ON {_TABLE} FOR EACH ROW WHEN ({changes}) {refuse}"
        yield f"CREATE TRIGGER {_NAME}_delete BEFORE DELETE ON {_TABLE} FOR EACH ROW {refuse}"
        yield f"CREATE TRIGGER {_NAME}_truncate BEFORE TRUNCATE ON {_TABLE} {refuse}"
    else:
        refuse = f"BEGIN SELECT RAISE(ABORT, '{_SAID}'); END"
        yield f"CREATE TRIGGER {_NAME}_update BEFORE UPDATE ON {_TABLE} WHEN {changes} {refuse}"
        yield f"CREATE TRIGGER {_NAME}_delete BEFORE DELETE ON {_TABLE} {refuse}"
