"""What changes about people: they join, enter, keep their keys, and go."""

from kith.web.people.actions.entering import enter, enter_with_passkey, enter_with_written, leave
from kith.web.people.actions.joining import join_with_passkey, join_with_words
from kith.web.people.actions.keys import (
    add_passkey,
    drop_passkey,
    drop_words,
    keep_codes,
    keep_words,
    lend_code,
)
from kith.web.people.actions.limits import TooManyTriesError, count
from kith.web.people.actions.saying import say, say_all, unsay
from kith.web.people.actions.self import call, empty_log, end_other_sessions, end_session, erase
from kith.web.people.actions.written import new_code, new_words

__all__ = [
    "TooManyTriesError",
    "add_passkey",
    "call",
    "count",
    "drop_passkey",
    "drop_words",
    "empty_log",
    "end_other_sessions",
    "end_session",
    "enter",
    "enter_with_passkey",
    "enter_with_written",
    "erase",
    "join_with_passkey",
    "join_with_words",
    "keep_codes",
    "keep_words",
    "leave",
    "lend_code",
    "new_code",
    "new_words",
    "say",
    "say_all",
    "unsay",
]
