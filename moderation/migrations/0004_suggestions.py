"""Suggestions are reviewed by the workflow of the pages, and moderators may decide.

Running it again adds what is missing and touches nothing else.
"""

from typing import Any

from django.db import migrations

GROUP = "Moderator"
RIGHTS = (
    ("review_proposal", "Can decide about suggestions of others"),
    ("view_proposal", "Can view proposal"),
)


def set_up(apps: Any, schema_editor: Any) -> None:
    """Give moderators the rights, and proposals the workflow."""
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.add(*_rights(apps))
    task = apps.get_model("moderation", "ModeratorApproval").objects.order_by("pk")
    workflow = (
        apps.get_model("wagtailcore", "Workflow")
        .objects.filter(workflow_tasks__task__in=[one.pk for one in task], active=True)
        .order_by("pk")
        .first()
    )
    if workflow is not None:
        apps.get_model("wagtailcore", "WorkflowContentType").objects.get_or_create(
            content_type=_content_type(apps), defaults={"workflow": workflow}
        )


def take_down(apps: Any, schema_editor: Any) -> None:
    """Take both away again."""
    for group in apps.get_model("auth", "Group").objects.filter(name=GROUP):
        group.permissions.remove(*_rights(apps))
    apps.get_model("wagtailcore", "WorkflowContentType").objects.filter(
        content_type=_content_type(apps)
    ).delete()


def _rights(apps: Any) -> list[Any]:
    # Django makes permissions only after the last migration; it keeps those it finds.
    permissions = apps.get_model("auth", "Permission").objects
    return [
        permissions.get_or_create(
            content_type=_content_type(apps), codename=codename, defaults={"name": name}
        )[0]
        for codename, name in RIGHTS
    ]


def _content_type(apps: Any) -> Any:
    content_types = apps.get_model("contenttypes", "ContentType").objects
    return content_types.get_or_create(app_label="branches", model="proposal")[0]


class Migration(migrations.Migration):
    dependencies = [
        ("branches", "0001_initial"),
        ("moderation", "0003_history_rights"),
    ]

    operations = [migrations.RunPython(set_up, take_down)]
