"""An editor at work on a branch."""

from typing import Any

from django.test import Client

import pytest

from branches.actions import begin_branch
from branches.models import Proposal
from tests.factories.people import make_person


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def as_editor(editor: Any) -> Client:
    client = Client()
    client.force_login(editor)
    return client


@pytest.fixture
def branch(editor: Any) -> Proposal:
    return begin_branch("Season 2027", by=editor, reason="For the new season")


@pytest.fixture
def on_branch(as_editor: Client, branch: Proposal) -> Client:
    """The editor's browser, on the branch."""
    as_editor.post(f"/admin/branches/{branch.pk}/choose/")
    return as_editor
