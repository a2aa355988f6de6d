"""All versions of a page as a file, wherever their texts are kept."""

import hashlib
import json
from io import StringIO
from pathlib import Path
from typing import Any

from django.core.cache import cache
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from wagtail.models import PageViewRestriction

import pytest

from history.export import lines
from history.export.views import EXPORTS_A_MINUTE
from history.models import ArchiveBundle, PageVersion
from parks.models import ParkPage
from tests.factories.histories import lengthen_history
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.archive.running import archive, archived
from tests.history.archive.test_damage import cut_short
from tests.history.suppression.hiding import CANARY, hide, publish, version

pytestmark = pytest.mark.django_db

ADDRESS = "/parks/gruna-lund/history/versions.jsonl"


@pytest.fixture(autouse=True)
def fresh_limit() -> None:
    cache.clear()


def downloaded(client: Client, address: str = ADDRESS) -> list[dict[str, Any]]:
    response = client.get(address)
    assert response.status_code == 200
    text = b"".join(response).decode()
    assert text.endswith("\n")
    return [json.loads(line) for line in text[:-1].split("\n")]


def raw(client: Client) -> bytes:
    return b"".join(client.get(ADDRESS))


def test_every_version_is_a_line_that_can_be_checked_by_its_hash(
    park: ParkPage, client: Client
) -> None:
    *versions, last = raw(client).decode()[:-1].split("\n")

    told = [json.loads(line) for line in versions]
    texts = [line[line.index('"content":') + 10 : -1] for line in versions]
    assert [line["version"] for line in told] == list(range(1, 62))
    assert [line["sha256"] for line in told] == [
        hashlib.sha256(text.encode()).hexdigest() for text in texts
    ]
    assert json.loads(last) == {
        "end": True,
        "versions": 61,
        "hidden": 0,
        "damaged": [],
    }


def test_a_line_says_who_when_why_and_what_changed(
    park: ParkPage, client: Client
) -> None:
    publish(
        park,
        by=make_person("Moderator", display_name="Ada"),
        reason="From the map",
        city="Stockholm",
    )

    line = downloaded(client)[-2]

    change = version(park, 62).changeset
    assert line["version"] == 62
    assert line["change"] == change.number
    assert line["at"].startswith(f"{change.made_at:%Y-%m-%dT}")
    assert (line["author"], line["reason"]) == ("Ada", "From the map")
    assert (line["kind"], line["operation"]) == ("publish", "edit")
    assert line["changed"] == ["city"]
    assert line["content"]["city"] == "Stockholm"


def test_archived_versions_are_exported_to_the_same_byte(
    park: ParkPage, client: Client
) -> None:
    before = raw(client)

    archive()

    assert len(archived(park)) == 41
    assert raw(client) == before


def test_a_damaged_bundle_is_named_in_the_last_line_and_gives_no_text(
    park: ParkPage, folder: Path, client: Client
) -> None:
    archive()
    cut_short(next(folder.rglob("*.twa")))

    *versions, last = downloaded(client)

    damaged = [line for line in versions if line.get("damaged")]
    assert [line["version"] for line in damaged] == list(range(1, 42))
    assert {line["content"] for line in damaged} == {None}
    assert all(line["content"] for line in versions if line not in damaged)
    bundle = ArchiveBundle.objects.get().name
    assert last["damaged"] == [
        {"bundle": bundle, "first": 1, "last": 41, "versions": 41}
    ]


@pytest.mark.parametrize("reader", ["", "admin"])
def test_what_is_hidden_is_left_out_and_the_gap_is_told_whoever_asks(
    reader: str, park: ParkPage, client: Client
) -> None:
    publish(park, by=make_person("Moderator", display_name=CANARY), city=CANARY)
    publish(park, city="Stockholm")
    admins = make_person("admin"), make_person("admin")
    hide(version(park, 62), *admins, text=True, author=True)
    if reader:
        client.force_login(admins[0])

    told = downloaded(client)

    assert CANARY not in json.dumps(told)
    assert told[61]["content"] is None
    assert told[61]["hidden"] == {
        "parts": ["content", "author"],
        "because": "Names a private person",
    }
    assert told[60]["content"]["city"] != CANARY
    assert told[62]["content"]["city"] == "Stockholm"
    assert told[-1]["hidden"] == 1


