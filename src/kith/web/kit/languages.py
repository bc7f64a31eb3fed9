"""What languages call themselves."""

from functools import cache

from django.dispatch import Signal
from django.utils.text import capfirst
from django.utils.translation import get_language_info

# Sent with the `request` by which somebody chose a `language`: apps that know people hear it.
chosen = Signal()

# What Django does not know by name, or not by that code.
_NAMES = {
    "am": "አማርኛ",
    "ase": "ASL",
    "en": "English",
    "mi": "Te reo Māori",
    "mt": "Malti",
    "no": "Norsk",
    "pa": "ਪੰਜਾਬੀ",
    "so": "Soomaali",
    "tl": "Tagalog",
    "yue": "粵語",
    "zh": "中文",
}


@cache
def language_name(code: str) -> str:
    """Return what the speakers of a language call it, or its code."""
    if code in _NAMES:
        return _NAMES[code]
    try:
        return str(capfirst(get_language_info(code)["name_local"]))
    except KeyError:
        return code
