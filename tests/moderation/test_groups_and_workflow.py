"""The migration that sets up groups, rights and the workflow."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group, Permission

from wagtail.models import (
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Page,
    Task,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)

import pytest

from accounts.models import User
from moderation.models import ModeratorApproval
from parks.models import RidePage

migration = import_module("moderation.migrations.0002_groups_and_workflow")
pytestmark = pytest.mark.django_db


def _set_up() -> None:
    migration.set_up(apps, None)


def _take_down() -> None:
    migration.take_down(apps, None)


def _everything() -> list[object]:
    rights = Group.permissions.through.objects.values_list("group", "permission")
    return [
        sorted(Group.objects.values_list("pk", "name")),
        sorted(rights),
        sorted(GroupPagePermission.objects.values_list("pk", flat=True)),
        sorted(GroupCollectionPermission.objects.values_list("pk", flat=True)),
        sorted(Workflow.objects.values_list("pk", "name", "active")),
        sorted(Task.objects.values_list("pk", "name")),
        sorted(WorkflowTask.objects.values_list("workflow", "task")),
        sorted(WorkflowPage.objects.values_list("page", "workflow")),
        Permission.objects.count(),
    ]


def test_running_it_again_changes_nothing() -> None:
    before = _everything()

    _set_up()

    assert _everything() == before


def test_wagtails_groups_get_our_names() -> None:
    assert set(Group.objects.values_list("name", flat=True)) == {
        "Editor",
        "Moderator",
        "Member",
    }


def test_the_archive_is_for_administrators() -> None:
    of_the_archive = Permission.objects.filter(
        content_type__app_label__in=("core", "history"),
        content_type__model__in=("job", "archivebundle"),
    )

    assert of_the_archive.filter(codename="run_job").exists()
    assert not of_the_archive.filter(group__isnull=False).exists()


def test_every_page_goes_through_our_workflow(ride: RidePage) -> None:
    workflow = ride.get_workflow()

    assert workflow.name == "Moderation"
    assert [type(task.specific) for task in workflow.tasks] == [ModeratorApproval]
    assert ride.get_parent().specific.get_workflow() == workflow
    assert not Workflow.objects.exclude(pk=workflow.pk).exists()


def test_what_an_administrator_changed_stays(ride: RidePage) -> None:
    panel = Group.objects.create(name="Safety panel")
    task = ModeratorApproval.objects.get()
    task.groups.set([panel])
    Task.objects.filter(pk=task.pk).update(name="Two eyes")
    Workflow.objects.update(name="House rules")
    before = _everything()

    _set_up()

    assert _everything() == before
    assert list(task.groups.all()) == [panel]


def test_a_workflow_an_administrator_chose_for_the_tree_stays() -> None:
    own = Workflow.objects.create(name="Our own")
    WorkflowPage.objects.update(workflow=own)

    _set_up()

    assert WorkflowPage.objects.get().workflow == own


def test_a_group_that_has_the_name_already_is_not_renamed_over() -> None:
    Group.objects.create(name="Editors")

    _set_up()

    assert Group.objects.filter(name__in=("Editor", "Editors")).count() == 2


def test_it_can_be_undone_and_done_again(submitted: RidePage, editor: User) -> None:
    before = [entry for entry in _everything()[3:] if isinstance(entry, int)]

    _take_down()
    assert editor.groups.get().name == "Editors"
    assert GroupApprovalTask.objects.get().name == "Moderators approval"
    assert Page.objects.get(pk=submitted.pk).get_workflow() is not None
    assert not ModeratorApproval.objects.exists()

    _set_up()
    assert editor.groups.get().name == "Editor"
    assert Workflow.objects.get().name == "Moderation"
    assert [entry for entry in _everything()[3:] if isinstance(entry, int)] == before


def test_moderators_publish_and_editors_do_not() -> None:
    editor, moderator = (
        {
            permission.permission.codename
            for permission in GroupPagePermission.objects.filter(group__name=name)
        }
        for name in ("Editor", "Moderator")
    )

    assert editor == {"add_page", "change_page"}
    assert moderator == editor | {"publish_page", "lock_page", "unlock_page"}
