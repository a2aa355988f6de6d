"""Two content security policies: strict for visitors, Wagtail's needs for the admin."""

from urllib.parse import urlsplit

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

_env = environ.Env()
# Media on object storage come from another origin: MEDIA_ORIGIN names it.
_MEDIA = _env.list("MEDIA_ORIGIN", default=[])
# The pictures of a detailed map, which readers are asked about before they are fetched.
_TILES = _env.str("MAP_TILES_URL", default="")


def origin_of_tiles(address: str) -> list[str]:
    """The origin a tile address such as https://{s}.tiles.example/{z}/{x}/{y} names."""
    parts = urlsplit(address.replace("{s}", "*"))
    return [f"{parts.scheme}://{parts.netloc}"] if parts.netloc else []


_SHARED = {
    "default-src": [SELF],
    "img-src": [SELF, "data:", "blob:", *_MEDIA],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "form-action": [SELF],
    "object-src": [NONE],
    "base-uri": [NONE],
}

PUBLIC_POLICY = {
    **_SHARED,
    "img-src": [*_SHARED["img-src"], *origin_of_tiles(_TILES)],
    "script-src": [SELF, NONCE],
    "style-src": [SELF],
    "frame-ancestors": [NONE],
}

# The page editor of Wagtail 8 still carries inline scripts and styles, and its
# preview panel frames our own pages.
ADMIN_POLICY = {
    **_SHARED,
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "frame-ancestors": [SELF],
}
