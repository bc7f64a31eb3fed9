"""What is written of acts, and what keeps it written."""

from kith.web.acts.actions.guarding import guard, unguard
from kith.web.acts.actions.recording import Mended, mend, record, record_all

__all__ = ["Mended", "guard", "mend", "record", "record_all", "unguard"]
