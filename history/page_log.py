"""Wagtail's log of a page, leading on where the revisions of its entries are gone."""

from typing import Any

from django.db.models import OuterRef, QuerySet, Subquery
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.pages.history import PageHistoryView

from history.models import PageVersion


class ActionOrVersionColumn(ActionColumn):
    """Offers the version that was published where the stock links would lead nowhere.

    The pruner (history/revisions.py) takes revisions; their log entries stay.
    """

    def get_actions(self, instance: Any, parent_context: Any) -> list[dict[str, str]]:
        if not instance.revision_id or instance.revision is not None:
            return list(super().get_actions(instance, parent_context))
        address = self.object.get_url()
        if instance.published_as is None or address is None:
            return []
        number = instance.published_as
        label = _("Show version %(number)s") % {"number": number}
        return [{"url": f"{address}history/{number}/", "label": label}]


class PageLogView(PageHistoryView):
    """The stock log with such a column."""

    @cached_property
    def columns(self) -> list[Any]:
        stock, *others = super().columns
        column = ActionOrVersionColumn(
            stock.name,
            label=stock.label,
            object=stock.object,
            url_names=stock.url_names,
            user_can_unschedule=stock.user_can_unschedule,
        )
        return [column, *others]

    def _annotate_queryset(self, queryset: QuerySet[Any]) -> QuerySet[Any]:
        published = PageVersion.objects.filter(revision_pk=OuterRef("revision_id"))
        return (
            super()
            ._annotate_queryset(queryset)
            .annotate(
                published_as=Subquery(published.order_by("-pk").values("seq")[:1])
            )
        )
