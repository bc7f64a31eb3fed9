"""The ways in which reading something of somebody else's ends without it."""

from kith.errors import RefusalError


class NotAllowedError(RefusalError):
    """We do not go to that address, whoever asks."""


class NoAnswerFromAddressError(RefusalError):
    """Nobody answered, or not with the document; `status` is what the server said, or 0."""

    def __init__(self, message: str, *, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class BrokenAnswerError(RefusalError):
    """What came is not whole, or is packed in a way that we do not open."""


class TooBigError(RefusalError):
    """There is more of it than we read."""


class TooSlowError(RefusalError):
    """It took longer than we wait."""


class UnreadableFileError(RefusalError):
    """That path is not a file that we can read."""
