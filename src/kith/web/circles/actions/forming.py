"""The weekly run: people are asked to sit with people."""

import secrets
from datetime import datetime, timedelta
from typing import TYPE_CHECKING, Any, Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.actions.answering import forget_unanswered
from kith.web.circles.actions.apart import keep_all_apart
from kith.web.circles.actions.pairing import form_pairs
from kith.web.circles.bridge import crowd as crowds
from kith.web.circles.choices import ChairState
from kith.web.circles.models import Chair, Circle, Formation, Wish
from kith.web.notices.actions import tell
from kith.web.notices.choices import About

if TYPE_CHECKING:
    from kith.web.circles.bridge.forming import Proposal, Two

_SEED_BITS: Final = 62
# A week less a day: whatever hour the last run began.
_NOT_AGAIN_WITHIN: Final = timedelta(days=6)
# Beyond that it would take hours; a study then draws its own.
_THROWN_AGAIN_MOST: Final = 2_000
# Of a circle, all chairs counted: also those of people who look for another one.
_CHAIRS_MOST: Final = 6


def form_if_due(*, at: datetime) -> list[Formation]:
    """Form circles and pairs if it is the day and hour for it, and none were formed of late."""
    here = at.astimezone(timezone.get_default_timezone())
    is_day = here.weekday() == settings.KITH_CIRCLES_DAY
    if not is_day or here.hour < settings.KITH_CIRCLES_HOUR:
        return []
    late = access.formed_since(at - _NOT_AGAIN_WITHIN)
    formed = []
    if not late.filter(is_pairs=False).exists():
        formed.append(form_circles(at=at))
    if not late.filter(is_pairs=True).exists():
        formed.append(form_pairs(at=at))
    return formed


@transaction.atomic
def form_circles(*, at: datetime, seed: int | None = None) -> Formation:
    """Ask people to sit with people, all or nobody; circles that stand are only filled.

    Those who did not answer in time are no longer asked. The seed is drawn if it is not given,
    and kept, with how chance took part.

    Raises:
        BrokenCirclesError: If the engine broke a hard rule: then nobody is asked.
    """
    # What it stands on is machine code, which takes a while to be loaded.
    from kith.web.circles.bridge import forming  # noqa: PLC0415

    forget_unanswered(at=at)
    keep_all_apart(at=at)
    drawn = secrets.randbits(_SEED_BITS) if seed is None else seed
    crowd = crowds.crowd_for_circles(at=at)
    found = forming.proposals(crowd, seed=drawn)
    draws = settings.KITH_CIRCLES_DRAWS if len(crowd.keys) <= _THROWN_AGAIN_MOST else 0
    times = forming.times_together(crowd, found, seed=drawn, draws=draws)
    formation = Formation.objects.create(
        at=at,
        seed=drawn,
        people=len(crowd.keys),
        formed=len(found),
        law=forming.law(),
        thrown_again=draws,
    )
    circles = [_ask(proposal, formation, at=at) for proposal in found]
    formation.together = _by_chairs(times, circles)
    formation.save(update_fields=["together"])
    return formation


def _by_chairs(times: dict["Two", int], circles: list[Circle]) -> list[list[int]]:
    """Return how often two would sit together by their chairs: an erased person has none."""
    chairs = access.chairs_held(circles)
    of = {(chair.person_id, chair.circle_id): chair.pk for chair in chairs}
    return sorted(
        [*sorted((of[one, circle.pk], of[other, circle.pk])), how_often]
        for (one, other), how_often in times.items()
        for circle in circles
        if (one, circle.pk) in of and (other, circle.pk) in of
    )


def _ask(proposal: "Proposal", formation: Formation, *, at: datetime) -> Circle:
    wishes = list(Wish.objects.filter(person__in=proposal.asked).select_related("person"))
    circle = proposal.circle
    if circle is None:
        circle = Circle.objects.create(
            way=proposal.way,
            weekday=proposal.weekday,
            starts=proposal.starts,
            zone=proposal.zone,
            formation=formation,
            asked_at=at,
        )
    room = _CHAIRS_MOST - access.chairs_held([circle]).count()
    for wish in sorted(wishes, key=lambda wish: (wish.since, wish.pk))[:room]:
        _keep_to(circle, wish)
        _offer_chair(circle, wish, proposal.asked[wish.person_id], at=at)
    return circle


def _keep_to(circle: Circle, wish: Wish) -> None:
    """Let the circle be among those only among whom somebody in it wishes to be."""
    among = sorted({*circle.only_among, *wish.only_among})
    if among != circle.only_among:
        circle.only_among = among
        circle.save(update_fields=["only_among"])


def _offer_chair(circle: Circle, wish: Wish, reasons: Any, *, at: datetime) -> None:
    Chair.objects.update_or_create(
        circle=circle,
        person=wish.person,
        defaults={
            "state": ChairState.ASKED,
            "reasons": reasons,
            "asked_at": at,
            "answered_at": None,
            "brings": wish.brings,
        },
    )
    tell(
        person=wish.person,
        about=About.CIRCLE,
        words=lambda: _(
            "There may be a circle for you. Have a look, and say yes, another, or not now."
        ),
        path=reverse("circles:asked", args=[circle.token]),
    )
