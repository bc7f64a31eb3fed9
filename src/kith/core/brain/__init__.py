"""The striatal agent: what one person needs, values, does by habit and learns, equation by equation.

One mechanism is one file. Each is written once, of float32 numbers: numpy reads it for all people
at once, numba compiles it for one, and both give the same bits. docs/science/model.md has every
equation beside its symbol and its source.
"""

from kith.core.brain.parameters import Parameters, parameters

__all__ = ["Parameters", "parameters"]
