"""Names for points in history."""

from typing import Any

from django.conf import settings
from django.db import models
from django.utils import timezone

from history.models.changesets import ChangeSet


class TagIsPermanent(Exception):
    """A tag was to be changed or deleted. Make another one."""


class PermanentTags(models.QuerySet["Tag"]):
    """Tags, many at once: what no single one allows, none of these does."""

    def update(self, **values: Any) -> int:
        raise TagIsPermanent(", ".join(values))

    def delete(self) -> Any:
        raise TagIsPermanent


class Tag(models.Model):
    """A name for the state of the whole wiki right after one changeset.

    Written once: saving it again or deleting it raises TagIsPermanent.
    """

    name = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    changeset = models.ForeignKey(
        ChangeSet, on_delete=models.PROTECT, related_name="tags"
    )
    note = models.CharField(max_length=300, blank=True)
    made_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+"
    )
    made_at = models.DateTimeField(default=timezone.now)

    objects = PermanentTags.as_manager()

    class Meta:
        ordering = ("-changeset_id", "name")

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise TagIsPermanent(self.name)
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> Any:
        raise TagIsPermanent(self.name)
