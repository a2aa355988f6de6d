"""A process that posts one form of the admin as one person, and says the status.

ASKED='{"person": 1, "address": "/admin/…", "form": {…}}' python -m tests.faults.saving
"""

import json
import os
import sys
from typing import Any

import django
from django.contrib.auth import get_user_model
from django.test import Client


def post(person: int, address: str, form: dict[str, Any]) -> int:
    """The status of the answer."""
    client = Client()
    client.force_login(get_user_model()._base_manager.get(pk=person))
    return client.post(address, form).status_code


if __name__ == "__main__":
    django.setup()
    sys.stdout.write(f"{post(**json.loads(os.environ['ASKED']))}\n")
