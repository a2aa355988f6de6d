"""Pages of the wiki that are no pages of the tree, as steps of a trail."""

from dataclasses import dataclass

from django.http import HttpRequest

# Depth of the front page in the tree, and of what lies right below it.
FRONT, BELOW = 2, 3


@dataclass(frozen=True, slots=True)
class Step:
    """Something with a title and an address, as far as breadcrumbs need a page."""

    title: str
    path: str
    depth: int = BELOW

    def get_url(self, request: HttpRequest | None = None) -> str:
        return self.path

    def get_full_url(self, request: HttpRequest) -> str:
        return request.build_absolute_uri(self.path)


HOME = Step("ThrillWiki", "/", FRONT)
