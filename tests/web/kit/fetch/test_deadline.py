"""The moment at which we stop waiting."""

import math

import pytest

from kith.web.kit.fetch import TooSlowError
from kith.web.kit.fetch.deadline import Deadline


def test_deadline_says_what_is_left():
    assert 59 < Deadline(60, "example.org").left_s() <= 60


def test_deadline_refuses_when_nothing_is_left():
    with pytest.raises(TooSlowError, match=r"^example\.org took longer than 0 seconds"):
        Deadline(0, "example.org").left_s()


def test_deadline_may_be_never():
    assert Deadline(math.inf, "feed.json").left_s() == math.inf
