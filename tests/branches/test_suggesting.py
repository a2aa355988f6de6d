"""Members suggest edits in a form of the site, without the admin."""

from typing import Any

from django.test import Client

import pytest
from allauth.account.models import EmailAddress

from branches.actions import drafting
from branches.models import Proposal
from branches.states import ProposalState
from history.content import changed_facts
from history.models import PageVersion
from history.reading import content_of_version
from history.reverting.contents import facts_alone
from parks.models import MakerCredit, ParkPage, RideExternalId, RidePage
from tests.branches.filling import WORDS, form_at, hand_in, text_of
from tests.branches.proposing import suggested
from tests.factories.pages import make_company, make_ride
from tests.history.suppression.hiding import publish


def at(page: Any) -> str:
    return f"{page.url}suggest/"


def test_every_public_park_and_ride_invites_to_suggest_an_edit(
    client: Client, park: ParkPage, ride: RidePage
) -> None:
    for page in (park, ride):
        assert at(page) in client.get(page.url).content.decode()


def test_a_visitor_is_sent_to_sign_in_first(client: Client, ride: RidePage) -> None:
    response = client.get(at(ride))

    assert response.status_code == 302
    assert response.headers["Location"].startswith("/accounts/login/")


def test_who_has_not_confirmed_an_address_is_told_how(
    as_member: Client, member: Any, ride: RidePage
) -> None:
    EmailAddress.objects.filter(user=member).update(verified=False)

    response = as_member.get(at(ride))

    assert response.status_code == 403
    assert "Confirm your e-mail address" in text_of(response)


def test_more_than_a_form_may_hold_is_refused_as_too_large(
    as_member: Client, ride: RidePage
) -> None:
    sent = form_at(as_member, at(ride), **WORDS)

    answer = as_member.post(at(ride), {**sent, "submit": "1", "title": "x" * 2_700_000})
    urlencoded = as_member.post(
        at(ride),
        f"title={'x' * 2_700_000}",
        content_type="application/x-www-form-urlencoded",
    )

    assert (answer.status_code, urlencoded.status_code) == (413, 413)
    assert "more than one form may hold" in text_of(urlencoded)


def test_a_page_that_takes_no_suggestions_has_no_form(
    as_member: Client, home: Any
) -> None:
    maker = make_company("Intamin")

    assert as_member.get(at(maker)).status_code == 404
    assert as_member.get("/parks/not-there/suggest/").status_code == 404


def test_a_member_suggests_a_figure_and_the_page_stays_as_it_is(
    as_member: Client, member: Any, ride: RidePage
) -> None:
    response = hand_in(as_member, at(ride), tracks__0__height="300 ft")

    proposal = Proposal.objects.get()
    assert response.headers["Location"] == proposal.get_absolute_url()
    assert proposal.state == ProposalState.IN_REVIEW
    assert (proposal.author, proposal.source) == (member, "The sign")
    item = proposal.items.get()
    assert item.content["tracks"][0]["height"] == "300 ft"
    assert item.base.seq == 1
    assert ride.tracks.get().height.display("imperial").startswith("310")
    shown = text_of(as_member.get(proposal.get_absolute_url()))
    assert "In review" in shown
    assert "300 ft" in shown


def test_only_what_was_typed_differs_in_a_suggestion(
    as_member: Client, ride: RidePage
) -> None:
    hand_in(as_member, at(ride), tracks__0__height="300 ft")

    item = Proposal.objects.get().items.get()
    before = as_member.get(f"{ride.url}history/1/")
    assert before.status_code == 200
    row = item.content["tracks"][0]
    assert row["uuid"] == str(ride.tracks.get().uuid)
    assert [credit["company"] for credit in item.content["credits"]] == [
        ride.credits.get().company_id
    ]


def test_a_ride_without_figures_can_be_corrected(
    as_member: Client, park: ParkPage
) -> None:
    ride = make_ride(park, "Tea Cups", tracks=[])

    refused = hand_in(as_member, at(ride), status_periods__0__DELETE="on")
    sent = hand_in(as_member, at(ride), title="Mad Tea Cups")

    assert "Status: Fill in at least 1 of these." in text_of(refused)
    assert sent.status_code == 302
    assert Proposal.objects.get().items.get().content["tracks"] == []


def test_a_number_elsewhere_that_a_draft_brought_stays_its_own(
    as_member: Client, ride: RidePage
) -> None:
    draft = ride.get_latest_revision_as_object()
    draft.external_ids = [RideExternalId(system="rcdb", value="594")]
    draft.save_revision().publish()

    response = hand_in(as_member, at(ride), tracks__0__height="300 ft")

    assert response.status_code == 302
    item = Proposal.objects.get().items.get()
    before = facts_alone(content_of_version(item.base, reader=None))
    assert changed_facts(before, item.content) == ["tracks"]


