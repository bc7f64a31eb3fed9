"""Days of a world under an arm, by whichever engine."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

import numpy as np
from jaxtyping import Float32, Int64

from kith.core.brain.parameters import Parameters, parameters
from kith.core.brain.words import EPOCHS_PER_DAY
from kith.core.model import reference
from kith.core.model.beginning import begin
from kith.core.model.counts import N_COUNTS, Count
from kith.core.model.state import State
from kith.core.model.world import Arm, World
from kith.core.ties import RULE
from kith.errors import InvalidInputError, NoAnswerError


class NoCardError(NoAnswerError):
    """There is no graphics card to live on, or nothing that speaks to it."""


Live = Callable[..., Int64[np.ndarray, "_ 13"]]
# float32 holds 2 ** (t / half-life) for as long: twenty years at sixty days.
MOST_DAYS: Final = 7_300


def _kernel() -> Live:
    # Only here: a compiler takes a second to load, and who reads with numpy needs none.
    from kith.core.model import kernel  # noqa: PLC0415

    return kernel.live


def _card() -> Live:
    try:
        # Only here: it is an extra.
        from kith.core.model import gpu  # noqa: PLC0415
    except ImportError as error:
        raise NoCardError(
            "The engine gpu needs numba-cuda, which is not installed: install kith with the extra"
            " gpu, or take the engine numba, which gives the same bits."
        ) from error
    if not gpu.is_there():
        raise NoCardError(
            "The engine gpu needs a graphics card of NVIDIA and its driver, and finds none here:"
            " take the engine numba, which gives the same bits."
        )
    return gpu.live


_ENGINES: Final[dict[str, Callable[[], Live]]] = {
    "numba": _kernel,
    "gpu": _card,
    "numpy": lambda: reference.live,
}


@dataclass(frozen=True, slots=True)
class Trajectory:
    """What became of everybody.

    Args:
        daily: For each day, what all people did: columns by Count. Uses and the like are summed
            over its epochs; PEOPLE_USING and what follows it are of its end.
        state: On the last evening: brains, ties, first use, relapse, use days, contacts.
    """

    daily: Int64[np.ndarray, "days 13"]
    state: State

    def of(self, what: Count) -> Int64[np.ndarray, "days"]:
        """Return one column of `daily`."""
        return self.daily[:, what]


def run(
    world: World,
    arm: Arm,
    given: Parameters | None = None,
    *,
    days: int,
    seed: int,
    replicate: int = 0,
    engine: str = "numba",
    chunk: int = 0,
) -> Trajectory:
    """Return what becomes of `world` under `arm` in so many days.

    The same seed and replicate give the same bits on any engine, however many threads and however
    large a chunk; two arms with the same share the dice of each person at each moment.

    Args:
        world, arm: Of the same people.
        given: Numbers of the brain; the defaults where it is not said.
        days: 1 or more.
        seed, replicate: Decide the dice.
        engine: "numba"; "gpu", for many people on a graphics card; or "numpy", the reference.
        chunk: People one thread takes at a time; 0 leaves it to the engine.

    Raises:
        InvalidInputError: If people or days do not fit, or the engine is none.
        NoCardError: If the engine is "gpu", and there is none.
    """
    state = begin(world, arm, given or parameters(), seed=seed, replicate=replicate)
    return Trajectory(advance(state, days, engine=engine, chunk=chunk), state)


def advance(
    state: State, days: int, *, engine: str = "numba", chunk: int = 0
) -> Int64[np.ndarray, "days 13"]:
    """Move `state` on by `days`; return their counts. Living in parts is living at once.

    Raises:
        InvalidInputError, NoCardError: As `run`.
    """
    if engine not in _ENGINES:
        raise InvalidInputError(f"engine must be one of {', '.join(_ENGINES)}, got {engine!r}")
    last = state.step // EPOCHS_PER_DAY + days
    if days < 1 or last > MOST_DAYS:
        raise InvalidInputError(f"days must be 1 to {MOST_DAYS} in all, got {days}, to day {last}")
    if chunk < 0:
        raise InvalidInputError(f"chunk must be 0 or more people, got {chunk}")
    scale, inverse = fading(state.step, days * EPOCHS_PER_DAY)
    counts = _ENGINES[engine]()(state, scale, inverse, chunk)
    return _by_day(counts)


def fading(step: int, epochs: int) -> tuple[Float32[np.ndarray, "_"], Float32[np.ndarray, "_"]]:
    """Return 2 ** (t / half-life) at each epoch, and one over it: the app's own rule of ties."""
    day = (step + np.arange(epochs)) / EPOCHS_PER_DAY
    grown = np.exp2(day / RULE.half_life_days)
    return grown.astype(np.float32), (1.0 / grown).astype(np.float32)


def _by_day(counts: Int64[np.ndarray, "_ 13"]) -> Int64[np.ndarray, "days 13"]:
    return counts.reshape(-1, EPOCHS_PER_DAY, N_COUNTS).sum(1)
