"""Reads what others publish: addresses and files that strangers and stewards point us to.

It also brings something to an address that a stranger gave us. Everything here distrusts what it reads. It goes only where a feed may be, for only so long,
takes only so much, and says in one sentence why it would not.
"""

from kith.web.kit.fetch.exchange import Fetched, read_address
from kith.web.kit.fetch.files import read_file
from kith.web.kit.fetch.keeping import Lane
from kith.web.kit.fetch.limits import Limits, limits_from_settings
from kith.web.kit.fetch.refusals import (
    BrokenAnswerError,
    NoAnswerFromAddressError,
    NotAllowedError,
    TooBigError,
    TooSlowError,
    UnreadableFileError,
)
from kith.web.kit.fetch.sending import place_to_send, send_to
from kith.web.kit.fetch.wire import Carrier

__all__ = [
    "BrokenAnswerError",
    "Carrier",
    "Fetched",
    "Lane",
    "Limits",
    "NoAnswerFromAddressError",
    "NotAllowedError",
    "TooBigError",
    "TooSlowError",
    "UnreadableFileError",
    "limits_from_settings",
    "place_to_send",
    "read_address",
    "read_file",
    "send_to",
]
