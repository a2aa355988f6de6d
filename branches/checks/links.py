"""Links that lead where nobody should be sent."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop as _

from branches.checks.registry import Remark, block, check
from branches.checks.subjects import Handed

# What a text names as an address, in a link or in words.
_LINK = re.compile(r"""href\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b[a-z][a-z0-9+.-]{1,20}://[^\s<>"']+""", re.IGNORECASE)
# Other ways to write the number of a machine: 2130706433, 0x7f.1
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*")
_SAFE = frozenset({"http", "https", "mailto", "tel", ""})


@check("links")
def look_for_unsafe_links(handed: Handed) -> Iterator[Remark]:
    """Addresses of schemes that run code, with a password, or of a bare machine."""
    for address in addresses_in(handed.proposal.source):
        if not is_safe(address):
            yield block(_("The source is no safe address."))
    for item in handed.items:
        for fact, texts in item.texts().items():
            addresses = (a for text in texts for a in addresses_in(text))
            if unsafe := next((a for a in addresses if not is_safe(a)), None):
                yield block(
                    _("“%(address)s” is no safe address."),
                    params={"address": unsafe[:100]},
                    uuid=item.plan.item.object_uuid,
                    fact=fact,
                )


def is_safe(address: str) -> bool:
    """Whether a link may lead there."""
    try:
        parts = urlsplit(address.strip())
        host, has_password = parts.hostname or "", "@" in parts.netloc
    except ValueError:
        return False
    if parts.scheme.lower() not in _SAFE or has_password:
        return False
    return not (_is_machine(host) or host == "localhost" or host.endswith(".localhost"))


def _is_machine(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return _NUMBER.fullmatch(host) is not None
    return True


def addresses_in(text: str) -> list[str]:
    """All that a text names as an address."""
    return [*_LINK.findall(text), *_ADDRESS.findall(text)]
