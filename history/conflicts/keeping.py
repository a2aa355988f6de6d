"""The text of who came second: kept for a while, and not what others go on from."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from wagtail.models import Page, Revision

from history.content import Versioned
from history.models import Purpose, RefusedText
from history.models.refused import KEPT_FOR

# What the row of an object knows of its newest draft, and that of a page besides.
POINTERS = ("latest_revision", "has_unpublished_changes")
OF_A_PAGE = ("latest_revision_created_at", "draft_title")


@transaction.atomic
def keep_text(
    subject: Versioned,
    *,
    by: Any,
    previous: Revision | None = None,
    purpose: Purpose = Purpose.PUBLISH,
    began: dict[str, Any] | None = None,
) -> RefusedText:
    """Save a refused text as a revision that is not the draft others go on from.

    As the newest draft it would greet the next editor with a text that lacks what was
    saved meanwhile. The pruner leaves it until its author had time to look at it.
    """
    is_page = isinstance(subject, Page)
    model: Any = Page if is_page else type(subject)
    row = model._base_manager.filter(pk=subject.pk)
    known = row.values(*POINTERS, *(OF_A_PAGE if is_page else ())).get()
    kept = subject.save_revision(
        user=by, log_action=True, previous_revision=previous, clean=False
    )
    row.update(**known)
    # In memory it has dates where the stored text, like any version, has words.
    kept.refresh_from_db()
    return RefusedText.objects.create(revision=kept, purpose=purpose, began=began)


def let_go(*, now: datetime | None = None) -> int:
    """Leave refused texts to the pruner that nobody took up; returns how many."""
    over = RefusedText.objects.filter(refused_at__lt=(now or timezone.now()) - KEPT_FOR)
    return over.delete()[0]
