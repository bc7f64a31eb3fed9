"""The settings of tests, for a server that runs in a process of its own beside them."""

import os

from kith.project.settings.test import *  # noqa: F403

WHITENOISE_USE_FINDERS = True
SESSION_COOKIE_SECURE = False
KITH_SEAL_KEYS = ["only-for-tests"]
REDIS_URL = os.environ.get("REDIS_URL", "")
