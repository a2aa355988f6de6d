"""What two editors do who have one page open."""

import json
from collections.abc import Mapping
from typing import Any

from django.test import Client

from history.models import RefusedText
from tests.history.published import live
from tests.moderation.admin_forms import edit_address

AUTOSAVE = {"accept": "application/json"}


def newest(page: Any) -> Any:
    return live(page).get_latest_revision_as_object()


def save(client: Client, page: Any, form: Mapping[str, Any], **given: str) -> Any:
    return client.post(edit_address(page), {**form, **given})


def settle_address(answer: Any) -> str:
    return f"/admin/kept-texts/{RefusedText.objects.latest('pk').pk}/"


def autosave(client: Client, page: Any, form: Mapping[str, Any], **given: str) -> Any:
    return client.post(edit_address(page), {**form, **given}, headers=AUTOSAVE)


def after_autosave(form: Mapping[str, Any], answer: Any) -> dict[str, Any]:
    """The form as the script of the editor leaves it after an autosave."""
    told = json.loads(answer.content)
    assert told["success"], told
    updates = {name: [value] for name, value in told["field_updates"].items()}
    return {**form, **updates, "overwrite_revision_id": [str(told["revision_id"])]}
