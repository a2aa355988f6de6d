"""The test suite: fast hashing, mail in memory, tasks at once, nothing outside."""

from thrillwiki.settings.base import *  # noqa: F403  settings modules are built this way
from thrillwiki.settings.base import DATABASES, STORAGES

SECRET_KEY = "test-" + "x" * 60
ALLOWED_HOSTS = ["testserver", "localhost", "127.0.0.1"]

# Scrypt takes 50 ms on purpose; a suite signs in hundreds of times.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = MAIL_DELIVERY_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
CELERY_TASK_ALWAYS_EAGER = True
CELERY_TASK_EAGER_PROPAGATES = True

STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
WHITENOISE_AUTOREFRESH = True
SERVE_MEDIA = True
SHOW_STYLEGUIDE = True
CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
# Limits are on in production; the journeys sign in more often than a person does.
# (An empty dict would not do: allauth fills it with limits of its own.)
ACCOUNT_RATE_LIMITS = False  # type: ignore[assignment]  # off, in allauth's words
# Most tests are about what is approved, not by how many people; those that are about
# that switch it on (tests/branches/test_approvals.py).
SECOND_APPROVALS = False
DATABASES["default"].setdefault("TEST", {})
