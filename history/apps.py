from typing import Any

from django.apps import AppConfig

import reversion


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = "History"

    def ready(self) -> None:
        from core.models import ContentPage
        from history import receivers  # noqa: F401  connects the signals

        for model in ContentPage.__subclasses__():
            _register(model)


def _register(model: Any) -> None:
    for subclass in model.__subclasses__():
        _register(subclass)
    if not model._meta.abstract:
        reversion.register(model, format="wagtail-page")
