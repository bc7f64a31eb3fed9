"""Whoever is simulated says so in their name, wherever it is shown."""

from string import ascii_uppercase
from typing import Final

MARK: Final = "(simulated)"
# First names of many places; each is somebody's, and nobody's here.
_NAMES: Final = tuple(
    """Ada Amina Ana Arjun Bela Bruno Carys Chidi Dana Diego Edith Elif Emeka Esme Farah Felix Gita
    Grace Hana Hugo Ines Iris Ivan Jamal Jonas June Kai Kofi Lena Leo Lila Luis Mara Mei Milo Mona
    Nadia Nils Noor Olga Omar Otis Pia Priya Quinn Rafa Rosa Ruth Sam Sana Sven Tara Teo Tomás Uma
    Vera Wren Yara Yusuf Zoe""".split()
)


def marked(called: str) -> str:
    """Return what somebody simulated is called."""
    return f"{called} {MARK}"


def name_of(number: int) -> str:
    """Return what the simulated person with this number is called; no two are called the same."""
    again, name = divmod(number, len(_NAMES))
    # As people do where there are several: Gita, Gita B., Gita C.
    return marked(f"{_NAMES[name]} {ascii_uppercase[again]}." if again else _NAMES[name])
