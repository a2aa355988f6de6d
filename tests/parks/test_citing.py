"""Which source says which fact."""

from parks.citing import citations_of
from parks.models import RideSource
from parks.templatetags.citing import cite


def source(title: str, facts: str, **more: str) -> RideSource:
    return RideSource(title=title, facts=facts, **more)


def test_a_fact_names_its_sources_by_their_place_in_the_list() -> None:
    cited = citations_of(
        [
            source("Report", "tracks.height, tracks.speed"),
            source("Book", ""),
            source("Paper", "height"),
        ]
    )

    assert [c.number for c in cited["height"]] == [1, 3]
    assert [c.number for c in cited["speed"]] == [1]
    assert set(cited) == {"height", "speed"}


def test_an_editors_own_words_for_a_fact_are_understood() -> None:
    cited = citations_of([source("Report", "Opening date, names , Manufacturer, ,")])

    assert set(cited) == {"status_periods", "names", "credits"}


def test_a_mark_says_what_kind_of_source_it_is_and_lets_no_markup_through() -> None:
    cited = citations_of(
        [source('<b>"Report"</b>', "height", publisher="Cedar", standing="official")]
    )

    markup = cite(cited, "height")

    assert 'href="#source-1"' in markup
    assert "Official figure: &lt;b&gt;&quot;Report&quot;&lt;/b&gt;, Cedar" in markup
    assert "<b>" not in markup


def test_a_fact_without_a_source_has_no_mark() -> None:
    assert cite({}, "height") == cite(None, "height") == ""
