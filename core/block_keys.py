"""The keys by which the editor of paragraphs finds each again; no reader sees them."""

import re

_KEY = re.compile(r' data-block-key="[^"<>]*"')


def has_keys(text: str) -> bool:
    """Whether any paragraph of a rich text has one."""
    return _KEY.search(text) is not None


def without_keys(text: str) -> str:
    """What a rich text says."""
    return _KEY.sub("", text)