def test_an_impossible_figure_is_said_beside_its_field_and_stays_there(
    as_member: Client, ride: RidePage
) -> None:
    response = hand_in(as_member, at(ride), tracks__0__height="1410 ft")

    html = response.content.decode()
    assert response.status_code == 422
    assert 'value="1410 ft"' in html
    assert 'id="id_tracks-0-height_error"' in html
    assert not Proposal.objects.exists()


def test_what_nobody_chose_is_said_in_words_in_the_language_of_the_reader(
    as_member: Client, ride: RidePage
) -> None:
    english = as_member.get(at(ride)).content.decode()
    german = as_member.get(at(ride), headers={"Accept-Language": "de"}).content.decode()

    assert "Not known</option>" in english
    assert "Nicht bekannt</option>" in german
    assert "-----" not in english + german


def test_reason_and_source_are_asked_for(as_member: Client, ride: RidePage) -> None:
    response = hand_in(
        as_member,
        at(ride),
        tracks__0__height="300 ft",
        change_reason="",
        change_source="",
    )

    shown = text_of(response)
    assert response.status_code == 422
    assert "Say in one line what you change and why." in shown
    assert "Say where this can be checked" in shown


def test_a_story_needs_no_source(as_member: Client, ride: RidePage) -> None:
    response = hand_in(as_member, at(ride), story__new="It roars.", change_source="")

    assert response.status_code == 302
    assert "It roars." in Proposal.objects.get().items.get().content["body"]


def test_a_suggestion_without_a_change_is_refused(
    as_member: Client, ride: RidePage
) -> None:
    response = hand_in(as_member, at(ride))

    assert response.status_code == 422
    assert "Nothing was changed yet" in text_of(response)
    assert not Proposal.objects.exists()


def test_a_preview_shows_the_change_and_keeps_nothing(
    as_member: Client, ride: RidePage
) -> None:
    data = form_at(as_member, at(ride), tracks__0__height="300 ft")

    whole = as_member.post(at(ride), {**data, "preview": "1"})
    part = as_member.post(at(ride), data, headers={"HX-Request": "true"})

    for response in (whole, part):
        assert response.status_code == 200
        assert "300 ft" in text_of(response)
    assert "<html" in whole.content.decode()
    assert "<html" not in part.content.decode()
    assert not Proposal.objects.exists()


def test_a_company_is_named_in_words(as_member: Client, ride: RidePage) -> None:
    maker = make_company("Vekoma")

    refused = hand_in(
        as_member, at(ride), credits__1__company="Vekomo", credits__1__role="builder"
    )
    endless = hand_in(
        as_member,
        at(ride),
        credits__1__company="V" * 60_000,
        credits__1__role="builder",
    )
    taken = hand_in(
        as_member, at(ride), credits__1__company="vekoma", credits__1__role="designer"
    )

    assert endless.status_code == 422
    assert "nothing called “Vekomo”" in text_of(refused)
    assert taken.status_code in (302, 422)
    assert maker.title in taken.content.decode() or taken.status_code == 302


def test_a_row_can_be_removed(as_member: Client, ride: RidePage) -> None:
    hand_in(as_member, at(ride), credits__0__DELETE="on")

    assert Proposal.objects.get().items.get().content["credits"] == []


def test_a_draft_is_kept_for_its_author_alone_and_handed_in_later(
    as_member: Client, client: Client, ride: RidePage
) -> None:
    data = form_at(as_member, at(ride), tracks__0__height="300 ft")
    as_member.post(at(ride), {**data, "draft": "1"})

    proposal = Proposal.objects.get()
    assert proposal.state == ProposalState.DRAFT
    assert client.get(proposal.get_absolute_url()).status_code == 404
    edit = f"{proposal.get_absolute_url()}edit/"
    assert 'value="300 ft"' in as_member.get(edit).content.decode()
    hand_in(as_member, edit)
    proposal.refresh_from_db()
    assert proposal.state == ProposalState.IN_REVIEW
    assert client.get(proposal.get_absolute_url()).status_code == 200


def test_new_rows_keep_their_identity_while_a_suggestion_is_revised(
    as_member: Client, ride: RidePage
) -> None:
    row = {"sources__0__title": "Park map 1979"}
    hand_in(as_member, at(ride), **row)
    proposal = Proposal.objects.get()
    before = proposal.items.get().content["sources"][0]["uuid"]

    hand_in(
        as_member,
        f"{proposal.get_absolute_url()}edit/",
        sources__0__publisher="Kings Island",
    )

    (source,) = Proposal.objects.get().items.get().content["sources"]
    assert (source["uuid"], source["publisher"]) == (before, "Kings Island")


