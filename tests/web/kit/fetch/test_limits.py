"""What the steward lets in."""

import pytest
from tests.web.kit.fetch.conftest import reply

from kith.web.kit.fetch import Limits, NotAllowedError, limits_from_settings, read_address
from kith.web.kit.fetch.addresses import PRIVATE_NETWORKS


def test_limits_from_settings_are_the_stewards(settings):
    settings.KITH_FEED_MAX_MB = 3
    settings.KITH_FEED_MAX_SECONDS = 7
    settings.KITH_FEEDS_MAY_BE_PRIVATE = False

    assert limits_from_settings() == Limits(max_bytes=3_000_000, max_seconds=7, private_networks=())


def test_limits_from_settings_let_in_private_networks_only_when_the_steward_does(settings):
    settings.KITH_FEEDS_MAY_BE_PRIVATE = True

    assert limits_from_settings().private_networks == PRIVATE_NETWORKS


def test_a_steward_may_read_a_feed_of_their_own_network(serve, settings):
    server = serve(reply(b"[]"))
    settings.KITH_FEEDS_MAY_BE_PRIVATE = True

    assert read_address(server.url, limits=limits_from_settings()).body == b"[]"


def test_nobody_reads_a_private_address_unless_the_steward_lets_them(serve, settings):
    server = serve(reply(b"[]"))
    settings.KITH_FEEDS_MAY_BE_PRIVATE = False

    with pytest.raises(NotAllowedError):
        read_address(server.url, limits=limits_from_settings())

    assert server.requests == []
