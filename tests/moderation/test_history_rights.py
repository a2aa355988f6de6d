"""What the groups may do with history, beyond reading it."""

from importlib import import_module

from django.apps import apps
from django.contrib.auth.models import Group

import pytest

rights = import_module("moderation.migrations.0003_history_rights")

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


def rights_of(group: str) -> set[str]:
    permissions = Group.objects.get(name=group).permissions
    known = permissions.filter(content_type__app_label="history")
    return set(known.values_list("codename", flat=True))


def test_editors_name_points_in_history_and_moderators_restore_as_well() -> None:
    assert rights_of("Editor") == {"add_tag"}
    assert rights_of("Moderator") == {"add_tag", "restore_trash"}
    assert rights_of("Member") == set()


def test_running_it_again_changes_nothing() -> None:
    before = {group: rights_of(group) for group in ("Editor", "Moderator")}

    rights.grant(apps, None)

    assert {group: rights_of(group) for group in before} == before


def test_taking_it_back_leaves_nothing_behind() -> None:
    rights.take_back(apps, None)

    assert rights_of("Moderator") == rights_of("Editor") == set()
