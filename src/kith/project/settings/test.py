"""The test suite: SQLite by default, or any database named by KITH_DATABASE_URL."""

import os
import tempfile
from pathlib import Path

from kith.project.settings.base import *  # noqa: F403
from kith.project.settings.base import database

SECRET_KEY = "only-for-tests"  # noqa: S105 - there is nothing behind it
KITH_SEAL_KEYS = ["only-for-tests"]
KITH_PUSH_KEY = "only-for-tests"
KITH_ORIGIN = "https://kith.example"
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
DATABASES = {"default": database(os.environ.get("KITH_DATABASE_URL", "sqlite://:memory:"))}
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
STATIC_ROOT = Path(tempfile.gettempdir())
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
KITH_WORDS_WORK = 2
# Each is a run of the engine; tests of it ask for some.
KITH_CIRCLES_DRAWS = 0
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}
WHITENOISE_AUTOREFRESH = True
KITH_HOME_PLACE = ""
TIME_ZONE = "UTC"
