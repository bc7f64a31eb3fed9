"""What somebody decides about themselves here: what they are called, where they are in, and to go."""

from django.db import connection, transaction

from kith.web.people.models import Person, Session
from kith.web.people.models.session import kept_as


def call(*, person: Person, called: str) -> None:
    """Let `person` be called `called`, or nothing at all."""
    person.called = called
    person.save(update_fields=["called"])


def end_session(*, session: Session) -> None:
    """Shut the door in the browser of `session`."""
    session.delete()


def end_other_sessions(*, person: Person, session_key: str) -> None:
    """Shut the door of `person` everywhere but in the browser of `session_key`."""
    person.sessions.exclude(session_key=kept_as(session_key)).delete()


def erase(*, person: Person) -> None:
    """Erase `person` and what is theirs. Nothing brings it back but a backup, while one is kept."""
    with transaction.atomic():
        person.delete()
        transaction.on_commit(empty_log)


def empty_log() -> None:
    """Empty SQLite's write-ahead log, so that nothing which was deleted still stands in it."""
    if connection.vendor == "sqlite":
        # What was theirs must not stand in the write-ahead log until that happens to be used again.
        with connection.cursor() as cursor:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
