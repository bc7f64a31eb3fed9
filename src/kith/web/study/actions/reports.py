"""A steward publishes what a study found, and may take it down again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.notices import actions as notices
from kith.web.notices.choices import About
from kith.web.study import access
from kith.web.study.models import Report, Study


class NotClosedError(RefusalError):
    """What an open study found so far would change what people say in it."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Close the study first. While people are asked, what was found so far would change "
                "what they say."
            )
        )


def refuse_open(study: Study) -> None:
    """Do nothing if a study is over.

    Raises:
        NotClosedError: If it is not.
    """
    if not study.is_closed:
        raise NotClosedError


@transaction.atomic
def publish(*, study: Study, body: str, at: datetime) -> Report:
    """Show the report of a closed study to everybody here, and let those who took part know.

    Args:
        study: Closed: its data is final.
        body: What kith wrote of its results, for the public.
        at: When. A later report takes the place of an earlier one.

    Raises:
        NotClosedError: If the study is not over.
    """
    study = Study.objects.select_for_update().get(pk=study.pk)
    refuse_open(study)
    said = {"body": body, "published_at": at}
    report, _is_new = Report.objects.update_or_create(study=study, defaults=said)
    for consent in access.used_in(study).select_related("person"):
        notices.tell(
            person=consent.person,
            about=About.STUDY,
            words=lambda: _("A study you took part in is over. Read what it found."),
            path=report.get_absolute_url(),
        )
    return report


@transaction.atomic
def take_down(*, study: Study) -> None:
    """Show the report of a study no more, if there is one."""
    Report.objects.filter(study=study).delete()
