"""A steward puts a study in, locks it before the first person joins, and closes it."""

import secrets
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.study import access, bridge
from kith.web.study.choices import State
from kith.web.study.models import Study, Survey

_SEED_BITS: Final = 62
_SALT_BYTES: Final = 16


class LockedError(RefusalError):
    """A locked study is what it is."""

    def __init__(self) -> None:
        super().__init__(
            _("This study is locked. Nothing of it changes any more: put in a new one instead.")
        )


class NotReadyError(RefusalError):
    """A study has something that must be mended first; the text says what."""

    def __init__(self, problems: Sequence[str]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(problems))


@transaction.atomic
def put_in(*, text: str, study: Study | None = None) -> Study:
    """Keep a study.toml as a draft, in the place of what the draft `study` said.

    Raises:
        UnreadableError: If it is no study.toml.
        LockedError: If that study is locked.
    """
    plan = bridge.read(text)
    study = study or Study()
    if study.pk and _as_it_stands(study).state != State.DRAFT:
        raise LockedError
    study.text, study.title = text, plan.title[:200]
    study.save()
    return study


@transaction.atomic
def lock(*, study: Study, at: datetime) -> Study:
    """Lock a study and open it to people: its hash, its seed, and what it asks are fixed now.

    Raises:
        LockedError: If it is locked already.
        NotReadyError: If something must be mended first.
    """
    study = _as_it_stands(study)
    if study.state != State.DRAFT:
        raise LockedError
    if problems := bridge.problems_of(study.text):
        raise NotReadyError(problems)
    plan, seed = bridge.plan_of(study), secrets.randbits(_SEED_BITS)
    study.title, study.state, study.locked_at = plan.title[:200], State.OPEN, at
    study.locked_hash = bridge.hash_of(study)
    study.seed, study.salt = str(seed), secrets.token_hex(_SALT_BYTES)
    study.commitment = bridge.commitment(seed, study.salt)
    study.save()
    for key, items in bridge.surveys_of(plan).items():
        Survey.objects.create(study=study, key=key, version=1, items=items, made_at=at)
    return study


@transaction.atomic
def close(*, study: Study, at: datetime) -> Study:
    """Close a study: nobody is asked any more, and what is there is final."""
    study = _as_it_stands(study)
    if study.state != State.OPEN:
        raise LockedError
    study.state, study.closed_at = State.CLOSED, at
    study.save(update_fields=["state", "closed_at"])
    return study


@transaction.atomic
def edit_survey(*, study: Study, key: str, items: Sequence[dict[str, Any]], at: datetime) -> Survey:
    """Put the questions `key` differently from now on; what was asked before keeps its own words.

    Raises:
        LockedError: If the study asks no such questions.
    """
    study = _as_it_stands(study)
    newest = access.survey_of(study, key)
    if newest is None or study.state != State.OPEN:
        raise LockedError
    version = newest.version + 1
    return Survey.objects.create(
        study=study, key=key, version=version, items=list(items), made_at=at
    )


def _as_it_stands(study: Study) -> Study:
    """Return `study` as it stands; until the transaction ends nobody else changes it."""
    return Study.objects.select_for_update().get(pk=study.pk)
