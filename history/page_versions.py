"""The published versions of a page, inside the admin."""

from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.urls import URLPattern, path
from django.utils.functional import cached_property

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.widgets.button import HeaderButton

import django_filters

from history.facts import label_of
from history.models import ChangeKind, Operation, PageVersion
from history.reading import may_read_hidden
from history.templatetags.blame import setter

MOST_LABELS = 6


class VersionsFilter(WagtailFilterSet):
    """By what kind of change it was."""

    kind = django_filters.ChoiceFilter(
        field_name="changeset__kind", label="Kind", choices=ChangeKind.choices
    )

    class Meta:
        model = PageVersion
        fields = ["kind"]


class VersionColumn(Column):
    """The number of a version, and where to go from it."""

    cell_template_name = "wagtailadmin/generic/history/action_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        home = f"{instance.page.get_url()}history/"
        compare = f"{instance.page.get_url()}diff/"
        seq = instance.seq
        actions = [{"url": f"{home}{seq}/", "label": f"Show version {seq}"}]
        if seq > 1:
            to = {"url": f"{compare}{seq - 1}..{seq}/", "label": "What it changed"}
            actions.append(to)
        if seq < instance.newest:
            since = f"{compare}{seq}..{instance.newest}/"
            actions += [
                {"url": since, "label": "What changed since"},
                {"url": f"{home}{seq}/revert/", "label": "Revert to this version"},
            ]
        return {**context, "actions": actions}


class PublishedVersions(PageHistoryView):
    """Every version visitors saw: number, who, when, why, which facts.

    For those who may edit the page, as the stock history of drafts beside it.
    """

    page_title = "Published versions"
    filterset_class = VersionsFilter
    history_url_name = "history_page_versions"
    history_results_url_name = "history_page_versions_results"

    @cached_property
    def verbose_name_plural(self) -> str:
        return str(PageVersion._meta.verbose_name_plural)

    @cached_property
    def header_buttons(self) -> list[HeaderButton]:
        public = self.object.get_url()
        buttons = list(super().header_buttons)
        if public:
            url = f"{public}history/"
            buttons.append(HeaderButton("Public history", url, icon_name="view"))
        return buttons

    @cached_property
    def columns(self) -> list[Column]:
        return [
            VersionColumn("seq", label="Version", accessor=_told),
            Column("who", label="Who", accessor=lambda one: setter(one.changeset)),
            Column("facts", label="Changed", accessor=self._facts),
            Column("why", label="Why", accessor=_why),
            DateColumn("made_at", label="Date", accessor="changeset.made_at"),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *items, last = super().get_breadcrumbs_items()
        return [*items, {**last, "label": str(self.page_title)}]

    def get_base_queryset(self) -> QuerySet[PageVersion]:
        versions = PageVersion.objects.filter(object_uuid=self.object.uuid)
        self.newest = versions.count()
        return (
            versions.select_related("changeset__author", "changeset__publisher")
            # The text lies in `payload`, which no list loads.
            .order_by("-seq")
        )

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        for version in context["object_list"]:
            version.page = self.object
            version.newest = self.newest
        return context

    def _facts(self, version: PageVersion) -> str:
        if version.operation != Operation.EDIT:
            return ""
        if version.text_hidden and not may_read_hidden(self.request.user):
            return ""
        model = ContentType.objects.get_for_id(version.content_type_id).model_class()
        labels = dict.fromkeys(label_of(model, name) for name in version.changed_facts)
        more = len(labels) - MOST_LABELS
        told = ", ".join([*labels][:MOST_LABELS])
        return f"{told} and {more} more" if more > 0 else told


def _told(version: PageVersion) -> str:
    kind = version.changeset.kind
    said = version.get_operation_display()
    if kind in (ChangeKind.REVERT, ChangeKind.IMPORT):
        said += f" ({version.changeset.get_kind_display().lower()})"
    return f"{version.seq}: {said}"


def _why(version: PageVersion) -> str:
    changeset = version.changeset
    return "" if changeset.reason_hidden else changeset.reason


@hooks.register("register_admin_urls")
def register_versions() -> list[URLPattern]:
    versions = PublishedVersions.as_view
    return [
        path("pages/<int:page_id>/versions/", versions(), name="history_page_versions"),
        path(
            "pages/<int:page_id>/versions/results/",
            versions(results_only=True),
            name="history_page_versions_results",
        ),
    ]
