"""Every error kith raises on purpose.

    KithError
    ├── RefusalError          a rule says no, kindly; the person may read the text
    ├── InvalidInputError     a caller broke the contract of a function: a bug; never caught
    └── NoAnswerError         nothing is wrong, and there is still no answer

Apps and engines add leaves under these three, beside the code that raises them.
"""


class KithError(Exception):
    """The root: catch this only at the outermost door."""


class RefusalError(KithError):
    """A rule says no. The text says what happened and what to do, and may be shown."""


class InvalidInputError(KithError, ValueError):
    """A function was called with values its docstring rules out."""


class NoAnswerError(KithError):
    """The question was fair and has no answer; leaves carry the facts a caller decides on."""
