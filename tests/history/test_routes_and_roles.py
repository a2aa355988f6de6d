"""No route of the history tells anybody what they may not know."""

from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import resolve

from wagtail.models import PageViewRestriction, Revision

import pytest

from history.holds.actions import hold
from history.models import Deletion, PageVersion, RefusedText, Tag
from parks.models import ParkArea, ParkPage
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.asked_routes import ADMIN, BESIDE, PARTS, PUBLIC, routes, views
from tests.history.suppression.hiding import hide, publish, version
from tests.history.trash.deleting import delete

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("home")]

# In everything that is secret about a thing: title, facts, reason, source, author.
SECRET = "zugzwang"
ROLES = ("", "Member", "Editor", "Moderator", "admin")
EVERYBODY = {**PUBLIC, **ADMIN}


@dataclass(frozen=True)
class Thing:
    """Something secret, and all that an address needs to ask for it."""

    page: str
    page_pk: int
    uuid: Any
    seq: int
    before: int
    number: int
    version_pk: int
    author: int
    hold_pk: int
    kept_pk: int
    suppression_pk: int = 0
    deletion_pk: int = 0


@pytest.fixture(autouse=True)
def _empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def secret_park() -> ParkPage:
    """Three versions, of which the second one is full of secrets."""
    park = make_park("Closed Park", slug="closed-park", city="Sandusky")
    Tag.objects.create(
        name="Early",
        slug="early",
        changeset=version(park, 1).changeset,
        made_by=make_person("Editor"),
    )
    author = make_person("Moderator", display_name="Zugzwang Author")
    publish(park, by=author, reason="Zugzwang reason", city="Zugzwang City")
    publish(park, city="Sandusky")
    return ParkPage.objects.get(pk=park.pk)


def make_private(park: ParkPage) -> None:
    restriction = PageViewRestriction.objects.create(
        page=park, restriction_type=PageViewRestriction.GROUPS
    )
    restriction.groups.set(Group.objects.filter(name__in=("Editor", "Moderator")))


def thing(park: Any, version: PageVersion, **more: int) -> Thing:
    admin = make_person("admin")
    # Held while it is there, so that the hold's page could tell of it.
    held = hold(version=version, reason="Zugzwang hold", by=admin)
    return Thing(
        page=park.url,
        page_pk=park.pk,
        uuid=version.object_uuid,
        seq=version.seq,
        before=max(1, version.seq - 1),
        number=version.changeset_id,
        version_pk=version.pk,
        author=version.changeset.author_id or 0,
        hold_pk=held.pk,
        kept_pk=kept_text_of(park),
        **more,
    )


def kept_text_of(subject: Any) -> int:
    """The key of its newest text as one that was not saved; 0 when it has none."""
    texts = Revision.objects.filter(
        base_content_type=subject.get_base_content_type(), object_id=str(subject.pk)
    )
    newest = texts.order_by("-pk").first()
    return RefusedText.objects.create(revision=newest).pk if newest else 0


def private_page() -> Thing:
    park = secret_park()
    publish(park, city="Zugzwang Live", seo_title="Zugzwang title")
    make_private(park)
    return thing(park, version(park, 2))


def unpublished_page() -> Thing:
    park = secret_park()
    address = park.url
    park.unpublish()
    found = thing(park, version(park, 2))
    return Thing(**{**asdict(found), "page": address})


def suppressed_version() -> Thing:
    park = secret_park()
    first, second = make_person("admin"), make_person("admin")
    parts = {"text": True, "author": True, "reason_given": True}
    suppression = hide(version(park, 2), first, second, **parts)
    return thing(park, version(park, 2), suppression_pk=suppression.pk)


def trashed_page() -> Thing:
    park = secret_park()
    address, pk = park.url, park.pk
    publish(park, city="Zugzwang End")
    newest = version(park, 4)
    delete(park, by=make_person("admin"), reason="Zugzwang deletion")
    newest.refresh_from_db()
    park.pk = pk
    found = thing(park, newest, deletion_pk=Deletion.objects.get().pk)
    return Thing(**{**asdict(found), "page": address})


def draft() -> Thing:
    park = make_park("Open Park", slug="open-park", city="Sandusky")
    Tag.objects.create(
        name="Early",
        slug="early",
        changeset=version(park, 1).changeset,
        made_by=make_person("Editor"),
    )
    unpublished = park.get_latest_revision_as_object()
    unpublished.city = "Zugzwang City"
    unpublished.save_revision()
    return thing(park, version(park, 1))


