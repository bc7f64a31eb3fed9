"""Made-up people of a demo, so that one stranger alone can try what takes two."""

from datetime import time, timedelta

from kith.web.gatherings import access, actions
from kith.web.gatherings.bridge.plans import Plan
from kith.web.gatherings.choices import Answer, FoundBy, Joining, Mode, Need
from kith.web.gatherings.models import Coming, Gathering, Told
from kith.web.people.models import Person

# Every one of them says so in their name.
HOST, GUEST, EVENING = "Ada (made up)", "Sam (made up)", "Soup and cards (made up)"


def link_to_host() -> str:
    """Return the address by which whoever tries the demo hosts an evening beside a made-up host.

    The evening is made the first time. Without room for one more host, or without the made-up
    one, it is "".
    """
    gathering = Gathering.objects.filter(name=EVENING).first() or _evening()
    hosts = [host.person for host in access.hosts_beside(None, gathering)]
    ada = next((person for person in hosts if person.called == HOST), None)
    if ada is None:
        return ""
    try:
        link = actions.invite(person=ada, gathering=gathering, joining=Joining.BESIDE)
    except actions.EnoughHostsError:
        return ""
    return f"/host/with/{link.code}/"


def _evening() -> Gathering:
    """Return an evening that meets every day and waits for a second host, and who comes to it."""
    ada, sam = (Person.objects.create(called=name) for name in (HOST, GUEST))
    # She has been here for a while: a gathering opens only with somebody who has.
    Person.objects.filter(pk=ada.pk).update(joined_on=ada.joined_on - timedelta(days=365))
    evening = actions.create(person=ada, plan=Plan(fields=_said(), place=None))
    sams = Coming.objects.create(person=sam, gathering=evening, answer=Answer.COME)
    told = Told(first_time=True, needs=(Need.SIT_WITH,), needs_words="I am shy at the door.")
    sams.tell(told, at=evening.added_at)
    sams.save()
    return evening


def _said() -> dict[str, object]:
    return {
        "name": EVENING,
        "about": "Nobody meets here: it is for trying what hosts do.",
        "mode": Mode.ONLINE,
        "join_url": "https://example.org/",
        "timezone": "UTC",
        "rule": "FREQ=DAILY",
        "start": time(19),
        "minutes": 90,
        "found_by": FoundBy.ALL,
    }
