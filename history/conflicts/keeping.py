"""The text of who came second: kept for a while, and not what others go on from."""

from datetime import datetime

from django.utils import timezone

from wagtail.models import Revision

from history.models import RefusedText
from history.models.refused import KEPT_FOR


def keep_text(revision: Revision) -> None:
    """Keep a refused text from the pruner until its author had time to look at it."""
    RefusedText.objects.get_or_create(revision=revision)


def let_go(*, now: datetime | None = None) -> int:
    """Leave refused texts to the pruner that nobody took up; returns how many."""
    over = RefusedText.objects.filter(refused_at__lt=(now or timezone.now()) - KEPT_FOR)
    return over.delete()[0]
