"""The policy of what browsers may load is the same on every answer, unless one has its own."""

from csp.constants import HEADER
from csp.utils import build_policy
from django.http import HttpResponse
from django.test import RequestFactory

from kith.web.kit.policy import Policy


def parts(said):
    return sorted(said.split("; "))


def answered(response):
    return Policy(lambda _request: response)(RequestFactory().get("/"))


def test_every_answer_says_what_the_settings_say():
    said = answered(HttpResponse())[HEADER]

    assert parts(said) == parts(build_policy())
    assert "script-src 'self'" in parts(said)
    assert answered(HttpResponse(status=404))[HEADER] == said


def test_answer_with_a_policy_of_its_own_keeps_it():
    own = HttpResponse(headers={HEADER: "default-src 'none'"})
    wider = HttpResponse()
    wider._csp_update = {"img-src": ["https://tiles.example.org"]}

    assert answered(own)[HEADER] == "default-src 'none'"
    assert "img-src 'self' data: https://tiles.example.org" in parts(answered(wider)[HEADER])
