"""`kith demo`: one laptop, one SQLite file, nobody from outside."""

import os

from kith.project.settings.base import *  # noqa: F403
from kith.project.settings.base import DATA_DIR


def _own(name: str) -> str:
    """Return this demo's own secret, made once and kept beside its data."""
    path = DATA_DIR / name
    if not path.exists():
        DATA_DIR.mkdir(parents=True, exist_ok=True)
        path.write_text(os.urandom(32).hex())
        path.chmod(0o600)
    return path.read_text()


KITH_IS_DEMO = True
SECRET_KEY = _own("secret-key")
KITH_SEAL_KEYS = [_own("seal-key")]
KITH_PUSH_KEY = _own("push-key")
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
# No study here weighs by how often dice would have brought two together.
KITH_CIRCLES_DRAWS = 0
