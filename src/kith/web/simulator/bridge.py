"""Between a run and the core: what may be asked, one pair lived, the page drawn."""

from collections.abc import Iterable
from typing import Final

from django.utils.safestring import SafeString

from kith.core import picture as core
from kith.errors import InvalidInputError
from kith.web.simulator.choices import MOST
from kith.web.simulator.models import Lived, Run

_ASKED: Final = ("town", "design", "against", "contacts", "people", "weeks", "pairs", "seed")


def ranges() -> dict[str, tuple[float, float]]:
    """Return the lowest and highest value of each number that can be asked for here."""
    return {
        name: (low, min(high, MOST.get(name, high))) for name, (low, high) in core.RANGES.items()
    }


def usual() -> dict[str, str | float]:
    """Return what is chosen before somebody chooses."""
    asked = core.Asked()
    return {name: getattr(asked, name) for name in _ASKED}


def live(run: Run, number: int) -> dict[str, object]:
    """Return pair `number` of a run, as JSON has it.

    Raises:
        UnlivableError: If the town cannot give the dose that was asked for.
    """
    try:
        return core.live(core.scenario_of(_asked(run)), number).as_json()
    except (InvalidInputError, core.MalformedPictureError) as error:
        raise UnlivableError(str(error)) from error


def drawn(run: Run, lived: Iterable[Lived]) -> SafeString:
    """Return what is shown of a run all of whose pairs were lived, as HTML.

    The core writes it from numbers and from words of its own, and escapes those.
    """
    pairs = [core.Pair.from_json(one.found) for one in lived]
    return SafeString(core.figures(core.gathered(core.scenario_of(_asked(run)), pairs)))


class UnlivableError(Exception):
    """What was asked for fits no town; the text says why, in the core's words."""


def _asked(run: Run) -> core.Asked:
    return core.Asked(**{name: getattr(run, name) for name in _ASKED})
