"""What browsers may load on our pages: one policy for all, put into words once."""

from functools import cache

from csp.constants import HEADER
from csp.middleware import CSPMiddleware
from csp.utils import build_policy
from django.http import HttpRequest, HttpResponseBase
from typing_extensions import override

_OWN = ("_csp_exempt", "_csp_config", "_csp_update", "_csp_replace")


class Policy(CSPMiddleware):
    """Sends the policy with each answer. Only an answer that has its own goes the long way."""

    @override
    def process_response(
        self, request: HttpRequest, response: HttpResponseBase
    ) -> HttpResponseBase:
        """Return `response` with the policy, unless it has one."""
        if any(hasattr(response, name) for name in _OWN) or hasattr(request, "_csp_nonce"):
            return super().process_response(request, response)
        if HEADER not in response:
            response.headers[HEADER] = _policy()
        return response


@cache
def _policy() -> str:
    return str(build_policy())
