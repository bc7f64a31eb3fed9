"""Tells Django about this app, and answers those below that ask which features an arm switches."""

from typing import Any
from uuid import UUID

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _
from typing_extensions import override


class StudyConfig(AppConfig):
    name = "kith.web.study"
    label = "study"
    verbose_name = _("studies")

    @override
    def ready(self) -> None:
        """Listen: circles and prompts ask what a study switches, and know of no study."""
        from kith.web.kit import features  # noqa: PLC0415 - one place for all that is listened to

        features.asked.connect(_features_of)
        features.who_waits.connect(_who_waits)


def _features_of(person: UUID, **_: Any) -> dict[str, Any]:
    from kith.web.study import bridge  # noqa: PLC0415 - models are ready only now

    return bridge.arm_features(person)


def _who_waits(feature: str, **_: Any) -> frozenset[UUID]:
    from kith.web.study import bridge  # noqa: PLC0415 - as above

    return bridge.who_waits_for(feature)
