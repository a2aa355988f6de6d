"""What readers see of each kind of fact in a comparison."""

import re
from itertools import count
from typing import Any

from django.db import connection
from django.http import HttpRequest
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext
from django.utils.html import strip_tags

from wagtail.images import get_image_model
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import PageViewRestriction

import pytest

from history.diff.rendering import render_comparison, render_content
from parks.models import ParkName, ParkPage, ParkTerm, RidePage, RideSource, RideTrack
from tests.factories.pages import make_company, make_park, make_ride
from tests.history.diff.histories import contents_of, publish

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.usefixtures("home"),
    # Wagtail leaves the file open that it draws a picture into.
    pytest.mark.filterwarnings(
        "ignore:.*SpooledTemporaryFile:pytest.PytestUnraisableExceptionWarning"
    ),
    pytest.mark.filterwarnings("ignore:Unclosed file:ResourceWarning"),
]


def html_of(
    before: dict[str, Any],
    after: dict[str, Any],
    *,
    model: Any = ParkPage,
    **query: str,
) -> str:
    return render_comparison(model, before, after, request=asked(**query))


def asked(**query: str) -> HttpRequest:
    request = RequestFactory().get("/", query)
    request.COOKIES["units"] = "metric"
    return request


def text_of(html: str) -> str:
    return re.sub(r"\s+", " ", strip_tags(html)).strip()


def compared(page: Any, **facts: Any) -> str:
    """The last change of a page, as HTML, after changing these facts."""
    publish(page, **facts)
    *_, before, after = contents_of(page)
    return html_of(before, after, model=type(page))


def test_equal_contents_show_no_change() -> None:
    park = make_park()
    (content,) = contents_of(park)

    html = html_of(content, content)

    assert "No fact differs." in html
    assert not re.search(r"<(ins|del)\b", html)


def test_a_short_fact_stands_beside_its_successor_under_its_label() -> None:
    text = text_of(compared(make_park(city="Huron"), city="Sandusky"))

    assert "city − Huron + Sandusky" in text


def test_unchanged_facts_are_folded_and_counted() -> None:
    html = compared(make_park(city="Huron"), city="Sandusky")

    folded = html[html.index("<details") :]
    assert re.search(r"<summary>\d+ unchanged facts</summary>", folded)
    assert "United States" in folded
    assert "Sandusky" not in folded


def test_a_choice_is_shown_by_its_label() -> None:
    text = text_of(compared(make_park(), park_type="water"))

    assert "type − Theme park + Water park" in text


def test_yes_and_no_stand_for_booleans() -> None:
    text = text_of(compared(make_ride(make_park()), indoor=True))

    assert "indoor − no + yes" in text


def test_a_measure_keeps_its_unit_and_is_converted_beside_it() -> None:
    ride = make_ride(make_park(), height="110 ft", speed="100 km/h")
    text = text_of(compared(ride, tracks=[_with(ride.tracks.get(), height="34 m")]))

    assert "height − 110 ft (33.5 m) + 34 m" in text.replace("\xa0", " ")
    assert "100 km/h" in text.replace("\xa0", " ")


def test_a_partial_date_is_written_in_words() -> None:
    park = make_park(opened="1870")

    text = text_of(
        compared(park, status_periods=[_with(park.status_periods.get(), began="1870~")])
    )

    assert "from − 1870 + c. 1870" in text


def test_both_coordinates_are_one_pin_that_moved_by_metres() -> None:
    park = make_park(latitude="41.482000", longitude="-82.683500")

    text = text_of(compared(park, latitude="41.484000"))

    assert "map pin − 41.482, -82.6835 + 41.484, -82.6835" in text
    assert "The pin moved 222 m to the north." in text


def test_a_pin_set_for_the_first_time_has_not_moved() -> None:
    text = text_of(compared(make_park(), latitude="41.482", longitude="-82.6835"))

    assert "+ 41.482, -82.6835" in text
    assert "moved" not in text


def test_rows_are_told_apart_by_their_uuid() -> None:
    park = make_park()
    kept = park.names.get()
    publish(park, names=[kept, ParkName(text="Cedar", kind="nickname")])
    *_, nickname = ParkPage.objects.get(pk=park.pk).names.all()

    text = text_of(compared(park, names=[_with(nickname, language="en"), kept]))

    assert "language − –nothing + en" in text
    assert "↕ moved" in text
    assert "removed" not in text
    assert "added" not in text


