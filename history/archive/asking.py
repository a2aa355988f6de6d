"""From what an operator types to the versions that are meant."""

from typing import Any
from uuid import UUID

from wagtail.models import Page, Site

from core.models import ContentPage
from history.models import ArchiveBundle, PageVersion


class NotFound(Exception):
    """Nothing in the history answers to what was typed."""


def object_at(address: str) -> str:
    """The uuid of the page at a site address, or of the one last known there.

    A uuid is taken as it is, so snippets and pages long deleted can be named too.
    """
    try:
        return str(UUID(address))
    except ValueError:
        pass
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    root = site.root_page.url_path if site else "/"
    inside = address.strip("/")
    place = f"{root}{inside}/" if inside else root
    page = Page.objects.filter(url_path=place).specific().first()
    if isinstance(page, ContentPage):
        return str(page.uuid)
    known = PageVersion.objects.filter(address=place).order_by("-changeset_id").first()
    if known is None:
        raise NotFound(f"There is and was no page at {address}.")
    return str(known.object_uuid)


def bundle_called(name: str) -> str:
    """The key of a bundle by its name or uuid."""
    known = ArchiveBundle.objects.filter(name=name).first()
    if known is not None:
        return str(known.pk)
    try:
        return str(ArchiveBundle.objects.get(pk=UUID(name)).pk)
    except (ValueError, ArchiveBundle.DoesNotExist) as error:
        raise NotFound(f"There is no bundle {name}.") from error


def version_called(name: str) -> dict[str, Any]:
    """The options of a job for one version, named as ADDRESS@NUMBER."""
    address, _, number = name.rpartition("@")
    if not number.isascii() or not number.isdecimal():
        raise NotFound(f"Name a version as parks/cedar-point@12, not as {name}.")
    uuid = object_at(address)
    version = PageVersion.objects.filter(object_uuid=uuid, seq=number).first()
    if version is None:
        raise NotFound(f"{address} has no version {number}.")
    return {"pk": version.pk}
