"""Production: nothing is guessed. A missing setting stops the start with one line."""

import sys

from thrillwiki.settings.base import *  # noqa: F403  settings modules are built this way
from thrillwiki.settings.base import ALLOWED_HOSTS, env


def _required(name: str) -> str:
    value = env(name, default="")
    if not value:
        sys.exit(f"ThrillWiki cannot start: the variable {name} is not set.")
    return value


SECRET_KEY = _required("SECRET_KEY")
if len(SECRET_KEY) < 50:
    sys.exit("ThrillWiki cannot start: SECRET_KEY is shorter than 50 characters.")
_required("DATABASE_URL")
_required("REDIS_URL")
_required("EMAIL_URL")
_required("BASE_URL")
_required("ALLOWED_HOSTS")
if "*" in ALLOWED_HOSTS:
    sys.exit("ThrillWiki cannot start: ALLOWED_HOSTS must name the hosts, not '*'.")

SECURE_SSL_REDIRECT = True
SECURE_PROXY_SSL_HEADER = (
    ("HTTP_X_FORWARDED_PROTO", "https") if env.int("TRUSTED_PROXY_COUNT", 0) else None
)
SECURE_HSTS_SECONDS = 31_536_000
SECURE_HSTS_INCLUDE_SUBDOMAINS = True
SECURE_HSTS_PRELOAD = True
SESSION_COOKIE_SECURE = True
SESSION_COOKIE_NAME = "__Host-sessionid"
CSRF_COOKIE_SECURE = True
CSRF_COOKIE_NAME = "__Host-csrftoken"
