"""A steward signs in at the desk, by a name and a password."""

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from kith.errors import RefusalError
from kith.web.people import access, actions
from kith.web.people.choices import Tried
from kith.web.people.views import browsers
from kith.web.people.views.doors import read_or_sent, unkept

# A steward sees what others do not; their door shuts every night.
DESK_SECONDS = 12 * 60 * 60


@read_or_sent
def enter_desk(request: HttpRequest) -> HttpResponse:
    """Show Django's form for stewards; count each try, as at any other door."""
    if request.method != "POST":
        # Django's own form does so for GET only.
        if access.is_steward(request):
            return redirect("admin:index")
        return admin.site.login(request)
    try:
        actions.count(Tried.ENTER, whence=browsers.whence(request))
    except RefusalError as error:
        return unkept(render(request, "people/too_often.html", {"refusal": error}, status=429))
    answer = admin.site.login(request)
    if answer.status_code == 302:
        steward = access.me(request)
        actions.enter(request, steward, browser=browsers.browser_of(request))
        request.session.set_expiry(DESK_SECONDS)
    return answer
