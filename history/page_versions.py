"""The published versions of a page, inside the admin."""

from typing import Any

from django.db.models import QuerySet, Subquery
from django.urls import URLPattern, path
from django.utils.functional import cached_property
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail import hooks
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.pages.history import PageHistoryView
from wagtail.admin.widgets.button import HeaderButton

import django_filters

from history.models import ChangeKind, ObjectHead, PageVersion
from history.public.entries import entries_of
from history.public.lines import for_lists, line_of


class VersionsFilter(WagtailFilterSet):
    """By what kind of change it was."""

    kind = django_filters.ChoiceFilter(
        field_name="changeset__kind", label=_("Kind"), choices=ChangeKind.choices
    )

    class Meta:
        model = PageVersion
        fields = ["kind"]


class VersionColumn(Column):
    """The number of a version, and where to go from it."""

    cell_template_name = "wagtailadmin/generic/history/action_cell.html"

    def get_cell_context_data(self, instance: Any, parent_context: Any) -> Any:
        context = super().get_cell_context_data(instance, parent_context)
        entry, seq, newest = instance.entry, instance.seq, instance.newest
        actions = [
            {"url": entry.url, "label": gettext("Show version %(seq)s") % {"seq": seq}}
        ]
        if entry.changes_url:
            actions.append(
                {"url": entry.changes_url, "label": gettext("What it changed")}
            )
        if seq < newest:
            since = entry.home.diff(seq, newest)
            actions += [
                {"url": since, "label": gettext("What changed since")},
                {
                    "url": f"{entry.url}revert/",
                    "label": gettext("Revert to this version"),
                },
            ]
        return {**context, "actions": actions}


class PublishedVersions(PageHistoryView):
    """Every version visitors saw: number, who, when, why, which facts.

    For those who may edit the page, as the stock history of drafts beside it.
    """

    page_title = _("Published versions")
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
            buttons.append(
                HeaderButton(gettext("Public history"), url, icon_name="view")
            )
        return buttons

    @cached_property
    def columns(self) -> list[Column]:
        return [
            VersionColumn("seq", label=gettext("Version"), accessor=_told),
            Column("who", label=gettext("Who"), accessor="entry.who"),
            Column("facts", label=gettext("Changed"), accessor=_facts),
            Column("why", label=gettext("Why"), accessor="entry.reason"),
            DateColumn("made_at", label=gettext("Date"), accessor="changeset.made_at"),
        ]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        *items, last = super().get_breadcrumbs_items()
        return [*items, {**last, "label": str(self.page_title)}]

    def get_base_queryset(self) -> QuerySet[PageVersion]:
        versions = PageVersion.objects.filter(object_uuid=self.object.uuid)
        head = ObjectHead.objects.filter(object_uuid=self.object.uuid)
        newest = Subquery(head.values("version__seq"))
        return for_lists(versions).annotate(newest=newest).order_by("-seq")

    def get_context_data(self, *args: Any, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(*args, **kwargs)
        # The same rows as those of the table, which reads their entries.
        versions = context["object_list"]
        lines = [line_of(version) for version in versions]
        entries = entries_of(lines, request=self.request)
        for version, entry in zip(versions, entries, strict=True):
            version.entry = entry
        return context


def _facts(version: Any) -> str:
    entry = version.entry
    told = ", ".join(entry.facts)
    return (
        gettext("%(told)s and %(more_facts)s more")
        % {"told": told, "more_facts": entry.more_facts}
        if entry.more_facts
        else told
    )


def _told(version: Any) -> str:
    return f"{version.seq}: {version.entry.what}"


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
