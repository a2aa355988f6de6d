"""Steps of a breadcrumb trail that are no pages of the tree."""

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Crumb:
    """A place with an address of its own; `depth` is that of the front page or more."""

    title: str
    url: str
    depth: int = 3

    def get_url(self, request: Any = None) -> str:
        return self.url


# The front page, as components/breadcrumbs.html knows it.
FRONT_PAGE = Crumb("Home", "/", depth=2)
