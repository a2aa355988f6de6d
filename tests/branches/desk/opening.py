"""What the editor's browser does on a branch."""

from typing import Any

from django.test import Client
from django.urls import reverse

from branches.models import Proposal, ProposalItem
from tests.moderation.admin_forms import Fields, open_editor


def address(branch: Proposal, name: str, page: Any) -> str:
    return reverse(f"branches_desk:{name}", args=[branch.pk, page.uuid])


def opened(client: Client, branch: Proposal, page: Any) -> Fields:
    return open_editor(client, address(branch, "edit", page))


def save(
    client: Client,
    branch: Proposal,
    page: Any,
    form: Fields | None = None,
    **given: Any,
) -> Any:
    """Change something in the form of a page on a branch and save it."""
    form = form or opened(client, branch, page)
    return client.post(address(branch, "edit", page), {**form, **given})


def item_of(branch: Proposal, page: Any) -> ProposalItem:
    return ProposalItem.objects.get(proposal=branch, object_uuid=page.uuid)
