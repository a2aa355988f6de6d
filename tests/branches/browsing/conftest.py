"""An editor, who works on branches."""

from typing import Any

from django.test import Client

import pytest

from tests.branches.browsing.looking import signed_in
from tests.factories.people import make_person


@pytest.fixture
def editor(home: Any) -> Any:
    return make_person("Editor", display_name="Edda")


@pytest.fixture
def as_editor(editor: Any) -> Client:
    return signed_in(editor)
