"""A developer's or newcomer's own machine: SQLite, file broker, plain http."""

from thrillwiki.settings.base import *  # noqa: F403  settings modules are built this way
from thrillwiki.settings.base import CELERY_FILESYSTEM_DIR, STORAGES, env

DEBUG = env.bool("DEBUG", default=False)
# Known to everybody on purpose: only good for a machine nobody else can reach.
SECRET_KEY = env("SECRET_KEY", default="insecure-development-key-" + "x" * 40)
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=["localhost", "127.0.0.1", "[::1]"])

# Without DEBUG Django serves no static files; WhiteNoise finds them in the source.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = DEBUG
STORAGES["staticfiles"] = {
    "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
}
SERVE_MEDIA = True
SHOW_STYLEGUIDE = True

# The file broker expects its folders to exist, for whoever sends first.
for _folder in ("queue", "done", "control"):
    (CELERY_FILESYSTEM_DIR / _folder).mkdir(parents=True, exist_ok=True)
