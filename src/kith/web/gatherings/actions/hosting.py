"""Somebody makes a gathering, and its hosts change what it says."""

import secrets
import uuid
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from kith.errors import RefusalError
from kith.web.gatherings import queries
from kith.web.gatherings.actions import news
from kith.web.gatherings.actions.coming import come_every_time
from kith.web.gatherings.actions.editing import hold
from kith.web.gatherings.actions.folding import NOT_SLUGS, slug_words
from kith.web.gatherings.bridge.plans import Plan
from kith.web.gatherings.choices import FoundBy, Status
from kith.web.gatherings.models import Gathering, Host, Occasion, Place
from kith.web.people.models import Person

# For so long somebody hosts, unless they say that they go on.
HOSTS_FOR = timedelta(days=365)
# So many may wait for a second host at once.
WAITING_MOST = 5
_WHEN_AND_WHERE = ("rule", "first_on", "start", "minutes", "timezone", "mode", "join_url")


class TooManyWaitingError(RefusalError):
    """Somebody has made several gatherings that wait for a second host."""

    def __init__(self) -> None:
        super().__init__(
            _(
                "Several of yours wait for a second host already. Find one for them first, "
                "or let one of them go."
            )
        )


@transaction.atomic
def create(*, person: Person, plan: Plan) -> Gathering:
    """Return a new gathering of `person` as `plan` says; it waits for a second host.

    Raises:
        TooManyWaitingError: If several of theirs wait already.
    """
    waiting = [g for g in queries.hosted_by(person) if g.status == Status.WAITING]
    if len(waiting) >= WAITING_MOST:
        raise TooManyWaitingError
    gathering = Gathering(is_hosted=True, status=Status.WAITING, **plan.fields)
    gathering.slug = _slug(plan)
    gathering.place = keep_place(plan.place)
    hold(gathering=gathering, fields=())
    _write_once(gathering, plan.once)
    Host.objects.create(gathering=gathering, person=person, until=timezone.localdate() + HOSTS_FOR)
    come_every_time(person, gathering)
    return gathering


@transaction.atomic
def change(*, gathering: Gathering, plan: Plan) -> None:
    """Let `gathering` say what `plan` says; if it is at another time or place, tell who comes."""
    locked = (
        Gathering.objects.select_for_update(of=("self",))
        .select_related("place")
        .get(pk=gathering.pk)
    )
    before, was_at = {name: getattr(locked, name) for name in plan.fields}, locked.place
    for name, value in plan.fields.items():
        setattr(locked, name, value)
    if not _is_same_place(was_at, plan.place):
        locked.place = keep_place(plan.place)
    changed = {name for name, value in plan.fields.items() if value != before[name]}
    if "rule" in changed or plan.once:
        changed |= _rewrite_dates(locked, plan)
    if locked.place != was_at:
        changed.add("place")
    hold(gathering=locked, fields=changed)
    _drop_unused(was_at)
    if changed & {*_WHEN_AND_WHERE, "place", "occasions"}:
        news.tell_it_changed(locked)


def _slug(plan: Plan) -> str:
    city = plan.place.city if plan.place else ""
    base = slug_words(plan.fields["name"], city)
    if plan.fields["found_by"] == FoundBy.THEIRS:
        # Of one that is kept, not even a number in the address of another one may tell.
        return f"{base[:54]}-{secrets.token_hex(4)}"
    slug, number = base, 1
    while slug in NOT_SLUGS or Gathering.objects.filter(slug=slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug


def keep_place(place: Place | None) -> Place | None:
    """Return `place`, saved under a key that no feed gives: feeds and others never write it."""
    if place is None:
        return None
    place.key = uuid.uuid4().hex
    place.save(force_insert=True)
    return place


_SAME_PLACE = ("name", "street", "city", "find_the_door", "latitude", "longitude")


def _is_same_place(one: Place | None, other: Place | None) -> bool:
    if one is None or other is None:
        return one is other
    return all(getattr(one, name) == getattr(other, name) for name in _SAME_PLACE)


def _drop_unused(place: Place | None) -> None:
    """Delete a place that a host wrote, once nothing meets there: the words were theirs."""
    if place is None or place.gatherings.exists() or place.occasions.exists():
        return
    place.delete()


def _write_once(gathering: Gathering, once: date | None) -> None:
    if once is None or gathering.start is None:
        return
    Occasion.objects.create(
        gathering=gathering,
        on=once,
        at=gathering.start,
        timezone=gathering.timezone,
        minutes=gathering.minutes,
    )


def _rewrite_dates(gathering: Gathering, plan: Plan) -> set[str]:
    """Write the dates ahead anew, unless the only one is as it was; return what that changed."""
    ahead = gathering.occasions.filter(on__gte=timezone.localdate())
    now = (plan.once, gathering.start, gathering.minutes, False)
    if plan.once and list(ahead.values_list("on", "at", "minutes", "called_off")) == [now]:
        return set()
    ahead.delete()
    _write_once(gathering, plan.once)
    return {"occasions"}


@transaction.atomic
def drop(*, gathering: Gathering) -> None:
    """Delete a gathering that never opened, with all that was written for it."""
    place = gathering.place
    gathering.delete()
    _drop_unused(place)
