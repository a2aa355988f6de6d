"""The end of what lies in the trash."""

from datetime import datetime

from django.utils import timezone

from history.models import Deletion


def empty(*, now: datetime | None = None) -> int:
    """Throw away what has been in the trash too long; returns how many deletions.

    Versions are no part of it: the history of what was public stays.
    """
    over = Deletion.objects.filter(expires_at__lt=now or timezone.now())
    _, by_model = over.delete()
    return by_model.get(Deletion._meta.label, 0)
