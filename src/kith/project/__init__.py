"""The only place that knows all: settings, urls, the ASGI shell and the `kith` command."""
