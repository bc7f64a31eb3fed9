"""What every way of running kith shares. Anything a steward may set is read from KITH_* here."""

import os
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import dj_database_url
from csp.constants import NONE, SELF
from django.utils.translation import gettext_lazy as _

PACKAGE_DIR = Path(__file__).resolve().parents[2]
DATA_DIR = Path(os.environ.get("KITH_DATA_DIR", "var/kith")).resolve()

# ---- who this instance is -------------------------------------------------------------------
KITH_NAME = os.environ.get("KITH_NAME", "kith")
KITH_HOME_PLACE = os.environ.get("KITH_HOME_PLACE", "")
KITH_COUNTRY = os.environ.get("KITH_COUNTRY", "US")
KITH_STEWARD_CONTACT = os.environ.get("KITH_STEWARD_CONTACT", "")
# Who outside of this instance is told what no steward here can look at without having part in it.
KITH_OUTSIDE_CONTACT = os.environ.get("KITH_OUTSIDE_CONTACT", "")
KITH_SOURCE_URL = os.environ.get("KITH_SOURCE_URL", "")
# Where "Leave this page" goes: somewhere dull that anybody might have open.
KITH_LEAVE_URL = os.environ.get("KITH_LEAVE_URL", "https://www.wikipedia.org/")
# A PMTiles archive of streets for the map, or "": land and sea are enough to begin with.
KITH_STREETS = os.environ.get("KITH_STREETS", "")
KITH_IS_DEMO = False
TIME_ZONE = os.environ.get("KITH_TIME_ZONE", "UTC")

# ---- people ---------------------------------------------------------------------------------
# Who is younger is shown where young people are welcome instead.
KITH_LEAST_AGE = int(os.environ.get("KITH_LEAST_AGE", "18"))
KITH_YOUNG_WHERE = os.environ.get("KITH_YOUNG_WHERE", "")
# For how many days a backup of the database is kept: what "erase me" cannot reach sooner.
KITH_BACKUP_DAYS = int(os.environ.get("KITH_BACKUP_DAYS", "30"))
# For so many days after joining somebody is new: nobody writes to them first.
KITH_NEW_DAYS = int(os.environ.get("KITH_NEW_DAYS", "90"))
# How much work it is to try one written key: a power of two, and twice as much memory in KiB.
KITH_WORDS_WORK = 2**15
# How many proxies stand before kith and add to X-Forwarded-For.
KITH_PROXIES = int(os.environ.get("KITH_PROXIES", "0"))

# "yes": who hosts was trained, and has somebody to talk it over with; stewards write it down.
KITH_HOSTS_NEED_TRAINING = os.environ.get("KITH_HOSTS_NEED_TRAINING", "") == "yes"

# ---- circles and pairs ----------------------------------------------------------------------
# A conference server of the community's own, such as https://meet.example.org; rooms are
# suggested under it. Kith itself asks it for nothing.
KITH_ROOMS = os.environ.get("KITH_ROOMS", "")
# The day (0 Monday to 6 Sunday) and hour, by KITH_TIME_ZONE, from which people are asked.
KITH_CIRCLES_DAY = int(os.environ.get("KITH_CIRCLES_DAY", "6"))
KITH_CIRCLES_HOUR = int(os.environ.get("KITH_CIRCLES_HOUR", "6"))
# How often the dice of a run are thrown again, so that a study knows how likely it was.
KITH_CIRCLES_DRAWS = int(os.environ.get("KITH_CIRCLES_DRAWS", "20"))

# ---- rooms -----------------------------------------------------------------------------------
# Where the community's own relay is, for browsers behind strict networks: turn:turn.example.org,
# several with commas between; and the secret that it shares with kith.
KITH_TURN_URL = [
    one.strip() for one in os.environ.get("KITH_TURN_URL", "").split(",") if one.strip()
]
KITH_TURN_SECRET = os.environ.get("KITH_TURN_SECRET", "")
# "yes": picture and sound always go over the relay, so that nobody learns another's address.
KITH_TURN_ONLY = os.environ.get("KITH_TURN_ONLY", "") == "yes"
# With several processes or machines for pages, news of rooms goes from one to the other here.
REDIS_URL = os.environ.get("REDIS_URL", "")

# ---- feeds ----------------------------------------------------------------------------------
KITH_FEEDS_MAY_BE_PRIVATE = os.environ.get("KITH_FEEDS_MAY_BE_PRIVATE", "") == "yes"
KITH_FEED_MAX_MB = int(os.environ.get("KITH_FEED_MAX_MB", "100"))
KITH_FEED_MAX_SECONDS = int(os.environ.get("KITH_FEED_MAX_SECONDS", "60"))

