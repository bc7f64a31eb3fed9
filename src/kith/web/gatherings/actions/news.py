"""Who comes is told what is different; who hosts is told what they are needed for."""

from collections.abc import Callable, Iterable
from datetime import date
from hashlib import blake2b
from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.web.gatherings import access, queries
from kith.web.gatherings.models import Gathering
from kith.web.notices import actions as notices
from kith.web.notices.actions import Words
from kith.web.notices.choices import About
from kith.web.people.models import Person


def said_date(on: date) -> str:
    """Return a date as a notice names it: "Thursday 3 December"."""
    return date_format(on, _("l j F"))


def tell_who_comes(
    gathering: Gathering,
    on: date | None,
    words: Words,
    *,
    about: About,
    besides: UUID | None = None,
) -> None:
    """Tell everybody who said that they come or may, on that date or on any ahead."""
    path = _news(gathering, words, gathering.get_absolute_url())
    _tell(queries.who_may_come(gathering, on), words, about=about, path=path, besides=besides)


def tell_hosts(gathering: Gathering, words: Words, *, besides: UUID | None = None) -> None:
    """Tell the hosts of `gathering`, but for `besides`, who knows already or is going."""
    hosts = [host.person for host in access.hosts_beside(None, gathering)]
    path = _news(gathering, words, host_path(gathering))
    _tell(hosts, words, about=About.HOSTING, path=path, besides=besides)


def tell_host(person: Person, gathering: Gathering, words: Words) -> None:
    """Tell one host of `gathering`."""
    path = _news(gathering, words, host_path(gathering))
    _tell([person], words, about=About.HOSTING, path=path, besides=None)


def tell_former_host(person: Person, gathering: Gathering, words: Words) -> None:
    """Tell somebody who no longer hosts, and to whom the host's page is shut."""
    path = _news(gathering, words, reverse("gatherings:yours"))
    _tell([person], words, about=About.HOSTING, path=path, besides=None)


def tell_it_changed(gathering: Gathering) -> None:
    """Tell those who come that it meets at another time or place from now on."""
    said = gettext_lazy("“%(name)s” has another time or place from now on. Look before you go.")
    tell_who_comes(gathering, None, named(gathering, said), about=About.MOVED)


def named(gathering: Gathering, said: Promise, **more: Callable[[], str]) -> Words:
    """Return what says `said` of `gathering`, in whose language it is asked for; `more` too."""

    def words() -> str:
        values = {key: value() for key, value in more.items()}
        return (str(said) % {"name": gathering.name, **values}).strip()

    return words


def host_path(gathering: Gathering) -> str:
    """Return the address of the page of its hosts."""
    return reverse("gatherings:hosting", args=[gathering.slug])


def _news(gathering: Gathering, words: Words, path: str) -> str:
    """Return `path`, with a name for this piece of news.

    A notice is told once for each address until it is seen. Without a name of its own, "it is
    paused" would be lost on whoever has not yet seen that it is open.
    """
    text = f"{gathering.edition} {notices.said_in(settings.LANGUAGE_CODE, words)}"
    return f"{path}#{blake2b(text.encode(), digest_size=4).hexdigest()}"


def _tell(
    people: Iterable[Person], words: Words, *, about: About, path: str, besides: UUID | None
) -> None:
    for person in people:
        if person.pk != besides:
            notices.tell(person=person, about=about, words=words, path=path)
