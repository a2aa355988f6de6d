"""Links that lead where nobody should be sent, and photos nobody may show."""

import re
from collections.abc import Iterator
from ipaddress import ip_address
from urllib.parse import urlsplit

from django.utils.translation import gettext_noop as _

from branches.checks.photos import photos_in
from branches.checks.registry import Remark, block, check
from branches.checks.subjects import Handed
from photos.models import Photo

# What a text names as an address, in a link or in words.
_LINK = re.compile(r"""href\s*=\s*["']([^"']*)["']""", re.IGNORECASE)
_ADDRESS = re.compile(r"""\b[a-z][a-z0-9+.-]{1,20}://[^\s<>"']+""", re.IGNORECASE)
# Other ways to write the number of a machine: 2130706433, 0x7f.1
_NUMBER = re.compile(r"(0x[0-9a-f]*|[0-9]+)(\.(0x[0-9a-f]*|[0-9]+))*")
_SAFE = frozenset({"http", "https", "mailto", "tel", ""})


@check("links")
def look_for_unsafe_links(handed: Handed) -> Iterator[Remark]:
    """Addresses of schemes that run code, with a password, or of a bare machine."""
    for address in _addresses(handed.proposal.source):
        if not is_safe(address):
            yield block(_("The source is no safe address."))
    for item in handed.items:
        for fact, texts in item.texts().items():
            addresses = (a for text in texts for a in _addresses(text))
            if unsafe := next((a for a in addresses if not is_safe(a)), None):
                yield block(
                    _("“%(address)s” is no safe address."),
                    params={"address": unsafe[:100]},
                    uuid=item.plan.item.object_uuid,
                    fact=fact,
                )


@check("licence")
def look_for_licences(handed: Handed) -> Iterator[Remark]:
    """Photos that were not there before and that nobody has given a licence."""
    for item in handed.items:
        new = photos_in(item.says) - photos_in(item.was)
        bare = Photo.objects.filter(pk__in=new, licence=None)
        for title in bare.values_list("title", flat=True):
            yield block(
                _("The photo “%(title)s” has no licence."),
                params={"title": title},
                uuid=item.plan.item.object_uuid,
                fact="lead_photo" if "lead_photo" in item.changes else "gallery",
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


def _addresses(text: str) -> list[str]:
    return [*_LINK.findall(text), *_ADDRESS.findall(text)]
