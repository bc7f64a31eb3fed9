"""What an address calls a row by, where its number would tell how many there are."""

import secrets
from typing import Final

_BYTES: Final = 12


def new_token() -> str:
    """Return 96 drawn bits as 16 letters of an address: nobody guesses them."""
    return secrets.token_urlsafe(_BYTES)
