"""What those in a room say to each other so that their browsers meet: plain websockets."""

from kith.web.rooms.consumers.socket import Sockets

# Those of this process.
sockets = Sockets()

__all__ = ["Sockets", "sockets"]