def test_the_file_is_for_those_who_may_read_the_history(
    park: ParkPage, client: Client
) -> None:
    PageViewRestriction.objects.create(
        page=park, restriction_type=PageViewRestriction.LOGIN
    )

    anonymous = client.get(ADDRESS)
    client.force_login(make_person("Editor"))
    editor = client.get(ADDRESS)

    assert (anonymous.status_code, editor.status_code) == (404, 200)


def test_no_cache_keeps_the_file_and_it_has_a_name(
    park: ParkPage, client: Client
) -> None:
    response = client.get(ADDRESS)

    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Disposition"] == 'attachment; filename="gruna-lund.jsonl"'
    assert ADDRESS in client.get("/parks/gruna-lund/history/").content.decode()


def test_what_was_never_published_has_no_file(park: ParkPage, client: Client) -> None:
    make_park("Liseberg", publish=False)
    client.force_login(make_person("Editor"))

    response = client.get("/parks/liseberg/history/versions.jsonl")

    assert response.status_code == 404


def test_who_fetches_too_many_files_is_asked_to_wait(
    park: ParkPage, client: Client
) -> None:
    codes = [client.get(ADDRESS).status_code for _ in range(EXPORTS_A_MINUTE + 1)]

    assert codes == [200] * EXPORTS_A_MINUTE + [429]


def test_a_page_that_is_gone_is_exported_by_its_uuid_for_who_may_restore_it(
    park: ParkPage, client: Client
) -> None:
    address = f"/changes/of/{park.uuid}/versions.jsonl"
    ParkPage.objects.get(pk=park.pk).delete()

    anonymous = client.get(address)
    client.force_login(make_person("Moderator"))

    assert anonymous.status_code == 404
    assert len(downloaded(client, address)) > 61


@pytest.mark.parametrize("is_archived", [False, True])
def test_each_lot_of_versions_costs_the_same_few_queries(
    is_archived: bool,
    park: ParkPage,
    client: Client,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lengthen_history(park, by=139)
    if is_archived:
        archive()
    costs = []
    for at_once in (200, 20):
        monkeypatch.setattr(lines, "AT_ONCE", at_once)
        with CaptureQueriesContext(connection) as queries:
            assert len(list(lines.exported(versions_of(park)))) == 201
        costs.append(len(queries))

    assert costs[0] <= 5
    assert costs[1] <= 10 * costs[0]


def versions_of(park: ParkPage) -> Any:
    return PageVersion.objects.filter(object_uuid=park.uuid)


def test_the_command_writes_the_same_file(
    park: ParkPage, client: Client, tmp_path: Path
) -> None:
    archive()
    out, file = StringIO(), tmp_path / "versions.jsonl"

    call_command("export_history", "--page", "parks/gruna-lund/", stdout=out)
    call_command("export_history", "--page", str(park.uuid), "--output", str(file))

    assert out.getvalue().encode() == raw(client)
    assert file.read_bytes() == raw(client)
    assert list(tmp_path.glob("*.part")) == []


def test_the_command_fails_after_writing_what_can_be_read(
    park: ParkPage, folder: Path
) -> None:
    archive()
    cut_short(next(folder.rglob("*.twa")))
    out = StringIO()

    with pytest.raises(CommandError, match=ArchiveBundle.objects.get().name):
        call_command("export_history", "--page", "parks/gruna-lund/", stdout=out)

    assert out.getvalue().count("\n") == 62


def test_the_command_says_when_there_is_nothing(park: ParkPage) -> None:
    with pytest.raises(CommandError, match="no page at parks/nowhere/"):
        call_command("export_history", "--page", "parks/nowhere/", stdout=StringIO())
