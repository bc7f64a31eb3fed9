"""Django's pages as WSGI: the form in which Django answers fastest (see docs/decisions)."""

from django.core.wsgi import get_wsgi_application

application = get_wsgi_application()