# ---- reaching people who are not looking ------------------------------------------------------
# Where people reach this instance: for links in e-mails, and for push services to know us by.
KITH_ORIGIN = os.environ.get("KITH_ORIGIN", "http://localhost:8000")
# A long random text; a private key is made of it.
KITH_PUSH_KEY = os.environ.get("KITH_PUSH_KEY", "")
# smtps://name:password@host, or smtp:// (which must speak STARTTLS), or smtp+plain://.
KITH_EMAIL_URL = os.environ.get("KITH_EMAIL_URL", "")
_mail = urlsplit(KITH_EMAIL_URL)
EMAIL_HOST = _mail.hostname or "localhost"
EMAIL_USE_SSL = _mail.scheme == "smtps"
EMAIL_USE_TLS = _mail.scheme == "smtp"
EMAIL_PORT = _mail.port or {"smtps": 465, "smtp": 587}.get(_mail.scheme, 25)
EMAIL_HOST_USER = unquote(_mail.username or "")
EMAIL_HOST_PASSWORD = unquote(_mail.password or "")
EMAIL_TIMEOUT = 20
DEFAULT_FROM_EMAIL = os.environ.get("KITH_EMAIL_FROM", EMAIL_HOST_USER or "kith@localhost")

# ---- django ---------------------------------------------------------------------------------
DEBUG = False
ROOT_URLCONF = "kith.project.urls"
WSGI_APPLICATION = "kith.project.wsgi.application"
AUTH_USER_MODEL = "people.Person"
SESSION_ENGINE = "kith.web.people.models.session"
SESSION_COOKIE_AGE = 60 * 60 * 24 * 90
SESSION_COOKIE_NAME = "door"
# Only the desk signs people in by Django's own form.
LOGIN_REDIRECT_URL = "/desk/"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
APPEND_SLASH = True

INSTALLED_APPS = [
    "kith.project.desk.DeskConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "csp",
    "django_tasks",
    "django_tasks_db",
    "kith.web.kit",
    "kith.web.people",
    "kith.web.safety",
    "kith.web.notices",
    "kith.web.messages",
    "kith.web.acts",
    "kith.web.rooms",
    "kith.web.gatherings",
    "kith.web.circles",
    "kith.web.plans",
    "kith.web.service",
    "kith.web.reach",
    "kith.web.study",
    "kith.web.simulator",
    "kith.web.tonight",
]

AUTHENTICATION_BACKENDS = ["kith.web.people.access.Door"]

MIDDLEWARE = [
    # First of all, so that no answer leaves without it: no style sheet, redirect or error either.
    "kith.web.kit.policy.Policy",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # It fills each page up by a chance length (CVE-2013-3587, "BREACH"), and tokens are masked.
    "django.middleware.gzip.GZipMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "kith.web.people.views.doors.keep_no_page_of_somebody",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "kith.web.kit.views.NoNull",
]

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "kith.web.kit.context.instance",
                "kith.project.context.me",
            ],
        },
    }
]

# ---- data -----------------------------------------------------------------------------------
SQLITE_OPTIONS = {
    # Writers queue at BEGIN instead of failing half-way; readers never wait for them (WAL).
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA temp_store=MEMORY;"
        "PRAGMA mmap_size=268435456; PRAGMA cache_size=-16000;"
        # What is erased is overwritten, not only forgotten.
        "PRAGMA secure_delete=ON;"
    ),
}


def database(url: str) -> dict[str, Any]:
    """Return Django's description of the database at `url`, with our SQLite settings."""
    described: dict[str, Any] = dict(dj_database_url.parse(url, conn_max_age=None))
    if described["ENGINE"] == "django.db.backends.sqlite3":
        described["OPTIONS"] = SQLITE_OPTIONS
    return described


DATABASES = {
    "default": database(
        os.environ.get("KITH_DATABASE_URL", f"sqlite:///{DATA_DIR / 'kith.sqlite3'}")
    )
}
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend", "QUEUES": ["default"]}}
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}

# ---- words ----------------------------------------------------------------------------------
USE_TZ = True
USE_I18N = True
LANGUAGE_CODE = "en"
LANGUAGES = [("en", _("English")), ("es", _("Spanish")), ("fr", _("French"))]
LOCALE_PATHS = [PACKAGE_DIR / "project" / "locale"]
LANGUAGE_COOKIE_SAMESITE = "Lax"
LANGUAGE_COOKIE_HTTPONLY = True

# ---- files ----------------------------------------------------------------------------------
STATIC_URL = "/static/"
STATIC_ROOT = DATA_DIR / "static"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "kith.project.static.Storage"},
}
WHITENOISE_MIMETYPES = {".mjs": "text/javascript", ".pmtiles": "application/octet-stream"}

# ---- doors ----------------------------------------------------------------------------------
# Only stewards have a password, for the desk; one hashed by the second is hashed anew by the first.
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.ScryptPasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
DATA_UPLOAD_MAX_MEMORY_SIZE = 2_000_000
# No form takes a file, so none is read, kept in memory or put on the disk.
FILE_UPLOAD_HANDLERS = ["kith.web.kit.uploads.NoFiles"]

# Nothing from anywhere else, nothing inline: no exception, for any page.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "worker-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"line": {"format": "{asctime} {levelname} {name}: {message}", "style": "{"}},
    "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "line"}},
    "root": {"handlers": ["stderr"], "level": "WARNING"},
}
