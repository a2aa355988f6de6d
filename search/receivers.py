"""Keeping the index in step with what is published."""

from typing import Any

from wagtail.search.index import insert_or_update_object
from wagtail.signals import page_published

from parks.models import CompanyPage, ParkPage, RidePage

# The stock index is written while a page is saved, which is before its rows are:
# the names and makers it holds are those of the save before.
WITH_ROWS = (ParkPage, RidePage, CompanyPage)


def connect() -> None:
    """Index a page again once its rows are stored."""
    for page_type in WITH_ROWS:
        page_published.connect(_index, sender=page_type, dispatch_uid="search.rows")


def _index(sender: Any, instance: Any, **kwargs: Any) -> None:
    insert_or_update_object(sender.objects.get(pk=instance.pk))