def test_a_revised_suggestion_goes_on_from_what_was_published_meanwhile(
    as_member: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), city="Sandusky")
    publish(park, address="1 Cedar Point Drive")
    edit = f"{Proposal.objects.get().get_absolute_url()}edit/"

    hand_in(as_member, edit, website="https://cedarpoint.example")

    item = Proposal.objects.get().items.get()
    assert item.base.seq == 2
    assert (item.content["city"], item.content["address"]) == (
        "Sandusky",
        "1 Cedar Point Drive",
    )


def test_of_two_tabs_with_one_suggestion_the_second_is_told(
    as_member: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), city="Sandusky")
    edit = f"{Proposal.objects.get().get_absolute_url()}edit/"
    old_tab = form_at(as_member, edit, city="Vermilion")
    hand_in(as_member, edit, city="Toledo")

    response = as_member.post(edit, {**old_tab, **WORDS, "submit": "1"})

    assert response.status_code == 409
    assert 'value="Vermilion"' in response.content.decode()
    assert Proposal.objects.get().items.get().content["city"] == "Toledo"


def test_a_member_has_five_waiting_at_most_and_the_sixth_is_kept_as_a_draft(
    as_member: Client, member: Any, park: ParkPage
) -> None:
    for number in range(5):
        suggested(park, by=member, city=f"City {number}")

    hand_in(as_member, at(park), city="Sandusky")

    sixth = Proposal.objects.latest("pk")
    assert sixth.state == ProposalState.DRAFT
    assert Proposal.objects.open().count() == 5


def test_more_text_than_a_suggestion_may_hold_is_refused(
    as_member: Client, ride: RidePage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(drafting, "MOST_LETTERS", 2_000)

    response = hand_in(as_member, at(ride), story__new="It roars. " * 200)

    assert response.status_code == 413
    assert "more text than one suggestion may hold" in text_of(response)


def test_nobody_revises_the_suggestion_of_somebody_else(
    as_member: Client, as_moderator: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), city="Sandusky")
    address = Proposal.objects.get().get_absolute_url()

    assert as_moderator.get(f"{address}edit/").status_code == 404
    assert as_moderator.post(f"{address}withdraw/").status_code == 403


def test_a_withdrawn_suggestion_stands_in_ones_list_and_nowhere_else(
    as_member: Client, client: Client, park: ParkPage
) -> None:
    hand_in(as_member, at(park), city="Sandusky")
    address = Proposal.objects.get().get_absolute_url()

    as_member.post(f"{address}withdraw/")

    assert "Withdrawn" in text_of(as_member.get("/suggestions/"))
    assert client.get(address).status_code == 404
    assert as_member.get(f"{address}edit/").status_code == 409


@pytest.mark.parametrize(
    "changes",
    [
        {"base": "0"},
        {"base": "x"},
        {"base": "999999"},
        {"seen": "x" * 65},
        {"tracks-0-id": "x"},
        {"tracks-0-id": "99999999999999999999999"},
        {"tracks-INITIAL_FORMS": "7"},
        {"tracks-TOTAL_FORMS": "x"},
        {"names-0-id": None},
        {"credits-0-company": "\x00"},
        {"title": "x" * 5000},
        {"story-new": "x\n\n" * 5000},
    ],
)
def test_a_form_that_was_tampered_with_gets_a_clear_answer(
    as_member: Client, ride: RidePage, changes: dict[str, str | None]
) -> None:
    data = {**form_at(as_member, at(ride)), **changes}
    data = {name: value for name, value in data.items() if value is not None}

    response = as_member.post(at(ride), {**data, **WORDS, "submit": "1"})

    assert response.status_code in (302, 400, 409, 422)
    assert PageVersion.objects.filter(object_uuid=ride.uuid).count() == 1


def test_the_form_asks_twice_at_most_for_each_company_it_names(
    as_member: Client, park: ParkPage, django_assert_max_num_queries: Any
) -> None:
    many = make_ride(park, "Long", maker=make_company("M0"))
    draft = many.get_latest_revision_as_object()
    makers = [make_company(f"M{number}") for number in range(1, 11)]
    draft.credits = [MakerCredit(company=one, role="manufacturer") for one in makers]
    draft.save_revision().publish()
    few = make_ride(park, "Short", maker=makers[0])

    with django_assert_max_num_queries(200) as asked:
        as_member.get(at(few))
    with django_assert_max_num_queries(len(asked) + 2 * len(makers)):
        as_member.get(at(many))
