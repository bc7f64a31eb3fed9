"""The same epoch on a graphics card: a thread for each person, by numba-cuda (the extra `gpu`).

The text of a person's epoch is the one `kernel` runs. Products and sums are kept apart (no fused
multiply-add), so that a card rounds as a processor does.
"""

import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from inspect import unwrap
from typing import Any, Final, TypeVar, cast

import numpy as np
from jaxtyping import Float32, Int64
from numba import cuda
from numba.cuda import libdevice
from numba.cuda.cudadrv import nvvm
from numba.cuda.extending import overload

from kith.core.brain.shared import SHARED, either, power_of_two
from kith.core.brain.words import DRUG, EPOCHS_PER_DAY, GONE, NIGHT, ONE, OXYTOCIN, REACH
from kith.core.model.choosing import chosen
from kith.core.model.counts import FIXED, N_COUNTS, Count
from kith.core.model.learning import happened, learned, read
from kith.core.model.meeting import PEOPLE, be_seen, meet, tie
from kith.core.model.noting import day_closed
from kith.core.model.numbers import Numbers, feeds
from kith.core.model.philox import four_dice
from kith.core.model.state import (
    ACT_BITS,
    FATAL,
    HEARD,
    NO_END,
    NOBODY_MET,
    RESOLVE,
    TONE,
    State,
)

Function = TypeVar("Function", bound=Callable[..., Any])
# People of a block; a block of more has not enough registers for their epoch.
THREADS: Final = 128
MOST_THREADS: Final = 256
_USED, _ALIVE, _AGAIN = int(Count.PEOPLE_USING), int(Count.ALIVE), int(Count.IN_RELAPSE)
_OXYTOCIN, _RESOLVE = int(Count.OXYTOCIN), int(Count.RESOLVE)


def _teach() -> None:
    """Let kernels call what is shared, under the rules of its text (see `brain.shared`)."""
    for plain in SHARED:
        overload(plain, strict=False)(lambda *_, plain=plain: plain)
    overload(either)(lambda when, yes, no: lambda when, yes, no: yes if when else no)  # noqa: ARG005
    overload(power_of_two)(
        lambda whole: (  # noqa: ARG005
            lambda whole: libdevice.int_as_float((np.int32(whole) + np.int32(127)) << np.int32(23))
        )
    )


@contextmanager
def _unfused() -> Iterator[None]:
    """Let what is compiled inside round each product, and nobody else's kernels be touched."""
    # No option of the compiler's front reaches this one yet (NVIDIA/numba-cuda, issue 118).
    compile_ = nvvm.compile_ir
    nvvm.compile_ir = lambda llvm, **options: compile_(llvm, **{**options, "fma": False})
    try:
        yield
    finally:
        nvvm.compile_ir = compile_


_teach()


def _on_card(function: Callable[..., Any]) -> Any:
    return _made(function, device=False)


def _within(function: Function) -> Function:
    return _made(function, device=True)


def _made(function: Function, *, device: bool) -> Function:
    # A linker that optimizes (`lto`) would fuse what the compiler has kept apart. Tests wrap every
    # function of the core in a check of its types, which numba cannot read.
    return cast("Function", cuda.jit(unwrap(function), device=device, lto=False))


def is_there() -> bool:
    """Return whether there is a card, and a driver that speaks to it."""
    return bool(cuda.is_available())


