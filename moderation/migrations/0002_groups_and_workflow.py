"""The groups, what they may do, and the workflow every page goes through.

Running it again adds what is missing and touches nothing else: a group, a right, a
task or a workflow that is there already, or was changed by an administrator, stays.
"""

from typing import Any

from django.db import migrations

GROUPS = {"Editors": "Editor", "Moderators": "Moderator"}
MEMBER = "Member"
TASK = "Moderator approval"
WORKFLOW = "Moderation"
STOCK = "Moderators approval"  # the name of Wagtail's own task and workflow

SNIPPETS = (
    ("parks", "parkarea", "park area"),
    ("parks", "layout", "layout"),
    ("parks", "element", "element"),
)
LICENCE = ("photos", "licencetype", "licence type")
IMPORTS = (
    ("parks", "importrun", "import run"),
    ("parks", "importrow", "import row"),
)
PHOTO = ("photos", "photo", "photo")
DOCUMENT = ("wagtaildocs", "document", "document")

# Rights by model, for the whole wiki …
RIGHTS = {
    "Editor": {
        # Snippets have no workflow, so an editor who may write one may publish it.
        **dict.fromkeys(SNIPPETS, ("add", "change", "view", "publish")),
        LICENCE: ("view",),
    },
    "Moderator": {
        **dict.fromkeys(
            (*SNIPPETS, LICENCE), ("add", "change", "view", "publish", "lock", "unlock")
        ),
        **dict.fromkeys(IMPORTS, ("view",)),
    },
}
# … for the page tree from its root …
PAGE_RIGHTS = {
    "Editor": ("add", "change"),
    "Moderator": ("add", "change", "publish", "lock", "unlock"),
}
# … and for the files of every collection.
FILE_RIGHTS = {
    "Editor": {
        PHOTO: ("add", "change", "choose"),
        DOCUMENT: ("add", "change", "choose"),
    },
    "Moderator": {
        PHOTO: ("add", "change", "choose", "delete"),
        DOCUMENT: ("add", "change", "choose", "delete"),
    },
}


def set_up(apps: Any, schema_editor: Any) -> None:
    """Bring groups, rights and workflow to what this file says."""
    for group in _groups(apps):
        _grant_rights(apps, group)
    _set_up_workflow(apps)


def take_down(apps: Any, schema_editor: Any) -> None:
    """Give the groups their stock names back and remove the workflow.

    Reviews go with it, as their tables do. Rights stay with their groups.
    """
    apps.get_model("wagtailcore", "Workflow").objects.filter(
        workflow_tasks__task__in=_our_tasks(apps)
    ).delete()
    apps.get_model("wagtailcore", "Task").objects.filter(
        pk__in=[task.pk for task in _our_tasks(apps)]
    ).delete()
    group_model = apps.get_model("auth", "Group")
    group_model.objects.filter(name=MEMBER, user=None).delete()
    for stock, ours in GROUPS.items():
        _rename_group(apps, ours, stock)
    moderators = group_model.objects.filter(name="Moderators").first()
    root = _root_page(apps)
    if moderators is not None and root is not None:
        _put_back_stock_workflow(apps, moderators, root)


def _groups(apps: Any) -> list[Any]:
    for stock, ours in GROUPS.items():
        _rename_group(apps, stock, ours)
    groups = apps.get_model("auth", "Group").objects
    return [groups.get_or_create(name=name)[0] for name in (*GROUPS.values(), MEMBER)]


def _rename_group(apps: Any, old: str, new: str) -> None:
    groups = apps.get_model("auth", "Group").objects
    if not groups.filter(name=new).exists():
        groups.filter(name=old).update(name=new)


def _grant_rights(apps: Any, group: Any) -> None:
    if group.name == MEMBER:
        return  # members edit through proposals and never see the admin
    group.permissions.add(
        _permission(
            apps,
            ("wagtailadmin", "admin", ""),
            "access_admin",
            "Can access Wagtail admin",
        ),
        *(
            _right(apps, model, action)
            for model, actions in RIGHTS[group.name].items()
            for action in actions
        ),
    )
    root = _root_page(apps)
    if root is not None:
        for action in PAGE_RIGHTS[group.name]:
            apps.get_model("wagtailcore", "GroupPagePermission").objects.get_or_create(
                group=group,
                page=root,
                permission=_right(apps, ("wagtailcore", "page", "page"), action),
            )
    collection = (
        apps.get_model("wagtailcore", "Collection").objects.order_by("path").first()
    )
    if collection is not None:
        for model, actions in FILE_RIGHTS[group.name].items():
            for action in actions:
                apps.get_model(
                    "wagtailcore", "GroupCollectionPermission"
                ).objects.get_or_create(
                    group=group,
                    collection=collection,
                    permission=_right(apps, model, action),
                )


