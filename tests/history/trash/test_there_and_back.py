"""What is deleted lies in the trash, whole, and comes back as it was."""

import json
from typing import Any

from django.contrib.auth.models import Group
from django.core.serializers.json import DjangoJSONEncoder

from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, ReferenceIndex
from wagtail.search.backends import get_search_backend

import pytest

from history.content import fingerprint
from history.models import ChangeKind, Operation
from history.serializer import text_of
from history.trash.actions import restore
from parks.models import (
    MakerCredit,
    ParkArea,
    ParkPage,
    RidePage,
    RideStay,
)
from parks.models.imports import ImportedRide
from tests.factories.pages import make_company, make_park, make_ride
from tests.factories.people import make_person
from tests.history.trash.deleting import (
    delete,
    fresh,
    tree_is_sound,
    versions_of,
)

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]


@pytest.fixture
def admin() -> Any:
    return make_person("admin")


def picture_of(page: Any) -> dict[str, Any]:
    """Everything about a page that has to be the same after its return."""
    page = fresh(page)
    data = page.serializable_data()
    # Where it lies in the tree's own numbering and who points at it is no part of it.
    for changing in ("path", "numchild", "latest_revision", "live_revision"):
        data.pop(changing)
    data.pop("latest_revision_created_at")
    newest = page.get_latest_revision_as_object()
    picture = {**data, "draft": newest.search_description}
    return dict(json.loads(json.dumps(picture, cls=DjangoJSONEncoder)))


# --- There and back -----------------------------------------------------------------


def test_a_park_comes_back_with_all_that_stood_below_it(admin: Any) -> None:
    park = make_park(owner=make_person("Editor"), city="Sandusky")
    ride = make_ride(park, maker=make_company(), height="110 ft")
    ride.tags.add("wood")
    ride.save_revision().publish()
    draft = make_ride(park, "Idea", publish=False)
    before = [picture_of(page) for page in (park, ride, draft)]

    deletion = delete(park, by=admin)
    assert not ParkPage.objects.exists()
    restored = restore(deletion=deletion, by=admin)

    after = [picture_of(page) for page in (park, ride, draft)]
    assert after == before
    assert (restored.page, restored.pages, restored.left_out) == (fresh(park), 3, [])
    assert [page.live for page in (fresh(park), fresh(ride), fresh(draft))] == [
        *(True, True, False)
    ]
    assert tree_is_sound()


def test_a_newer_draft_comes_back_as_a_draft_and_its_author_with_it(admin: Any) -> None:
    ride, author = make_ride(make_park()), make_person("Editor")
    newer = ride.get_latest_revision_as_object()
    newer.search_description = "Not yet public"
    newer.save_revision(user=author)

    restore(deletion=delete(ride, by=admin), by=admin)

    back = fresh(ride)
    assert back.search_description == ""
    assert back.has_unpublished_changes
    assert back.latest_revision.user == author
    back.latest_revision.publish()
    assert fresh(ride).search_description == "Not yet public"


def test_a_draft_that_never_was_public_comes_back_and_leaves_no_history(
    admin: Any,
) -> None:
    draft = make_ride(make_park(), publish=False)

    deletion = delete(draft, by=admin, reason="Not needed")
    restore(deletion=deletion, by=admin)

    assert (deletion.changeset, deletion.by, deletion.reason) == (
        *(None, admin, "Not needed"),
    )
    assert not fresh(draft).live
    assert versions_of(draft) == []


def test_an_unpublished_page_comes_back_unpublished(admin: Any) -> None:
    ride = make_ride(make_park())
    ride.unpublish()

    restore(deletion=delete(ride, by=admin), by=admin)

    assert (fresh(ride).live, fresh(ride).live_revision) == (False, None)
    assert versions_of(ride)[-1].operation == Operation.RESTORE
    assert not versions_of(ride)[-1].live


def test_history_goes_on_where_it_ended(admin: Any) -> None:
    ride = make_ride(make_park())
    deletion = delete(ride, by=admin, reason="Never built")

    restore(deletion=deletion, by=admin, reason="It was built after all")

    versions = versions_of(ride)
    changeset = versions[-1].changeset
    assert [version.seq for version in versions] == [1, 2, 3]
    assert [version.operation for version in versions] == [
        *(Operation.CREATE, Operation.DELETE, Operation.RESTORE)
    ]
    assert [version.page_id for version in versions] == [ride.pk] * 3
    assert versions[-1].sha256 == versions[0].sha256
    assert versions[-1].revision_pk == fresh(ride).live_revision_id
    assert (changeset.kind, changeset.publisher, changeset.reason) == (
        *(ChangeKind.RESTORE, admin, "It was built after all"),
    )
    assert deletion.changeset is not None
    assert (deletion.changeset.reason, deletion.reason) == ("Never built",) * 2


