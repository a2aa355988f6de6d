"""The archive in the admin."""

from django.contrib.auth.models import Permission
from django.db.models import Q, QuerySet

from wagtail import hooks
from wagtail_modeladmin.options import modeladmin_register

from history.archive.admin import ArchiveGroup

modeladmin_register(ArchiveGroup)


@hooks.register("register_permissions")
def register_rights() -> QuerySet[Permission]:
    """Let groups be given the rights to see jobs and bundles, and to run jobs."""
    jobs = Q(content_type__app_label="core", codename__in=["view_job", "run_job"])
    bundles = Q(content_type__app_label="history", codename="view_archivebundle")
    return Permission.objects.filter(jobs | bundles)
