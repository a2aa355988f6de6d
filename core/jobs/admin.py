"""Jobs in the admin: their progress, their report, a way to cancel them."""

from typing import Any

from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _

from wagtail_modeladmin.options import ModelAdmin
from wagtail_modeladmin.views import InspectView

from core.jobs.models import Job
from core.jobs.views import cancel, context_of, progress
from core.read_only_admin import ExportsPlainText, ReadOnly


class InspectJob(InspectView):
    """One job, with what it has to report."""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        context = super().get_context_data(**kwargs)
        return context | context_of(self.instance, self.request.user)


class JobIndex(ExportsPlainText):
    page_title = _("Jobs")


class JobAdmin(ModelAdmin):
    model = Job
    base_url_path = "jobs"
    menu_label = _("Jobs")
    menu_icon = "tasks"
    permission_helper_class = ReadOnly
    index_view_class = JobIndex
    inspect_view_enabled = True
    inspect_view_class = InspectJob
    inspect_template_name = "core/jobs/inspect.html"
    inspect_view_fields = (
        *("kind", "options", "created_by", "created_at", "started_at"),
        *("heartbeat_at", "finished_at", "attempts", "holder"),
    )
    inspect_view_extra_js = ("django_htmx/htmx-2.min.js",)
    history_view_enabled = False
    list_display = ("name", "state", "progress", "started_at", "finished_at", "message")
    list_filter = ("state", "kind", "created_at")
    list_select_related = ("created_by",)
    list_export = (
        *("pk", "kind", "state", "done", "total", "message"),
        *("created_at", "started_at", "finished_at", "created_by"),
    )
    search_fields = ("kind", "message", "occasion")

    @staticmethod
    def name(job: Job) -> str:
        """What is done, and the way to its page."""
        return f"{job.pk}: {job.label}"

    @staticmethod
    def progress(job: Job) -> str:
        """How many of how many."""
        return f"{job.done:,} of {job.total:,}" if job.total else "–"

    def get_admin_urls_for_registration(self) -> tuple[URLPattern, ...]:
        """The listing's addresses, and those of what can be done with a job."""
        return (
            *super().get_admin_urls_for_registration(),
            path("jobs/<int:pk>/cancel/", cancel, name="core_job_cancel"),
            path("jobs/<int:pk>/progress/", progress, name="core_job_progress"),
        )
