"""What an address calls a row by, where its number would tell how many there are."""

import secrets
from typing import Final

_BYTES: Final = 12


def new_token() -> str:
    """Return 96 drawn bits as 16 letters of an address: nobody guesses them.

    None begins with a dash: typed behind a command, it would be taken for an option.
    """
    while (token := secrets.token_urlsafe(_BYTES)).startswith("-"):
        pass
    return token
