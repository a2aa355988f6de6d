"""Two content security policies: strict for visitors, Wagtail's needs for the admin."""

import environ
from csp.constants import NONCE, NONE, SELF, UNSAFE_INLINE

# Media on object storage come from another origin: MEDIA_ORIGIN names it.
_MEDIA = environ.Env().list("MEDIA_ORIGIN", default=[])

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
