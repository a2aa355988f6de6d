"""Rich text for readers: nothing but what the editor's own field can write.

Code may store any markup in a story. Tags beyond the list are left out and their words
stay, so a page shows no script, no style and no form whoever wrote it. Reading takes
time in proportion to the length of the text, however broken its markup is.

Why no library: nh3 was measured. It takes half the time for what editors write, but the
square of it for lists within lists that nobody closes (64 KB of them: one second, a
megabyte by that: minutes), and comparisons need the same reader of tags in any case.
"""

import re
from html import escape, unescape

from wagtail.whitelist import check_url

# What a text consists of: comments, what is never shown, tags, words.
TOKEN = re.compile(
    r"<!--.*?(?:-->|\Z)"
    r"|<(?P<unseen>script|style|template|title|textarea)\b.*?(?:</(?P=unseen)\s*>|\Z)"
    r"|<(?P<end>/?)(?P<tag>[a-z][a-z0-9]*)(?P<attributes>[^>]*)(?:>|\Z)"
    r"|<[!?][^>]*(?:>|\Z)"
    r"|(?P<text>[^<]+|<)",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(
    r"([a-z][a-z0-9-]{0,30})\s{0,9}=\s{0,9}"
    r"(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'>]+))",
    re.IGNORECASE,
)
# What STORY_FEATURES of core/blocks.py come to in HTML.
ALLOWED = frozenset(
    ["p", "b", "strong", "i", "em", "a", "ol", "ul", "li", "sup", "sub", "br"]
)
# Letters within one tag that are read for attributes.
LONGEST_TAG = 4_000
# No story has so many; closing tags are looked for among all that are open.
MOST_OPEN = 200
_KEY = re.compile(r"[a-z0-9-]{1,40}", re.IGNORECASE)


def attributes_in(text: str) -> dict[str, str]:
    """What stands behind the name of a tag, the first of each name."""
    found: dict[str, str] = {}
    for name, *values in ATTRIBUTE.findall(text[:LONGEST_TAG]):
        found.setdefault(name.lower(), unescape("".join(values)))
    return found


def cleaned(source: str) -> str:
    """A stored rich text without what the editor's field would not have written.

    Links to pages stay as they are stored; every tag that is opened is closed.
    """
    parts: list[str] = []
    still_open: list[str] = []
    for token in TOKEN.finditer(source):
        tag = (token["tag"] or "").lower()
        if token["text"]:
            parts.append(token["text"].replace("<", "&lt;"))
        elif tag == "br":
            parts.append("<br/>")
        elif tag not in ALLOWED:
            continue
        elif token["end"]:
            parts += _closed(still_open, tag)
        elif len(still_open) < MOST_OPEN:
            parts.append(f"<{tag}{_kept(tag, token['attributes'])}>")
            still_open.append(tag)
    return "".join([*parts, *(f"</{tag}>" for tag in reversed(still_open))])


def _closed(still_open: list[str], tag: str) -> list[str]:
    """The ends of a tag and of all within it; nothing if it was never opened."""
    if tag not in still_open:
        return []
    ends: list[str] = []
    while not ends or ends[-1] != f"</{tag}>":
        ends.append(f"</{still_open.pop()}>")
    return ends


def _kept(tag: str, written: str) -> str:
    """Where a link leads, and the key by which a paragraph is known."""
    found = attributes_in(written)
    key, number = found.get("data-block-key", ""), found.get("id", "")
    kept: tuple[str, ...] = ()
    if tag != "a":
        kept = ("data-block-key",) if _KEY.fullmatch(key) else ()
    elif "linktype" in found:
        is_page = found["linktype"] == "page" and re.fullmatch(r"[0-9]{1,18}", number)
        kept = ("linktype", "id") if is_page else ()
    elif check_url(found.get("href", "")):
        kept = ("href",)
    return "".join(f' {name}="{escape(found[name])}"' for name in kept)
