"""What a form was opened with: sent along with it, and back again.

Autosave rewrites drafts in place, so the number of a draft does not tell what somebody
saw when they began; the text itself does. It is signed: nobody can make up what others
had written.
"""

import json
from typing import Any

from django import forms
from django.core import signing
from django.core.exceptions import BadRequest
from django.core.serializers.json import DjangoJSONEncoder

from wagtail.models import COMMENTS_RELATION_NAME

FIELD = "begun_with"
SALT = "core.snapshots"


def pack(subject: Any, data: dict[str, Any]) -> str:
    """The stored data of a text as one line that a form can carry."""
    kept = {
        name: value for name, value in data.items() if name != COMMENTS_RELATION_NAME
    }
    plain = json.loads(json.dumps(kept, cls=DjangoJSONEncoder))
    return signing.dumps([str(subject.uuid), plain], salt=SALT, compress=True)


def unpack(subject: Any, line: str) -> dict[str, Any]:
    """The data again. Raises BadRequest for a line that was not made for it."""
    try:
        uuid, data = signing.loads(line, salt=SALT)
    except signing.BadSignature as wrong:
        raise BadRequest("The form was changed on its way.") from wrong
    if uuid != str(subject.uuid):
        raise BadRequest("The form is that of something else.")
    return dict(data)


class SnapshotField(forms.CharField):
    """Carries what the form was opened with; nobody types in it."""

    widget = forms.HiddenInput

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(required=False, **kwargs)

    def has_changed(self, initial: Any, data: Any) -> bool:
        return False
