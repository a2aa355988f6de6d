"""The ASGI entry point."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thrillwiki.settings.production")
os.environ.setdefault("DATABASE_TIMEOUTS", "on")

application = get_asgi_application()
