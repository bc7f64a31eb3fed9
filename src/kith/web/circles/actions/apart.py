"""Two who keep apart are not asked to sit together, whenever one of them said so.

Of two who are both asked, or have both said yes, who set the distance keeps the question; the
other is asked no longer, and comes first the next time. To keep away from somebody costs nothing
then, and gives no chair away. Whoever sits already is not moved for somebody who does not: then
it is the one who is asked who comes first elsewhere, also where it was they who set the distance,
who would not want that chair. Of two who both sit, see `parting`.

Nobody can tell that it was this: who is let go reads what all read whose question is closed or
whose circle did not come to be, and nobody learns who else is asked.
"""

from datetime import datetime, timedelta
from typing import Final
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.web.circles import access
from kith.web.circles.choices import ChairState
from kith.web.circles.models import Chair, Circle, Wish
from kith.web.notices.actions import saw_page, tell
from kith.web.notices.choices import About
from kith.web.people.models import Person
from kith.web.safety import access as safety
from kith.web.safety.choices import Kind

# More weeks than that add nothing to what a run gives to those who wait (docs/science/matching.md).
FIRST_IN_LINE: Final = timedelta(weeks=10)


@transaction.atomic
def keep_apart(*, circle: Circle, at: datetime) -> None:
    """Ask no longer who is not to be brought together with somebody who has a chair in `circle`."""
    circle = access.locked(circle)
    chairs = access.chairs_held([circle]).select_related("person", "circle")
    held = {chair.person_id: chair for chair in chairs}
    for one, other in sorted(safety.not_together(held.keys())):
        if one in held and other in held:
            going = _who_goes(held[one], held[other])
            if going is not None:
                let_go(chair=held.pop(going.person_id), at=at)


def keep_all_apart(*, at: datetime) -> None:
    """Do so in every circle in which two sit or are asked who are not to be brought together."""
    circles = {circle.pk: circle for circle in access.open_circles()}
    held: dict[UUID, set[int]] = {}
    for person, circle in access.chairs_held(list(circles.values())).values_list(
        "person", "circle"
    ):
        held.setdefault(person, set()).add(circle)
    pairs = safety.not_together(held.keys())
    for number in sorted({one for a, b in pairs for one in held[a] & held[b]}):
        keep_apart(circle=circles[number], at=at)


def let_go(*, chair: Chair, at: datetime) -> None:
    """Close a question without an answer; who had said yes is told. They come first the next time."""
    path = reverse("circles:asked", args=[chair.circle.token])
    had_said_yes = chair.state == ChairState.YES
    chair.state = ChairState.ANOTHER
    chair.answered_at = None
    chair.save()
    put_first(person=chair.person, at=at)
    saw_page(person=chair.person, paths=[path])
    if had_said_yes:
        tell(
            person=chair.person,
            about=About.CIRCLE,
            words=_("The circle you said yes to does not begin for you this time. We look on, and you come first."),
            path=path,
        )  # fmt: skip


def put_first(*, person: Person, at: datetime) -> None:
    """Let the wish of `person` be as if they had waited long; one that rests goes on resting."""
    long_ago = (at - FIRST_IN_LINE).date()
    Wish.objects.filter(person=person, since__gt=long_ago).update(since=long_ago)


def _who_goes(one: Chair, other: Chair) -> Chair | None:
    """Return whose question is closed, of two who keep apart; None if both sit."""
    asked = [chair for chair in (one, other) if chair.state != ChairState.SITS]
    if len(asked) < 2:
        return asked[0] if asked else None
    one_keeps, other_keeps = _keeps_away(one, other), _keeps_away(other, one)
    if one_keeps == other_keeps:
        return max(asked, key=lambda chair: chair.pk)
    return other if one_keeps else one


def _keeps_away(one: Chair, other: Chair) -> bool:
    kept = safety.distances_of(one.person).filter(whom=other.person_id)
    return kept.filter(kind__in=(Kind.BLOCK, Kind.AVOID)).exists()
