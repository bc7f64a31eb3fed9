"""What changes gatherings: reading feeds, and what a steward writes over them."""

from kith.web.gatherings.actions.bundle import FORMATS, bundled
from kith.web.gatherings.actions.coming import NoSuchDateError, answer, say_was_there
from kith.web.gatherings.actions.editing import hold, touched
from kith.web.gatherings.actions.importing import ImportRefusedError, Report, import_body
from kith.web.gatherings.actions.refreshing import import_source, refresh, refresh_due

__all__ = [
    "FORMATS",
    "ImportRefusedError",
    "NoSuchDateError",
    "Report",
    "answer",
    "bundled",
    "hold",
    "import_body",
    "import_source",
    "refresh",
    "refresh_due",
    "say_was_there",
    "touched",
]
