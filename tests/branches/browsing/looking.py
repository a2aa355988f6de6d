"""People who look at branches."""

from typing import Any

from django.test import Client

from branches.actions import share_branch
from branches.models import Proposal
from branches.sharing import link_of


def signed_in(person: Any) -> Client:
    client = Client()
    client.force_login(person)
    return client


def looking_at(branch: Proposal, client: Client) -> Client:
    response = client.post(f"/branches/{branch.pk}/look/")
    assert response.status_code == 302
    return client


def shared(branch: Proposal, *, by: Any) -> str:
    """The query of an address that lets others look at a branch."""
    return f"?branch={link_of(share_branch(branch, by=by), by=by)}"
