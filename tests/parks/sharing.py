"""What the head of a page tells other sites about it."""

import json
import re
from html import unescape
from typing import Any


def shared_as(html: str) -> dict[str, str]:
    """The properties of Open Graph, and the name of the card."""
    found = re.findall(r'<meta [^>]*?property="(og:.*?)" content="(.*?)"', html)
    found += re.findall(r'<meta name="(twitter:.*?)" content="(.*?)"', html)
    return {name: unescape(content) for name, content in found}


def structured(html: str) -> list[dict[str, Any]]:
    """The schema.org data of a page."""
    scripts = re.findall(
        r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL
    )
    return [json.loads(script) for script in scripts]