def test_an_added_row_is_shown_with_its_facts() -> None:
    park = make_park()
    row = ParkTerm(company=make_company("Cedar Fair", is_operator=True), began="2006")

    text = text_of(compared(park, terms=[row]))

    assert "owners and operators" in text
    assert "+ added" in text
    assert "Cedar Fair" in text
    assert "from 2006" in text


def test_tags_are_shown_as_added_and_removed() -> None:
    park = make_park()
    draft = park.get_latest_revision_as_object()
    draft.tags.add("boardwalk", "lake")
    draft.save_revision().publish()
    draft = ParkPage.objects.get(pk=park.pk).get_latest_revision_as_object()
    draft.tags.remove("lake")
    draft.tags.add("historic")
    draft.save_revision().publish()
    *_, before, after = contents_of(park)

    text = text_of(html_of(before, after))

    assert "− lake" in text
    assert "+ historic" in text
    assert "1 unchanged value" in text


def test_a_page_is_named_by_its_title_and_linked() -> None:
    park, resort = make_park(), make_park("Resort")

    html = compared(park, resort=resort)

    assert f'<a href="{resort.url}"><bdi>Resort</bdi></a>' in html


@pytest.mark.parametrize("state", ["private", "below private", "unpublished", "gone"])
def test_a_page_that_is_not_public_is_not_named(state: str) -> None:
    park, resort = make_park(), make_park("Secret Resort")
    publish(park, resort=resort)
    before, after = contents_of(park)
    if state == "private":
        PageViewRestriction.objects.create(page=resort, restriction_type="login")
    elif state == "below private":
        PageViewRestriction.objects.create(
            page=resort.get_parent(), restriction_type="login"
        )
    elif state == "unpublished":
        resort.unpublish()
    else:
        after["resort"] = 99_999

    html = html_of(before, after)

    assert "a page that is gone or not public" in html
    assert "secret" not in html.lower()
    assert "cedar" in html.lower()


def test_a_story_marks_the_words_that_changed() -> None:
    park = make_park(body=[("paragraph", "<p>A park on Lake Erie. It is old.</p>")])
    block = park.body[0].id

    html = compared(
        park,
        body=_story(("paragraph", "<p>A park on Lake Erie. It is vast.</p>", block)),
    )

    assert "<del>old</del><ins>vast</ins>" in html
    assert "removed" not in html
    assert "A park on Lake Erie. It is " in html


def test_a_block_that_moved_is_seen_as_moved() -> None:
    park = make_park(
        body=[("heading", "One"), ("heading", "Two"), ("heading", "Three")]
    )
    one, two, three = (block.id for block in park.body)

    text = text_of(
        compared(
            park,
            body=_story(
                ("heading", "Three", three),
                ("heading", "One", one),
                ("heading", "Two", two),
            ),
        )
    )

    assert "↕ moved" in text
    assert text.index("Three") < text.index("2 unchanged blocks")
    assert "added" not in text
    assert "removed" not in text


def test_changed_markup_is_a_change() -> None:
    park = make_park(body=[("paragraph", "<p>A vast park.</p>")])

    html = compared(
        park, body=_story(("paragraph", "<p>A <b>vast</b> park.</p>", park.body[0].id))
    )

    assert re.search(r"<del>vast ?</del>\s?<ins><b>vast</b>", html)


def test_a_link_in_a_story_is_named_by_the_title_of_its_page() -> None:
    maker = make_company("Intamin")
    park = make_park(body=[("paragraph", "<p>By a maker.</p>")])
    linked = f'<p>By <a linktype="page" id="{maker.pk}">a maker</a>.</p>'

    html = compared(park, body=_story(("paragraph", linked, park.body[0].id)))

    assert "(link to" in html
    assert f'<a href="{maker.url}"><bdi>Intamin</bdi></a>' in html