def _right(apps: Any, model: tuple[str, str, str], action: str) -> Any:
    _app, name, verbose_name = model
    return _permission(apps, model, f"{action}_{name}", f"Can {action} {verbose_name}")


def _permission(
    apps: Any, model: tuple[str, str, str], codename: str, label: str
) -> Any:
    # Django makes permissions only after the last migration; it keeps those it finds.
    permission, _made = apps.get_model("auth", "Permission").objects.get_or_create(
        content_type=_content_type(apps, *model[:2]),
        codename=codename,
        defaults={"name": label},
    )
    return permission


def _content_type(apps: Any, app_label: str, model: str) -> Any:
    content_types = apps.get_model("contenttypes", "ContentType").objects
    return content_types.get_or_create(app_label=app_label, model=model)[0]


def _root_page(apps: Any) -> Any:
    return (
        apps.get_model("wagtailcore", "Page")
        .objects.filter(depth=1)
        .order_by("path")
        .first()
    )


def _our_tasks(apps: Any) -> list[Any]:
    return list(
        apps.get_model("moderation", "ModeratorApproval").objects.order_by("pk")
    )


def _set_up_workflow(apps: Any) -> None:
    if not _our_tasks(apps):
        task = apps.get_model("moderation", "ModeratorApproval").objects.create(
            name=TASK,
            content_type=_content_type(apps, "moderation", "moderatorapproval"),
        )
        task.groups.add(apps.get_model("auth", "Group").objects.get(name="Moderator"))
    task = _our_tasks(apps)[0]
    workflow = _workflow_of(apps, task, WORKFLOW)
    root = _root_page(apps)
    if root is None:
        return
    pages = apps.get_model("wagtailcore", "WorkflowPage").objects
    there = pages.filter(page=root).select_related("workflow").first()
    if there is None:
        pages.create(page=root, workflow=workflow)
    elif _is_stock(there.workflow):
        pages.filter(page=root).update(workflow=workflow)
    _retire_stock_workflow(apps)


def _workflow_of(apps: Any, task: Any, name: str) -> Any:
    workflows = apps.get_model("wagtailcore", "Workflow").objects
    workflow = workflows.filter(workflow_tasks__task_id=task.pk).order_by("pk").first()
    if workflow is None:
        workflow = workflows.create(name=name)
        apps.get_model("wagtailcore", "WorkflowTask").objects.create(
            workflow=workflow, task_id=task.pk, sort_order=0
        )
    return workflow


def _is_stock(workflow: Any) -> bool:
    return workflow.name == STOCK


def _retire_stock_workflow(apps: Any) -> None:
    """Delete what nobody used; what has a history is only taken out of service."""
    states = apps.get_model("wagtailcore", "WorkflowState").objects
    for workflow in apps.get_model("wagtailcore", "Workflow").objects.filter(
        name=STOCK
    ):
        if workflow.workflow_pages.exists():
            continue  # an administrator attached it to a part of the tree
        if states.filter(workflow=workflow).exists():
            workflow.active = False
            workflow.save(update_fields=["active"])
        else:
            workflow.delete()
    apps.get_model("wagtailcore", "GroupApprovalTask").objects.filter(
        name=STOCK, workflow_tasks=None, task_states=None
    ).delete()


def _put_back_stock_workflow(apps: Any, moderators: Any, root: Any) -> None:
    task_model = apps.get_model("wagtailcore", "GroupApprovalTask")
    task = task_model.objects.filter(name=STOCK).first()
    if task is None:
        task = task_model.objects.create(
            name=STOCK,
            content_type=_content_type(apps, "wagtailcore", "groupapprovaltask"),
        )
        task.groups.add(moderators)
    workflow = _workflow_of(apps, task, STOCK)
    workflow.active = True
    workflow.save(update_fields=["active"])
    apps.get_model("wagtailcore", "WorkflowPage").objects.get_or_create(
        page=root, defaults={"workflow": workflow}
    )


class Migration(migrations.Migration):
    dependencies = [
        ("moderation", "0001_initial"),
        ("auth", "0012_alter_user_first_name_max_length"),
        ("contenttypes", "0002_remove_content_type_name"),
        ("wagtailadmin", "0006_formstate"),
        ("wagtailcore", "0098_apitoken"),
        ("wagtaildocs", "0014_alter_document_file_size"),
        ("wagtailimages", "0027_image_description"),
    ]

    operations = [migrations.RunPython(set_up, take_down)]
