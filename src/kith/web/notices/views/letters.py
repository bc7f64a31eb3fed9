"""Where the links in an e-mail lead. Nobody need be in: who reads the mail may follow them.

A mail program opens links by itself to look whether they are safe. So opening one changes
nothing; only the button on its page does.
"""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from kith.web.notices import access, actions
from kith.web.notices.access import Token
from kith.web.people.views.doors import unkept


@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the address is theirs; then write there from now on."""
    try:
        email = access.open_address(token, Token.CONFIRM)
    except Http404:
        return _page(request, "notices/too_late.html", status=404)
    if request.method == "POST":
        actions.confirm_address(email=email, at=timezone.now())
    return _page(request, "notices/confirm.html", is_done=email.confirmed_at is not None)


# A mail program posts here by itself once its reader taps its own button (RFC 8058), without a
# token of ours: what is in the address shows enough.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, token: str) -> HttpResponse:
    """Ask whether the mail shall stop; then forget the address."""
    try:
        email = access.open_address(token, Token.STOP)
    except Http404:
        # It was stopped before, which is what they want.
        return _page(request, "notices/stop.html", is_done=True)
    if request.method == "POST":
        actions.drop_address(email=email)
    return _page(request, "notices/stop.html", is_done=request.method == "POST")


def _page(request: HttpRequest, name: str, *, status: int = 200, **shown: object) -> HttpResponse:
    return unkept(render(request, name, shown, status=status))
