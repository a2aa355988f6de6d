"""Whole pages kept in parts: under which key, with which stamp, for whom.

What is kept names the topics it shows and their stamp. As long as the stamp is the
same nothing else has to be asked, not even where the page stands: whatever could make
the address lead elsewhere, or to nobody, touches everything (rules.py).
"""

import hashlib
import json
from dataclasses import dataclass

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.template.response import TemplateResponse
from django.utils import timezone, translation

import zstandard

from core.caching import fetched, keep
from core.caching.build import build
from core.caching.fragments import Fragments
from core.caching.readers import Role, is_nobody, role_of
from core.caching.rules import shown_on
from core.caching.stamps import WHOLE_WIKI, Stamp, stamp_of
from core.models import ContentPage
from core.overlay import overlay_for
from core.reader import units_of

# Only so that pages nobody asks for go: what is kept never becomes wrong with time.
KEPT_S = 7 * 24 * 3600
# The one parameter of which there are few values for each page.
NUMBER = "page"


@dataclass(frozen=True, slots=True)
class Kept:
    """A page in parts, as many readers may see it."""

    template: str
    topics: tuple[str, ...]
    stamp: int
    vary: str
    packed: bytes

    def parts(self) -> dict[str, str]:
        """The parts by name."""
        found: dict[str, str] = json.loads(zstandard.decompress(self.packed))
        return found


@dataclass
class Keeping:
    """Where the page of one address is kept for a class of readers."""

    key: str
    is_for_everybody: bool
    before: Stamp

    @classmethod
    def look_for(cls, request: HttpRequest) -> "tuple[Keeping | None, Kept | None]":
        """The place for what was asked, and what is kept there and still right.

        Both None when the answer is for this reader only, or one of too many.
        """
        if not _is_plain(request) or (role := role_of(request)) is None:
            return None, None
        key = _key(request, role)
        kept: Kept | None = fetched(key)
        # Before anything else is read: what is read later is never older than this.
        stamp = stamp_of(kept.topics if kept else WHOLE_WIKI)
        keeping = cls(key, is_nobody(request), stamp)
        is_right = kept is not None and kept.stamp == stamp.topics
        return keeping, kept if is_right else None

    def etag(self, stamp: int) -> str:
        """The name of what this address shows everybody at a stamp."""
        text = f"{self.key}|{stamp}"
        return f'W/"{hashlib.sha256(text.encode()).hexdigest()[:24]}"'

    def watch(self, response: HttpResponseBase) -> None:
        """Keep the parts of a page once it has been made, if it may be kept."""
        if not isinstance(response, TemplateResponse) or response.is_rendered:
            return
        context = response.context_data or {}
        page = context.get("page")
        if response.status_code != 200 or not isinstance(page, ContentPage):
            return
        fragments = Fragments()
        response.context_data = {**context, "fragments": fragments}
        response.add_post_render_callback(
            lambda made: self._keep(made, page, fragments)
        )

    def _keep(
        self, response: TemplateResponse, page: ContentPage, fragments: Fragments
    ) -> None:
        # Wagtail says so of pages that not everybody may read.
        if not fragments.is_for_many or response.has_header("Cache-Control"):
            return
        topics = shown_on(page)
        now = stamp_of(topics)
        if now.wiki != self.before.wiki:
            # Something changed meanwhile: these parts may be of before and of after.
            return
        packed = zstandard.compress(json.dumps(fragments.made).encode())
        kept = Kept(
            str(response.template_name),
            topics,
            now.topics,
            response.get("Vary", ""),
            packed,
        )
        keep(self.key, kept, seconds=KEPT_S)
        if self.is_for_everybody:
            response.headers["ETag"] = self.etag(now.topics)


def _is_plain(request: HttpRequest) -> bool:
    """Whether the address asks for a page as it is, or for one number of its list."""
    asked = request.GET
    return (
        request.method in ("GET", "HEAD")
        # Neither what a branch shows nor its banner is for anybody else.
        and overlay_for(request) is None
        and not getattr(request, "htmx", False)
        and (not asked or (list(asked) == [NUMBER] and asked[NUMBER].isdigit()))
        and len(asked.get(NUMBER, "")) < 6
    )


def _key(request: HttpRequest, role: Role) -> str:
    parts = (
        *(build(), role, units_of(request), translation.get_language()),
        # On another day a page may say something else.
        *(timezone.localdate(), request.scheme, request.get_host()),
        *(request.path, request.GET.get(NUMBER, "")),
    )
    text = "\n".join(map(str, parts))
    return f"page:{hashlib.sha256(text.encode()).hexdigest()}"
