"""Acts as the core knows them, and ties as rows. All of them at once: `whole`."""

from kith.web.acts.bridge.one import is_late, learn, low_and_high, relearn

__all__ = ["is_late", "learn", "low_and_high", "relearn"]
