"""Edge case 6 at its full length: a branch of two hundred pages, all or nothing.

The pages are made, planned and merged by what does so for many at once.
"""

from typing import Any

from django.db.models import F
from django.test import Client

import pytest

from branches.actions import Piece, begin_branch, put_all_on
from branches.merging.jobs import latest_job
from branches.models import Proposal, ProposalItem
from branches.refusals import MergeProblems
from branches.states import ProposalState
from core.bulk_adding import Added, add_and_publish
from core.changes import one_action
from core.jobs.models import Job
from core.jobs.running import run
from history.heads import heads_of
from history.models import ChangeSet, Deletion
from history.reading import contents_of_versions
from history.reverting.contents import facts_alone
from history.trash.actions import restore
from moderation.suggestions.deciding import approve_suggestion
from parks.models import CompanyIndexPage, CompanyPage
from tests.branches.filling import text_of
from tests.branches.proposing import handed_in
from tests.factories.people import make_person
from tests.history.published import live

pytestmark = pytest.mark.usefixtures("home")

PAGES = 200


def season_of(number: int) -> Proposal:
    """A branch that says something else of so many companies, handed in."""
    index = CompanyIndexPage.objects.get()
    companies = [CompanyPage(title=f"Maker {place}") for place in range(number)]
    with one_action("load", gathers=True):
        add_and_publish([Added(company, index) for company in companies], by=None)
    editor = make_person("Editor")
    branch = begin_branch("Season", by=editor, reason="New")
    branch = put_all_on(branch, list(pieces_about(companies)), by=editor)
    return handed_in(branch, by=editor)


def pieces_about(companies: list[CompanyPage]) -> Any:
    newest = heads_of(company.uuid for company in companies)
    texts = contents_of_versions(newest.values(), reader=None)
    for company in companies:
        base = newest[company.uuid]
        content = {**facts_alone(texts[base.pk]), "seo_title": "New"}
        yield Piece(CompanyPage, company.uuid, company.title, content, base)


def approve(branch: Proposal, by: Any) -> None:
    branch = live(branch)
    approve_suggestion(branch, by=by, content_hash=branch.content_hash)


def work(branch: Proposal) -> Job:
    job = latest_job(branch)
    assert job is not None
    done: Job = run(job.pk)
    return done


def published() -> int:
    return CompanyPage.objects.filter(seo_title="New").count()


def test_edge_case_6_one_bad_page_of_200_publishes_none_and_its_mending_all(
    moderator: Any,
) -> None:
    season = season_of(PAGES)
    approve(season, moderator)
    CompanyPage.objects.get(title="Maker 7").delete()
    changes = ChangeSet.objects.count()

    failed = work(season)

    assert "Maker 7" in failed.report["refused"]
    assert (published(), ChangeSet.objects.count()) == (0, changes)
    assert live(season).state == ProposalState.IN_REVIEW
    restore(deletion=Deletion.objects.get(), by=make_person("admin"))
    approve(season, moderator)
    work(season)
    assert live(season).state == ProposalState.MERGED
    assert published() == PAGES


def test_edge_case_6_what_is_wrong_with_many_pages_is_listed_by_fifty(
    moderator: Any, as_moderator: Client
) -> None:
    season = season_of(52)
    bad = {"operation": "move", "place_uuid": F("object_uuid")}
    ProposalItem.objects.filter(proposal=season).update(**bad)

    with pytest.raises(MergeProblems) as refused:
        approve(season, moderator)

    assert str(refused.value).endswith("lists all 52 of them.")
    address = season.get_absolute_url()
    listed = [
        text_of(as_moderator.get(address, {"remarks": page})).count("Has to be mended")
        for page in (1, 2)
    ]
    assert listed == [50, 2]
    assert published() == 0
