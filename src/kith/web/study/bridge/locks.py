"""The lock of a study, as a file beside its document says it."""

from django.utils import timezone

from kith.core import study as core
from kith.errors import RefusalError
from kith.web.study.models import Study


def lock_text(study: Study) -> str:
    """Return what stands in the lock file of a locked study.

    Raises:
        RefusalError: If it is not locked.
    """
    if study.locked_at is None:
        raise RefusalError("The study is not locked.")
    made = core.lock(
        core.read(study.text),
        at=study.locked_at.astimezone(timezone.get_default_timezone()),
        by="kith",
        seed_commitment=study.commitment,
    )
    return core.lock_text(made)
