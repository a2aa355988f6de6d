"""Caches whose loss is forgiven where a database knows the same."""

from collections.abc import Callable
from contextlib import suppress
from typing import Any

from django.core.cache.backends.base import DEFAULT_TIMEOUT, BaseCache
from django.core.cache.backends.filebased import FileBasedCache

# What libraries and sessions keep without asking whether the cache is there. All of
# it is in the database too. Whatever else is kept has to say what happens without:
# limits that are counted here close, for example.
FORGIVEN = ("wagtail_", "django.contrib.sessions.cached_db")


class Forgiving(BaseCache):
    """Mixed into a cache that raises one of `away` when it cannot be reached."""

    away: tuple[type[Exception], ...] = (OSError,)

    def get(self, key: str, default: Any = None, version: Any = None) -> Any:
        return self._forgiving(key, super().get, default, version, instead=default)

    def set(
        self,
        key: str,
        value: Any,
        timeout: Any = DEFAULT_TIMEOUT,
        version: Any = None,
    ) -> None:
        self._forgiving(key, super().set, value, timeout, version)

    def delete(self, key: str, version: Any = None) -> bool:
        return bool(self._forgiving(key, super().delete, version))

    def has_key(self, key: str, version: Any = None) -> bool:
        return bool(self._forgiving(key, super().has_key, version))

    def _forgiving(
        self, key: str, deed: Callable[..., Any], *given: Any, instead: Any = None
    ) -> Any:
        try:
            return deed(key, *given)
        except self.away:
            if key.startswith(FORGIVEN):
                return instead
            raise


class ForgivingFileCache(Forgiving, FileBasedCache):
    """A folder that may be full, or somebody else's."""

    def _createdir(self) -> None:
        # Where there can be no folder, the first write says so, and only that.
        with suppress(OSError):
            super()._createdir()  # type: ignore[misc]  # Django's, unknown to its types
