"""What changes gatherings: reading feeds, and what a steward writes over them."""

from kith.web.gatherings.actions.after import NotThereError, say_talked, thank
from kith.web.gatherings.actions.bundle import FORMATS, bundled
from kith.web.gatherings.actions.coming import (
    NoSuchDateError,
    NotComingError,
    answer,
    minutes_held,
    say_was_there,
)
from kith.web.gatherings.actions.editing import hold, touched
from kith.web.gatherings.actions.importing import ImportRefusedError, Report, import_body
from kith.web.gatherings.actions.refreshing import import_source, refresh, refresh_due
from kith.web.gatherings.actions.telling import (
    NobodyReadsError,
    TooNewError,
    answer_ask,
    ask_for_company,
    tell_hosts,
)
from kith.web.gatherings.actions.welcoming import (
    NotYetError,
    SomebodyElseError,
    look_out_for,
    mark_here,
    words_of_greeter,
)

__all__ = [
    "FORMATS",
    "ImportRefusedError",
    "NoSuchDateError",
    "NobodyReadsError",
    "NotComingError",
    "NotThereError",
    "NotYetError",
    "Report",
    "SomebodyElseError",
    "TooNewError",
    "answer",
    "answer_ask",
    "ask_for_company",
    "bundled",
    "hold",
    "import_body",
    "import_source",
    "look_out_for",
    "mark_here",
    "minutes_held",
    "refresh",
    "refresh_due",
    "say_talked",
    "say_was_there",
    "tell_hosts",
    "thank",
    "touched",
    "words_of_greeter",
]