def test_photos_stand_side_by_side_with_what_is_known_of_them() -> None:
    old, new = (
        get_image_model().objects.create(
            title=title, credit="A. Visitor", file=get_test_image_file(f"{title}.png")
        )
        for title in ("Gate", "Wheel")
    )
    park = make_park(lead_photo=old)

    html = compared(park, lead_photo=new)

    assert len(re.findall(r'<img src="/media/[^"]+\.webp"', html)) == 2
    assert "Gate" in html
    assert "640 × 480 · Photo: <bdi>A. Visitor</bdi>" in html


def test_a_photo_that_is_gone_is_said_to_be_gone() -> None:
    photo = get_image_model().objects.create(
        title="Gate", file=get_test_image_file("gate.png")
    )
    park = make_park(lead_photo=photo)
    before, after = contents_of(publish(park, lead_photo=None))
    photo.delete()

    assert "a photo that is gone or not public" in html_of(before, after)


def test_the_layouts_show_both_texts_each_in_its_way() -> None:
    park = make_park(body=[("paragraph", "<p>It is old.</p>")])
    publish(park, body=_story(("paragraph", "<p>It is vast.</p>", park.body[0].id)))
    before, after = contents_of(park)

    inline = html_of(before, after, view="inline")
    side = html_of(before, after, view="side")
    both = html_of(before, after)

    assert inline.count("<ins>vast</ins>") == inline.count("<del>old</del>") == 1
    assert "It is <del>old</del>." in side
    assert "It is <ins>vast</ins>." in side
    assert "It is <del>old</del><ins>vast</ins>." in both
    assert "It is <ins>vast</ins>." in both
    assert html_of(before, after, view="sideways") == both


def test_the_facts_a_source_supports_have_the_names_readers_know() -> None:
    ride = make_ride(make_park())
    source = RideSource(title="Yearbook", facts="status_periods, tracks.duration_s")

    html = compared(ride, sources=[source])

    label = RideTrack._meta.get_field("duration_s").verbose_name
    assert f"status, {label}" in text_of(html)
    assert "status_periods" not in html
    assert "duration_s" not in html


def test_facts_the_model_no_longer_has_are_shown_all_the_same() -> None:
    (content,) = contents_of(make_park())
    before = {**content, "mascot_name": "Bear", "old_rows": [{"uuid": "a", "x": 1}]}

    text = text_of(html_of(before, content))

    assert "mascot name − Bear" in text
    assert "old rows" in text


def test_a_comparison_costs_as_many_queries_for_ten_links_as_for_one() -> None:
    park, numbers = make_park(), count()

    def queries_for(number: int) -> int:
        ride = make_ride(park, f"Ride {next(numbers)}")
        (before,) = contents_of(ride)
        companies = [make_company(f"Maker {ride.pk} {n}") for n in range(number)]
        rows = [{"uuid": f"{c.pk}", "company": c.pk} for c in companies]
        with CaptureQueriesContext(connection) as queries:
            html_of(before, {**before, "credits": rows}, model=RidePage)
        return len(queries)

    queries_for(1)

    assert queries_for(10) == queries_for(1)


def test_one_content_can_be_shown_in_full_without_a_mark_of_change() -> None:
    park = make_park(
        body=[("paragraph", "<p>A <b>vast</b> park.</p>")], city="Sandusky"
    )
    draft = park.get_latest_revision_as_object()
    draft.tags.add("lake")
    draft.save_revision().publish()
    *_, content = contents_of(park)

    html = render_content(ParkPage, content, request=asked())

    text = text_of(html)
    assert "<b>vast</b>" in html
    assert "Sandusky" in text
    assert "lake" in text
    assert "1870" in text
    assert not re.search(r"<(ins|del)\b", html)
    assert "added" not in text


def _with(row: Any, **facts: Any) -> Any:
    for name, value in facts.items():
        setattr(row, name, value)
    return row


def _story(*blocks: tuple[str, str, str]) -> Any:
    story: Any = ParkPage._meta.get_field("body")
    return story.to_python(
        [{"type": kind, "value": value, "id": key} for kind, value, key in blocks]
    )


def test_several_tracks_are_compared_each_with_itself() -> None:
    ride = make_ride(make_park(), name="South", height="60 m")
    south = ride.tracks.get()
    north = RideTrack(name="North", height="61 m")

    text = text_of(compared(ride, tracks=[north, _with(south, height="62 m")]))

    assert "height − 60 m + 62 m" in text.replace("\xa0", " ")
    assert "+ added name North" in text
