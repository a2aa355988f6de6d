"""The Django project. Importing the Celery app here makes shared tasks find it."""

from thrillwiki.celery import app as celery_app

__all__ = ["celery_app"]
