"""What a rule says when something is not done, in words that a person may read."""

from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.service import bridge


class MoneyError(RefusalError):
    """There is money in it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "No money between people here: it changes what you are to each other. Please say "
                "it without an amount or an account. For money worries, offer or ask for help "
                "with a form."
            )
        )


class LendingError(RefusalError):
    """There is lending in it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Nothing is lent or borrowed here: what is owed weighs on both. Time together, a "
                "lift, a meal and a skill are gifts."
            )
        )


class ContactError(RefusalError):
    """There is a number or an address in it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Please leave out numbers and addresses. As soon as you have agreed, the two of "
                "you can write to each other here."
            )
        )


class EnoughError(RefusalError):
    """Somebody has as many open as they may."""

    def __init__(self) -> None:
        super().__init__(
            _("Three of yours are open, and that is enough at a time. Take one back first.")
        )


class TakenError(RefusalError):
    """Somebody else was first, or it is over, or it was told no: it reads the same."""

    def __init__(self) -> None:
        super().__init__(taken_kindly())


class FirstMeetingError(RefusalError):
    """Two people would meet for the first time where nobody else is."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The first time the two of you meet, it is in a public place or by video. After "
                "that, wherever you both like."
            )
        )


class TooEarlyError(RefusalError):
    """It is not agreed, so there is nothing to give thanks for."""

    def __init__(self) -> None:
        super().__init__(_("The two of you have not agreed on this, or it is over."))


def taken_kindly() -> str:
    """Return what is read by whoever was ready, and is not needed."""
    return _("This has been taken care of, or it is no longer needed. Thank you for being ready.")


def see_that_words_are_kind(words: str) -> None:
    """Return if `words` hold no money, no lending and no way around kith.

    Raises:
        MoneyError, LendingError, ContactError: If they do.
    """
    errors = {"money": MoneyError, "lending": LendingError, "contact": ContactError}
    found = bridge.refused_by(words)
    if found:
        raise errors[found]
