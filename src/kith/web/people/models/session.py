"""Where somebody's door stands open: one row for each browser, so that they can see and shut it.

Django takes this module for its session engine; see SESSION_ENGINE.
"""

import hashlib
from contextvars import ContextVar
from typing import Any, ClassVar, Final, cast
from uuid import UUID

from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.backends.db import SessionStore as DatabaseStore
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import override

from kith.web.kit import prepared
from kith.web.kit.prepared import Given, Prepared
from kith.web.people.models.person import Person

# In what a session holds: what kind of browser it is, in words, and whether others use it too.
BROWSER, IS_SHARED = "browser", "is_shared"


_just_read: ContextVar[Person | None] = ContextVar("just_read", default=None)


class SessionManager(BaseSessionManager["Session"]):
    """Django's own, for our model."""


class Session(AbstractBaseSession):
    """An open door. Gone when it is shut, when it ends, and when its person goes."""

    # What is in it is said by the other columns, or is no more than what keeps it shut.
    SECRET = ("session_key", "session_data", "expire_date")

    person = models.ForeignKey(
        Person, on_delete=models.CASCADE, related_name="sessions", null=True, blank=True
    )
    browser = models.CharField(_("browser"), max_length=60, blank=True)
    is_shared = models.BooleanField(_("on a shared computer"), default=False)
    seen_on = models.DateField(_("last used on"), default=timezone.localdate)

    objects: ClassVar[SessionManager] = SessionManager()

    class Meta:
        verbose_name = _("open door")
        verbose_name_plural = _("open doors")

    @property
    def shown_as(self) -> str:
        """What a page may call it by: from it nobody learns the key that is in the cookie."""
        return self.session_key[:20]

    @classmethod
    @override
    def get_session_store_class(cls) -> type["SessionStore"]:
        return SessionStore


def kept_as(key: str | None) -> str:
    """Return what stands in the database for the key of a cookie, which cannot be found from it."""
    return hashlib.sha256((key or "").encode()).hexdigest()[:40]


class SessionStore(DatabaseStore):
    """Keeps sessions as rows that know whose they are.

    A row holds a digest of the key: with a copy of the database nobody comes in as somebody else.
    """

    @classmethod
    @override
    def get_model_class(cls) -> type[Session]:
        return Session

    @override
    def create_model_instance(self, data: dict[str, Any]) -> Session:
        session = cast("Session", super().create_model_instance(data))
        session.session_key = kept_as(session.session_key)
        session.person_id = data.get(SESSION_KEY)
        session.browser = data.get(BROWSER, "")
        session.is_shared = data.get(IS_SHARED, False)
        return session

    @override
    def exists(self, session_key: str) -> bool:
        return super().exists(kept_as(session_key))

    @override
    def delete(self, session_key: str | None = None) -> None:
        super().delete(kept_as(session_key or self.session_key))

    def _get_session_from_db(self) -> Session | None:
        for found in _OPEN.ask(key=kept_as(self.session_key)):
            _just_read.set(found.person)
            return found
        # Django makes a new key then: nobody may choose one for somebody else.
        self._session_key = None
        return None


def whose_was_read(key: UUID) -> Person | None:
    """Return the person with this key, if the row of their session was the last that was read.

    Once: they are who they were a moment ago, and are asked for anew after that.
    """
    person = _just_read.get()
    _just_read.set(None)
    return person if person is not None and person.pk == key else None


def _make_open() -> QuerySet[Session]:
    key = Given("key", models.CharField())
    found = Session.objects.filter(session_key=key, expire_date__gt=prepared.now())
    return found.select_related("person")


_OPEN: Final = Prepared(_make_open)
