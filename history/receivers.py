"""Every route to a publish raises the same signal; all of them end here."""

from typing import Any

from django.dispatch import receiver

from wagtail.signals import page_published

from core.models import ContentPage
from history.recording import record


@receiver(page_published)
def record_publish(instance: Any, **kwargs: Any) -> None:
    """Record the publish, unless the page was only scheduled and is not live yet."""
    if isinstance(instance, ContentPage) and instance.live:
        record(instance)
