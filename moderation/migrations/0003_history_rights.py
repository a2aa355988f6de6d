"""Who may name points in history and bring back what was deleted.

Running it again adds what is missing and touches nothing else. Hiding a version is
left to administrators and to whom they give the right; so are jobs and bundles.
"""

from typing import Any

from django.db import migrations

RIGHTS = {
    "Editor": (("tag", "add_tag", "Can add tag"),),
    "Moderator": (
        ("tag", "add_tag", "Can add tag"),
        ("deletion", "restore_trash", "Can restore what was deleted"),
    ),
}


def grant(apps: Any, schema_editor: Any) -> None:
    """Give the groups what this file says."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.add(*(_permission(apps, *r) for r in RIGHTS[group.name]))


def take_back(apps: Any, schema_editor: Any) -> None:
    """Take it from the groups again."""
    for group in apps.get_model("auth", "Group").objects.filter(name__in=RIGHTS):
        group.permissions.remove(*(_permission(apps, *r) for r in RIGHTS[group.name]))


def _permission(apps: Any, model: str, codename: str, label: str) -> Any:
    # Django makes permissions only after the last migration; it keeps those it finds.
    content_type, _made = apps.get_model(
        "contenttypes", "ContentType"
    ).objects.get_or_create(app_label="history", model=model)
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=content_type, codename=codename, defaults={"name": label}
    )
    return permission


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0002_groups_and_workflow"),
    ]

    operations = [migrations.RunPython(grant, take_back)]