def live(
    state: State,
    scale: Float32[np.ndarray, "_"],
    inverse: Float32[np.ndarray, "_"],
    chunk: int = 0,
) -> Int64[np.ndarray, "_ 13"]:
    """Move `state` on by as many epochs as `scale` has; return the counts of each.

    Args:
        state: Changed in place.
        scale, inverse: 2 ** (t / half-life) and one over it, at each epoch.
        chunk: Threads of a block; 0 leaves it to the engine.
    """
    threads = min(chunk, MOST_THREADS) if chunk else THREADS
    card = _Card(state, scale, inverse)
    shape = ((state.people + threads - 1) // threads, threads)
    # A kernel is compiled when it is first called.
    with _unfused(), warnings.catch_warnings():
        # That few people leave much of a card idle is no news.
        warnings.filterwarnings("ignore", message=".*Grid size")
        for row in range(len(scale)):
            card.epoch(shape, row)
    counts = card.given_back(state)
    state.step += len(scale)
    return counts


class _Card:
    """What lies in the memory of the card while `live` lasts."""

    def __init__(self, state: State, scale: Any, inverse: Any) -> None:
        self.first, self.key = state.step, tuple(np.uint32(word) for word in state.key)
        self.epochs = len(scale)
        self.people = {name: cuda.to_device(getattr(state, name)) for name in PEOPLE}
        self.brain = cuda.to_device(state.brain.reshape(-1))
        ends = cuda.to_device(state.tied.ends)
        tied = {
            name: cuda.to_device(getattr(state.tied, name))
            for name in ("start", "using", "partners")
        }
        self.ties = {**tied, "ends": ends, "floats": ends.view(np.float32)}
        self.table = cuda.to_device(_table(state.numbers))
        self.scale, self.inverse = cuda.to_device(scale), cuda.to_device(inverse)
        self.counts = cuda.to_device(np.zeros((len(scale), N_COUNTS), np.int64))

    def of(self, *names: str) -> tuple[Any, ...]:
        """Return arrays by their names."""
        return tuple(self.people[n] if n in self.people else self.ties[n] for n in names)

    def epoch(self, shape: tuple[int, int], row: int) -> None:
        """Let everybody live one epoch."""
        step = self.first + row
        if row == 0:
            _choose_all[shape](self.brain, *self.of(*_CHOOSING), self.table, self.key, step)
        meeting = self.of(*_MEETING)
        _meet_all[shape](*meeting, self.table, self.key, step, self.inverse, row)
        _tie_all[shape](*self.of(*_TYING), self.table, self.scale, row)
        is_last = row + 1 == self.epochs
        _learn_all[shape](self.brain, *self.of(*_LEARNING), self.table, self.key, step, self.scale, self.counts, row, is_last)  # fmt: skip

    def given_back(self, state: State) -> Int64[np.ndarray, "_ 13"]:
        """Copy everything back; return the counts."""
        for name, column in self.people.items():
            column.copy_to_host(getattr(state, name))
        self.brain.copy_to_host(state.brain.reshape(-1))
        self.ties["ends"].copy_to_host(state.tied.ends)
        return self.counts.copy_to_host()


def _table(numbers: Numbers) -> np.ndarray:
    """Return `numbers` as one record, which a kernel reads by the same names."""
    kinds = [(name, np.float32, np.shape(value)) for name, value in numbers._asdict().items()]
    return np.array([tuple(numbers)], np.dtype(kinds))


_CHOOSING: Final = ("act", "met", "answered", "near", "apart")
_MEETING: Final = ("act", "met", "answered", "helped", "near", "week", "start", "ends", "floats", "using", "partners")  # fmt: skip
_TYING: Final = ("met", "answered", "ends", "floats")
_LEARNING: Final = (*PEOPLE, "ends", "floats")


@_within
def _choose(i: Any, brain: Any, act: Any, met: Any, answered: Any, near: Any, apart: Any, p: Any, key: Any, step: Any) -> None:  # fmt: skip
    still = p.still + p.sleep if step % EPOCHS_PER_DAY == NIGHT else p.still
    before = np.int32(act[i] & ACT_BITS), np.int32(near[i]), np.int32(apart[i])
    lot = four_dice(i, step, key)
    act[i] = chosen((brain, i, act.size), before, lot, still, p, feeds(p))
    near[i], met[i], answered[i] = 0, NOBODY_MET, NO_END


@_on_card
def _choose_all(brain: Any, act: Any, met: Any, answered: Any, near: Any, apart: Any, table: Any, key: Any, step: Any) -> None:  # fmt: skip
    i = cuda.grid(1)
    if i < act.size:
        _choose(i, brain, act, met, answered, near, apart, table[0], key, step)


@_on_card
def _meet_all(act: Any, met: Any, answered: Any, helped: Any, near: Any, week: Any, start: Any, ends: Any, floats: Any, using: Any, partners: Any, table: Any, key: Any, step: Any, inverse: Any, row: Any) -> None:  # fmt: skip
    i = cuda.grid(1)
    if i < act.size:
        did = act[i] & ACT_BITS
        if did in (REACH, DRUG):
            lot = four_dice(i, step, key)
            if did == DRUG:
                be_seen(i, lot[2], near, start, ends, using)
            else:
                p = table[0]
                awake = p.awake if step % EPOCHS_PER_DAY == NIGHT else ONE
                by = awake, inverse[row], p.q, p.reliability, p.gives
                meet(i, (lot[2], lot[3]), act, met, answered, helped, near, week, start, ends, floats, partners, by)  # fmt: skip


@_on_card
def _tie_all(
    met: Any, answered: Any, ends: Any, floats: Any, table: Any, scale: Any, row: Any
) -> None:
    i = cuda.grid(1)
    if i < met.size:
        p = table[0]
        tie(i, True, met, answered, ends, floats, (scale[row], p.tie_reach, p.tie_contact))


@_on_card
def _learn_all(brain: Any, act: Any, met: Any, answered: Any, helped: Any, near: Any, apart: Any, today: Any, week: Any, first_use: Any, relapse: Any, use_days: Any, contacts: Any, ends: Any, floats: Any, table: Any, key: Any, step: Any, scale: Any, counts: Any, row: Any, is_last: Any) -> None:  # fmt: skip
    i = cuda.grid(1)
    p, count, n = table[0], counts[row], act.size
    is_one = i < n
    did, cue, how, gave = np.int32(GONE), np.int32(2), np.int32(0), np.int32(0)
    if is_one:
        tie(i, False, met, answered, ends, floats, (scale[row], p.tie_reach, p.tie_contact))
        bits, how = np.int32(act[i]), np.int32(met[i])
        did, cue, gave = read(bits, how, np.int32(helped[i]))
        lived = did, cue, how, gave, np.int32(apart[i]), np.int32(today[i]), np.int32(week[i] & 1)
        learned((brain, i, n), lived, p, feeds(p))
        contacts[i] += (how & 3) >= HEARD
        today[i] |= did == DRUG
        helped[i] = 0
        if bits & FATAL:
            act[i] = GONE
    _add(count, 0, happened(did, cue, how, gave))
    if step % EPOCHS_PER_DAY == EPOCHS_PER_DAY - 1:
        _close(i, is_one, step // EPOCHS_PER_DAY, brain, act, today, week, first_use, relapse, use_days, count)  # fmt: skip
    if is_one and not is_last:
        _choose(i, brain, act, met, answered, near, apart, p, key, step + 1)


@_within
def _add(count: Any, at: Any, flags: Any) -> None:
    """Add how many of the block have each flag; everybody of it has to come here."""
    for flag in flags:
        several = cuda.syncthreads_count(flag)
        if cuda.threadIdx.x == 0 and several > 0:
            cuda.atomic.add(count, at, several)
        at += 1


@_within
def _close(i: Any, is_one: Any, day: Any, brain: Any, act: Any, today: Any, week: Any, first_use: Any, relapse: Any, use_days: Any, count: Any) -> None:  # fmt: skip
    yes, no = np.int32(1), np.int32(0)
    used, alive, again = no, no, no
    sums = cuda.shared.array(2, np.int64)
    if cuda.threadIdx.x == 0:
        sums[0], sums[1] = 0, 0
    cuda.syncthreads()
    if is_one:
        used, bits = np.int32(today[i]), np.int32(act[i])
        first, third = np.int32(first_use[i]), np.int32(relapse[i])
        so_far = np.int32(week[i]), first, third, np.int32(use_days[i])
        left = day_closed(np.int32(day), bits, used, so_far)
        week[i], first_use[i], relapse[i], use_days[i], lives, lapsed = left
        alive, again = yes if lives else no, yes if lapsed else no
        today[i] = 0
        if lives:
            n = act.size
            cuda.atomic.add(sums, 0, np.int64(np.int32(brain[(TONE + OXYTOCIN) * n + i] * FIXED)))
            cuda.atomic.add(sums, 1, np.int64(np.int32(brain[RESOLVE * n + i] * FIXED)))
    _add(count, _USED, (used, alive, again))
    cuda.syncthreads()
    if cuda.threadIdx.x == 0:
        cuda.atomic.add(count, _OXYTOCIN, sums[0])
        cuda.atomic.add(count, _RESOLVE, sums[1])
