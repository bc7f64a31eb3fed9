"""No answer, since a search for it did not come to an end."""

from kith.errors import NoAnswerError


class DidNotConvergeError(NoAnswerError):
    """A search ended before it arrived.

    Args:
        what: What was searched for.
        iterations: How many steps it took.
        residual: How far from an answer it still was; what that counts, `what` says.
    """

    def __init__(self, what: str, *, iterations: int, residual: float) -> None:
        super().__init__(f"{what} did not converge in {iterations} steps: {residual:.3g} is left")
        self.iterations = iterations
        self.residual = residual
