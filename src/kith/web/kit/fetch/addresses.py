"""Which network addresses a feed may live at.

The lists follow the special-purpose address registries of RFC 6890. They are written out here,
because `ipaddress.is_global` changes between versions of Python and calls some of them open.
"""

from collections.abc import Collection
from enum import Enum
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

Network = IPv4Network | IPv6Network

PRIVATE_NETWORKS: tuple[Network, ...] = tuple(
    ip_network(written)
    for written in (
        "10.0.0.0/8",
        "100.64.0.0/10",  # shared by the customers of one provider
        "127.0.0.0/8",
        "172.16.0.0/12",
        "192.168.0.0/16",
        "::1/128",
        "fc00::/7",
    )
)
# No feed lives at any of these, not even on a private network.
NEVER_NETWORKS: tuple[Network, ...] = tuple(
    ip_network(written)
    for written in (
        "0.0.0.0/8",  # "this machine", on Linux the same as loopback
        "169.254.0.0/16",  # link-local; cloud machines keep their keys at 169.254.169.254 ...
        "100.100.100.200/32",  # ... or here ...
        "168.63.129.16/32",  # ... or here ...
        "fd00:ec2::254/128",  # ... or here ...
        "fd20:ce::254/128",  # ... or here
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.88.99.0/24",  # relays into 6to4
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        "2001::/23",  # Teredo and other tunnels
        "2001:db8::/32",
        "2002::/16",  # 6to4: an IPv4 address in disguise
        "3fff::/20",
    )
)
# Beyond this, IPv6 is mapped IPv4, NAT64, link-local, multicast or not given out.
OPEN_IPV6 = ip_network("2000::/3")


class Reach(Enum):
    """How far from home an address is."""

    OPEN = "open"
    PRIVATE = "private"
    NEVER = "never"


def reach(written: str) -> Reach:
    """Return whether `written`, an IP address, is open to all, private, or no place for a feed."""
    address = ip_address(written)
    if _within(address, NEVER_NETWORKS):
        return Reach.NEVER
    if _within(address, PRIVATE_NETWORKS):
        return Reach.PRIVATE
    if isinstance(address, IPv6Address) and address not in OPEN_IPV6:
        return Reach.NEVER
    return Reach.OPEN


def may_visit(written: str, private_networks: Collection[Network]) -> bool:
    """Return whether we may connect to `written`, when `private_networks` are let in."""
    found = reach(written)
    if found is Reach.PRIVATE:
        return _within(ip_address(written), private_networks)
    return found is Reach.OPEN


def _within(address: IPv4Address | IPv6Address, networks: Collection[Network]) -> bool:
    # An address of one family is simply not in a network of the other.
    return any(address in network for network in networks)