def area_of_a_private_park() -> Thing:
    park = secret_park()
    area = ParkArea.objects.create(park=park, name="Zugzwang Area")
    area.save_revision().publish()
    make_private(park)
    return thing(park, version(area, 1))


ALL_EDIT = frozenset({"Editor", "Moderator", "admin"})
PAGES_NOT_TO_BE_KNOWN = (private_page, unpublished_page, trashed_page)
# What is secret, and who may know it.
THINGS: dict[Callable[[], Thing], frozenset[str]] = {
    private_page: ALL_EDIT,
    unpublished_page: ALL_EDIT,
    suppressed_version: frozenset({"admin"}),
    trashed_page: frozenset({"Moderator", "admin"}),
    draft: ALL_EDIT,
    area_of_a_private_park: ALL_EDIT,
}


def test_every_route_of_the_history_is_asked() -> None:
    assert routes() == set(EVERYBODY)


def test_no_public_route_is_asked_to_delete_anything() -> None:
    asked = RequestFactory().delete("/")
    asked.user = get_user_model()()

    answers = {name: views()[name](asked).status_code for name in PUBLIC}

    assert answers == dict.fromkeys(PUBLIC, 405)


def test_every_address_leads_to_the_route_it_is_listed_under() -> None:
    park = secret_park()
    found = thing(park, version(park, 2))

    for name, address in _addresses(found):
        if name in EVERYBODY:
            assert resolve(address.partition("?")[0]).url_name == name, address


@pytest.mark.parametrize("what", THINGS, ids=lambda what: what.__name__)
def test_no_route_tells_a_secret_to_who_may_not_know_it(
    what: Callable[[], Thing],
) -> None:
    found = what()
    _warm_caches(found)

    walks = {
        role: {asked: _answer(client, *asked) for asked in _questions(found)}
        for role, client in _clients()
        if role not in THINGS[what]
    }

    answers = [
        (role, *asked, code, said)
        for role, walk in walks.items()
        for asked, (code, said) in walk.items()
    ]
    assert [answer[:4] for answer in answers if SECRET in answer[-1]] == []
    assert [answer[:5] for answer in answers if answer[4] >= 500] == []
    if what in PAGES_NOT_TO_BE_KNOWN:
        # Who has not signed in is asked to before a revert, whatever the address.
        assert [
            answer[:5]
            for answer in answers
            if found.page in answer[2]
            and "known_at" not in answer[2]  # answers as the page itself does
            and answer[4] != 404
            and not (answer[4] == 302 and not answer[0])
        ] == []


@pytest.mark.parametrize("what", THINGS, ids=lambda what: what.__name__)
def test_administrators_are_told_what_others_are_not(what: Callable[[], Thing]) -> None:
    found = what()

    told = {
        role
        for role, client in _clients()
        if any(SECRET in _answer(client, *asked)[1] for asked in _telling(found))
    }

    # Else the walks above would prove nothing.
    assert "admin" in told
    assert told <= THINGS[what]


def _addresses(found: Thing) -> Iterator[tuple[str, str]]:
    for name, addresses in {**EVERYBODY, "": BESIDE}.items():
        for address in addresses:
            yield name, address.format(**asdict(found))


def _questions(found: Thing) -> Iterator[tuple[str, str, str]]:
    """Method, address and the part of the page that htmx wants, if any."""
    for name, address in _addresses(found):
        yield "get", address, ""
        if name in PARTS:
            yield "get", address, PARTS[name]
        if name in ("changeset", "revert_change", "revert_object", "revert_page"):
            yield "post", address, ""


def _telling(found: Thing) -> Iterator[tuple[str, str, str]]:
    """Questions that tell of each thing sooner or later, cheap ones first."""
    names = ("object_version", "version", "diff", "object_diff")
    for name, address in _addresses(found):
        if name in names:
            yield "get", address, ""


def _clients() -> Iterator[tuple[str, Client]]:
    for role in ROLES:
        client = Client()
        if role:
            client.force_login(make_person(role))
        yield role, client


def _answer(client: Client, method: str, address: str, part: str) -> tuple[int, str]:
    """The status, and all that the answer says in small letters."""
    headers = {"HX-Request": "true", "HX-Target": part} if part else {}
    response: Any = getattr(client, method)(address, headers=headers)
    body = b"".join(response) if response.streaming else response.content
    return response.status_code, f"{response.headers} {body.decode()}".lower()


def _warm_caches(found: Thing) -> None:
    """As the public lists and pages are after an administrator has read them."""
    admin = Client()
    admin.force_login(make_person("admin"))
    for name, address in _addresses(found):
        if name in PUBLIC:
            admin.get(address)