def test_a_subtree_comes_back_in_one_changeset(admin: Any) -> None:
    park = make_park()
    rides = [make_ride(park, title) for title in ("Beast", "Bat")]

    restore(deletion=delete(park, by=admin), by=admin)

    newest = {versions_of(page)[-1].changeset for page in (park, *rides)}
    assert len(newest) == 1


def test_what_is_live_after_a_restore_is_what_its_newest_version_says(
    admin: Any,
) -> None:
    maker = make_company()
    ride = make_ride(make_park(), maker=maker)
    deletion = delete(ride, by=admin)
    delete(maker, by=admin)

    restore(deletion=deletion, by=admin)

    newest = versions_of(ride)[-1]
    assert newest.sha256 == fingerprint(text_of(fresh(ride)))
    assert newest.changed_facts == ["credits"]


def test_a_restored_page_is_found_and_counts_as_naming_others(admin: Any) -> None:
    maker = make_company()
    ride = make_ride(make_park(), "Unheard Of", maker=maker)

    restore(deletion=delete(ride, by=admin), by=admin)

    found = get_search_backend().search("Unheard", RidePage)
    assert list(found) == [ride]
    assert ReferenceIndex.get_references_to(maker.page_ptr).filter(
        object_id=str(ride.pk)
    )


def test_a_page_can_be_deleted_and_restored_again_and_again(admin: Any) -> None:
    park = make_park()
    ride = make_ride(park)

    for _ in range(3):
        restore(deletion=delete(park, by=admin), by=admin)

    another = make_ride(park, "Another")
    assert fresh(ride).live
    assert another.pk > ride.pk
    assert another.tracks.get().pk > fresh(ride).tracks.get().pk
    assert [version.seq for version in versions_of(ride)] == list(range(1, 8))
    assert tree_is_sound()


def test_both_pages_of_a_pair_in_one_park_still_name_each_other(admin: Any) -> None:
    park = make_park()
    old = make_ride(park, "Old")
    new = make_ride(park, "New", replaces=old)
    old.derived_from = new
    old.save_revision().publish()

    restored = restore(deletion=delete(park, by=admin), by=admin)

    assert restored.left_out == []
    assert fresh(new).replaces == old
    assert fresh(old).derived_from == new


# --- What hangs on a page -----------------------------------------------------------


def test_areas_redirects_restrictions_and_what_an_import_knew_come_back(
    admin: Any,
) -> None:
    park = make_park()
    ride = make_ride(park)
    area = ParkArea.objects.create(park=park, name="Frontier Town", opened="1968")
    area.save_revision().publish()
    ride.stays = [RideStay(park=park, area=area)]
    ride.save_revision().publish()
    Redirect.objects.create(old_path="/beast", redirect_page=ride)
    ImportedRide.objects.create(key="Beast|Cedar", ride=ride, content={"a": 1})
    restriction = PageViewRestriction.objects.create(
        page=ride, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.add(Group.objects.get(name="Editor"))

    restored = restore(deletion=delete(park, by=admin), by=admin)

    back = ParkArea.objects.get()
    assert restored.left_out == []
    assert (back.pk, back.uuid, str(back.opened)) == (area.pk, area.uuid, "1968")
    assert back.live_revision is not None
    assert versions_of(area)[-1].operation == Operation.RESTORE
    assert fresh(ride).stays.get().area == back
    assert Redirect.objects.get().redirect_page.specific == ride
    assert ImportedRide.objects.get().content == {"a": 1}
    assert [g.name for g in PageViewRestriction.objects.get().groups.all()] == [
        "Editor"
    ]


def test_a_redirect_that_somebody_made_anew_is_left_as_it_is(admin: Any) -> None:
    ride = make_ride(make_park())
    ImportedRide.objects.create(key="Beast|Cedar", ride=ride)
    deletion = delete(ride, by=admin)
    another = make_ride(make_park("Elsewhere"))
    ImportedRide.objects.create(key="Beast|Cedar", ride=another)

    restored = restore(deletion=deletion, by=admin)

    assert restored.left_out == ["imported ride “Beast|Cedar”"]
    assert ImportedRide.objects.get().ride == another


def test_what_is_gone_meanwhile_is_named_and_left_out(admin: Any) -> None:
    maker = make_company("Intamin")
    ride = make_ride(make_park(), maker=maker)
    deletion = delete(ride, by=admin)
    delete(maker, by=admin)

    restored = restore(deletion=deletion, by=admin)

    assert restored.left_out == ["The Beast, credits: company “Intamin”"]
    assert not MakerCredit.objects.exists()
