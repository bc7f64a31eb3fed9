"""How much we read, for how long, and how near to home."""

from dataclasses import dataclass

from django.conf import settings

from kith.web.kit.fetch.addresses import PRIVATE_NETWORKS, Network

BYTES_PER_MB = 1_000_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What one reading may cost, and which private networks it may enter (none, as a rule)."""

    max_bytes: int
    max_seconds: float
    private_networks: tuple[Network, ...] = ()


def limits_from_settings() -> Limits:
    """Return the limits that the steward of this instance has set."""
    return Limits(
        max_bytes=settings.KITH_FEED_MAX_MB * BYTES_PER_MB,
        max_seconds=settings.KITH_FEED_MAX_SECONDS,
        private_networks=PRIVATE_NETWORKS if settings.KITH_FEEDS_MAY_BE_PRIVATE else (),
    )
