"""How names of towns and postcodes are compared."""

from kith.core.places.names import fold, postcodes

__all__ = ["fold", "postcodes"]
