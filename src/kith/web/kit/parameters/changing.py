"""A steward puts a value of their own in place of a default, and takes it back."""

from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.kit import bridge
from kith.web.kit.bridge import Parameter, Problem
from kith.web.kit.models import OwnValue
from kith.web.kit.parameters import words
from kith.web.kit.parameters.reading import forget


class UnfitValueError(RefusalError):
    """What was said lies out of what the number may be."""

    def __init__(self, parameter: Parameter, problem: Problem) -> None:
        super().__init__(_why(parameter, problem))


@transaction.atomic
def put(*, key: str, text: str, by: Any) -> None:
    """Let what `text` says count from now on, for everybody here, and keep that `by` put it.

    Raises:
        UnfitValueError: If it will not do.
    """
    parameter = bridge.parameter(key)
    said = text.strip().replace(",", ".")
    problem = bridge.problem_with(parameter, said)
    if problem is not None:
        raise UnfitValueError(parameter, problem)
    _write(key, said, by)


@transaction.atomic
def back_to_default(*, key: str, by: Any) -> None:
    """Let the default count again, and keep that `by` went back to it; it may count already."""
    last = OwnValue.objects.filter(key=key).last()
    if last is not None and last.value:
        _write(key, "", by)


def _write(key: str, text: str, by: Any) -> None:
    OwnValue.objects.create(key=key, value=text, by=by, at=timezone.now())
    # At once for what follows here, and again for those who looked meanwhile.
    forget()
    transaction.on_commit(forget)


def _why(parameter: Parameter, problem: Problem) -> str:
    if problem is Problem.STAYS:
        return _("This one stays as it is: nobody has said what else it could be.")
    if problem is Problem.NO_OPTION:
        return _("Choose one of the words in the list.")
    between = {"range": words.range_of(parameter)}
    if problem is Problem.NO_NUMBER:
        return _("That is no number. Choose one %(range)s.") % between
    if problem is Problem.NOT_WHOLE:
        return _("Choose a whole number, %(range)s.") % between
    return _("Nobody knows whether that would work. Choose a number %(range)s.") % between
