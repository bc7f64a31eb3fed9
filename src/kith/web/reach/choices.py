"""What a line can be asked for, and the code for everywhere else."""

from typing import Final

# ISO 3166 keeps this code for private use: no country will ever be called it.
ANYWHERE: Final = "ZZ"
