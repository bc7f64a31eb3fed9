"""Between what people say of themselves and the core: the map around a home."""
