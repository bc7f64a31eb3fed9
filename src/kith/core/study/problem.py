"""What is wrong with a study file: where, what, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass

from typing_extensions import override

from kith.core.study.lines import line_of
from kith.errors import KithError


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that keeps a study from being locked.

    Args:
        where: The section and key, and the line where there is one.
        what: What is wrong, in words for whoever wrote it.
        how: What to write instead.
    """

    where: str
    what: str
    how: str

    @override
    def __str__(self) -> str:
        return f"{self.where}: {self.what} {self.how}"

    @classmethod
    def at(cls, path: str, lines: Mapping[str, int], what: str, how: str) -> "Problem":
        """Return a problem at `path`, with the line it has in `lines`."""
        line = line_of(path, lines)
        return cls(f"line {line}, {path}" if line else path, what, how)


class MalformedStudyError(KithError):
    """A file is no study at all; `problems` says where and why."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        super().__init__("\n".join(str(problem) for problem in problems))
        self.problems = problems
