"""A process that publishes one page again and again, and says what was accepted.

python -m tests.faults.publishing PARK NUMBER FIRST_TOKEN
"""

import sys
from typing import Any

import django
from django.apps import apps


def publish_many(pk: int, number: int, first: int) -> None:
    """Publish `number` cities, each with its token, and say each once it is live."""
    parks: Any = apps.get_model("parks", "ParkPage")
    for token in range(first, first + number):
        park = parks.objects.get(pk=pk).get_latest_revision_as_object()
        park.city = f"City {token}"
        park.save_revision().publish()
        sys.stdout.write(f"{token}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    django.setup()
    publish_many(*map(int, sys.argv[1:]))
