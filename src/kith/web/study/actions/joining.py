"""Somebody says yes to what they like of a study, stops, or takes it all back."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import datetime

from django.conf import settings
from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices.actions import saw_page
from kith.web.people.models import Person
from kith.web.study import access, bridge
from kith.web.study.choices import State
from kith.web.study.models import Assignment, Consent, Decision, Prompt, Study, Suggestion


class ClosedError(RefusalError):
    """Nobody can join a study that is over."""

    def __init__(self) -> None:
        super().__init__(_("This study is over. Nothing was changed."))


class FinalError(RefusalError):
    """What is closed cannot be taken back."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "The data of this study was closed, and your answers are among it, without your "
                "name. They cannot be found there any more. You are asked nothing more."
            )
        )


class TooYoungError(RefusalError):
    """A study is for people of an age that somebody did not say they have."""

    def __init__(self, age: int) -> None:
        super().__init__(
            _(
                "This study is for people of %(age)s or older. Tick the box if that is you. If it "
                "is not, leave it: nothing on kith changes for you."
            )
            % {"age": age}
        )


@dataclass(frozen=True, slots=True)
class Told:
    """What somebody told of themselves when they joined: only what the study needs."""

    is_old_enough: bool = False
    facts: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Said:
    """What somebody said yes to, each by itself; off unless they switch it on."""

    answers: bool = False
    draw: bool = False
    ties: bool = False
    share: bool = False

    @property
    def is_no(self) -> bool:
        """Whether it is a no to all."""
        return not any(asdict(self).values())


@transaction.atomic
def join(*, person: Person, study: Study, said: Said, at: datetime, told: Told = Told()) -> Consent:
    """Keep what `person` said yes to, after they answered the three questions; draw, if they let it.

    Raises:
        ClosedError: If the study is not open.
        TooYoungError: If it is for older people, and they did not say that they are.
    """
    study = Study.objects.select_for_update().get(pk=study.pk)
    if study.state != State.OPEN:
        raise ClosedError
    check_age(person=person, study=study, told=told)
    began = {"said_at": at, "understood_at": at, "locked_hash": study.locked_hash}
    kept = Consent.objects.filter(person=person, study=study).first()
    is_new = kept is None or kept.revoked_at is not None or kept.stopped_at is not None
    said_so = {**asdict(said), "changed_at": at, "stopped_at": None, "revoked_at": None}
    if said.answers is False:
        # Without answers there is nothing to be shared with anybody.
        said_so["share"] = False
    consent, _made = Consent.objects.update_or_create(
        person=person, study=study, defaults={**said_so, **(began if is_new else {})}
    )
    if said.draw:
        _keep_hours(consent, study, told.facts)
        _draw(consent, study, told.facts, at)
    return consent


def check_age(*, person: Person, study: Study, told: Told) -> None:
    """Do nothing if `person` may join by their age: they said so here, or at the door of kith.

    Raises:
        TooYoungError: If the study is for older people, and they did not say that they are.
    """
    age = age_asked(study)
    if age and not told.is_old_enough and access.consent_of(person, study) is None:
        raise TooYoungError(age)


def age_asked(study: Study) -> int:
    """Return how old people have to be, if that is older than all are who have a door here; else 0."""
    age = bridge.plan_of(study).minimum_age
    return age if age > settings.KITH_LEAST_AGE else 0


@transaction.atomic
def refuse_all(*, person: Person, study: Study, at: datetime) -> None:
    """Take down a no to all: of whoever was never in nothing is kept but that a no was said."""
    consent = access.consent_of(person, study)
    if consent is not None:
        take_back(consent=consent, at=at)
    else:
        Study.objects.filter(pk=study.pk).update(noes=F("noes") + 1)


@transaction.atomic
def stop(*, consent: Consent, at: datetime) -> None:
    """Ask somebody nothing more, and keep what they gave."""
    Consent.objects.filter(pk=consent.pk, stopped_at=None).update(stopped_at=at, changed_at=at)
    _forget_what_waits(consent)


@transaction.atomic
def take_back(*, consent: Consent, at: datetime) -> None:
    """Take somebody out, with all that they gave. Nothing else of theirs changes.

    Raises:
        FinalError: If the data is closed; they are asked nothing more all the same.
    """
    if consent.study.state == State.CLOSED:
        raise FinalError
    off = {"answers": False, "draw": False, "ties": False, "share": False, "facts": None}
    Consent.objects.filter(pk=consent.pk).update(**off, revoked_at=at, changed_at=at)
    mine = {"person": consent.person_id, "study": consent.study_id}
    _forget_what_waits(consent)
    Prompt.objects.filter(**mine).delete()
    Suggestion.objects.filter(**mine).delete()
    Decision.objects.filter(**mine).delete()


def _keep_hours(consent: Consent, study: Study, facts: Mapping[str, str]) -> None:
    """Keep at which hours dice are thrown for somebody; they may choose others later."""
    plan = bridge.plan_of(study)
    if plan.draws_moments:
        consent.facts = bridge.facts_said(plan, facts)
        consent.save(update_fields=["facts"])


def _draw(consent: Consent, study: Study, facts: Mapping[str, str], at: datetime) -> None:
    """Draw an arm for somebody, once: whoever comes back has the one they had."""
    plan = bridge.plan_of(study)
    if not plan.draws_people or access.assignment_of(consent.person, study) is not None:
        return
    consent.facts = bridge.facts_said(plan, facts)
    consent.save(update_fields=["facts"])
    before = list(access.drawn_in(study))
    drawn = bridge.draw_arm(plan, seed=int(study.seed), said=consent.facts, before=before)
    Assignment.objects.create(
        person=consent.person,
        study=study,
        arm=drawn.arm,
        probability=drawn.probability,
        law=drawn.law,
        stratum=drawn.stratum,
        number=before[-1].number + 1 if before else 0,
        drawn_at=at,
    )


def _forget_what_waits(consent: Consent) -> None:
    waiting = Prompt.objects.filter(
        person=consent.person_id, study=consent.study_id, answered_at=None
    )
    come = Suggestion.objects.filter(person=consent.person_id, study=consent.study_id)
    shown: list[Prompt | Suggestion] = [*waiting, *come]
    pages = [one.get_absolute_url() for one in shown]
    saw_page(person=consent.person, paths=pages)
    waiting.filter(delivered_at=None).delete()
    come.filter(told_at=None).delete()
