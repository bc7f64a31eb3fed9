"""Asking the processor for what will soon be read: it changes no number, and spares the wait."""

from typing import Any, Final

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic

from kith.core.model.compiled import within
from kith.core.model.tied import BACK, N_WORDS

Array = Any
# How many float32 or int32 come at once: a line of 64 bytes.
WORDS: Final = 16


@intrinsic
def ask_for(_: Any, array: Any, place: Any) -> Any:
    """Ask for the line in which item `place` of `array` stands, counted without its shape."""

    def made(context: Any, builder: Any, signature: Any, args: Any) -> Any:
        whole = context.make_array(signature.args[0])(context, builder, args[0])
        place = context.cast(builder, args[1], signature.args[1], types.intp)
        byte = builder.bitcast(builder.gep(whole.data, [place]), ir.PointerType(ir.IntType(8)))
        word = ir.IntType(32)
        asked = ir.FunctionType(ir.VoidType(), [byte.type, word, word, word])
        # To read; into the second cache, which waits for more at once than the first; of data.
        how = [word(0), word(2), word(1)]
        prefetch = cgutils.get_or_insert_function(  # type: ignore[no-untyped-call]  # numba does not say
            builder.module, asked, "llvm.prefetch.p0"
        )
        builder.call(prefetch, [byte, *how])
        return context.get_dummy_value()

    return types.none(array, place), made


@within
def ask_for_quarter(quarter: int, b: int, last: int, blocks: Array) -> None:
    """Ask for a quarter of all numbers of a block, if it is before `last`.

    The whole at once would be more than a core can wait for at a time.
    """
    if b < last:
        size, at = blocks.shape[1], b * blocks.shape[1]
        for word in range(at + quarter * size // 4, at + (quarter + 1) * size // 4, WORDS):
            ask_for(blocks, word)


@within
def ask_for_list(b: int, sizes: Array, who: Array, lots: Array) -> None:
    """Ask for who of a block reaches and who uses, with their dice."""
    most = who.shape[1]
    at, lot = b * most, 2 * b * most
    for x in range(0, sizes[b, 0], WORDS):
        ask_for(who, at + x)
        ask_for(lots, lot + x)
        ask_for(lots, lot + most + x)
    for x in range(most - sizes[b, 1], most, WORDS):
        ask_for(who, at + x)
        ask_for(lots, lot + x)


@within
def ask_for_ties(sizes: Array, who: Array, ties: Any) -> None:
    """Ask for the ties and the partners of all who reach or use in a block."""
    start, ends, using, partners = ties.start, ties.ends, ties.using, ties.partners
    for x in range(sizes[0]):
        _ask_for_ends(who[x], start, ends)
        ask_for(partners, who[x] * partners.shape[1])
    for x in range(len(who) - sizes[1], len(who)):
        _ask_for_ends(who[x], start, ends)
        ask_for(using, start[who[x]])


@within
def _ask_for_ends(i: int, start: Array, ends: Array) -> None:
    for word in range(N_WORDS * start[i], N_WORDS * start[i + 1], WORDS):
        ask_for(ends, word)


@within
def ask_for_answers(b: int, last: int, sizes: Array, who: Array, answered: Array, ends: Array) -> None:  # fmt: skip
    """Ask for both ends of the ties that answered somebody: in the next block, and the one after."""
    if b + 2 < last:
        for x in range(sizes[b + 2, 0]):
            ask_for(ends, N_WORDS * answered[who[b + 2, x]])
    if b + 1 < last:
        for x in range(sizes[b + 1, 0]):
            ask_for(ends, N_WORDS * ends[answered[who[b + 1, x]], BACK])
