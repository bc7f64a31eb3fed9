"""Where a feed may live."""

from ipaddress import ip_network

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.web.kit.fetch.addresses import PRIVATE_NETWORKS, Reach, may_visit, reach


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("8.8.8.8", Reach.OPEN),
        ("172.32.0.1", Reach.OPEN),
        ("100.128.0.1", Reach.OPEN),
        ("2606:4700::1111", Reach.OPEN),
        ("10.0.0.1", Reach.PRIVATE),
        ("100.64.0.1", Reach.PRIVATE),
        ("127.0.0.1", Reach.PRIVATE),
        ("127.255.255.254", Reach.PRIVATE),
        ("172.16.0.1", Reach.PRIVATE),
        ("172.31.255.255", Reach.PRIVATE),
        ("192.168.1.1", Reach.PRIVATE),
        ("::1", Reach.PRIVATE),
        ("fc00::1", Reach.PRIVATE),
        ("fd12:3456::1", Reach.PRIVATE),
        ("0.0.0.0", Reach.NEVER),
        ("0.1.2.3", Reach.NEVER),
        ("169.254.169.254", Reach.NEVER),
        ("100.100.100.200", Reach.NEVER),
        ("168.63.129.16", Reach.NEVER),
        ("192.0.0.192", Reach.NEVER),
        ("192.0.2.1", Reach.NEVER),
        ("198.18.0.1", Reach.NEVER),
        ("203.0.113.1", Reach.NEVER),
        ("224.0.0.1", Reach.NEVER),
        ("240.0.0.1", Reach.NEVER),
        ("255.255.255.255", Reach.NEVER),
        ("::", Reach.NEVER),
        ("::127.0.0.1", Reach.NEVER),
        ("::ffff:127.0.0.1", Reach.NEVER),
        ("::ffff:8.8.8.8", Reach.NEVER),
        ("64:ff9b::7f00:1", Reach.NEVER),
        ("64:ff9b:1::7f00:1", Reach.NEVER),
        ("2001::1", Reach.NEVER),
        ("2001:db8::1", Reach.NEVER),
        ("2002:7f00:1::", Reach.NEVER),
        ("fd00:ec2::254", Reach.NEVER),
        ("fe80::1", Reach.NEVER),
        ("fe80::1%1", Reach.NEVER),
        ("fec0::1", Reach.NEVER),
        ("ff02::1", Reach.NEVER),
    ],
)
def test_reach_knows_every_kind_of_address(address, expected):
    assert reach(address) is expected


@given(st.ip_addresses())
def test_reach_never_calls_open_what_python_calls_closed(address):
    found = reach(str(address))

    assert address.is_global or found is not Reach.OPEN


@given(st.ip_addresses(v=4))
def test_reach_never_calls_an_ipv4_address_in_disguise_open(address):
    mapped, translated = f"::ffff:{address}", f"64:ff9b::{address}"

    assert {reach(mapped), reach(translated)} == {Reach.NEVER}


@pytest.mark.parametrize(
    ("address", "let_in", "expected"),
    [
        ("8.8.8.8", (), True),
        ("10.1.2.3", (), False),
        ("10.1.2.3", PRIVATE_NETWORKS, True),
        ("10.1.2.3", (ip_network("10.1.0.0/16"),), True),
        ("10.2.2.3", (ip_network("10.1.0.0/16"),), False),
        ("::1", PRIVATE_NETWORKS, True),
        ("169.254.169.254", (ip_network("0.0.0.0/0"),), False),
        ("::ffff:127.0.0.1", PRIVATE_NETWORKS, False),
    ],
)
def test_may_visit_lets_in_only_the_private_networks_that_are_named(address, let_in, expected):
    assert may_visit(address, let_in) is expected
