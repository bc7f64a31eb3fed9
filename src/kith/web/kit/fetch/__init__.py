"""Reads what others publish: addresses and files that strangers and stewards point us to.

Everything here distrusts what it reads. It goes only where a feed may be, for only so long,
takes only so much, and says in one sentence why it would not.
"""

from kith.web.kit.fetch.exchange import Fetched, read_address
from kith.web.kit.fetch.files import read_file
from kith.web.kit.fetch.limits import Limits, limits_from_settings
from kith.web.kit.fetch.refusals import (
    BrokenAnswerError,
    NoAnswerFromAddressError,
    NotAllowedError,
    TooBigError,
    TooSlowError,
    UnreadableFileError,
)

__all__ = [
    "BrokenAnswerError",
    "Fetched",
    "Limits",
    "NoAnswerFromAddressError",
    "NotAllowedError",
    "TooBigError",
    "TooSlowError",
    "UnreadableFileError",
    "limits_from_settings",
    "read_address",
    "read_file",
]
