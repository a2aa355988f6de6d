"""The WSGI entry point."""

import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "thrillwiki.settings.production")
os.environ.setdefault("DATABASE_TIMEOUTS", "on")

application = get_wsgi_application()
