from collections.abc import Iterator
from typing import Any

from django.apps import AppConfig

import reversion


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = "History"

    def ready(self) -> None:
        from core.models import ContentPage, VersionedSnippet
        from history import receivers  # noqa: F401  connects the signals

        for base in (ContentPage, VersionedSnippet):
            for model in _concrete(base):
                reversion.register(model, format="wagtail-page")


def _concrete(base: Any) -> Iterator[Any]:
    for model in base.__subclasses__():
        yield from _concrete(model)
        if not model._meta.abstract:
            yield model
