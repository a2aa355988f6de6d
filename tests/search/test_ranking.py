"""Which pages answer a question, and which of them comes first."""

import itertools

import pytest

from parks.gathering import PublicPages
from search.documents import Subject, document_of
from search.finding import MOST_HITS, find
from search.models import Entry, Kind
from search.questions import Question
from tests.factories.findable import make_findable

pytestmark = pytest.mark.django_db

_keys = itertools.count(10_001)


def ride(name: str, *others: str, **more: object) -> Subject:
    return _subject(Kind.RIDE, name, *others, **more)


def park(name: str, *others: str, **more: object) -> Subject:
    return _subject(Kind.PARK, name, *others, **more)


def _subject(kind: Kind, name: str, *others: str, **more: object) -> Subject:
    return Subject(
        pk=next(_keys),
        kind=kind,
        official=(name,),
        others=others,
        **more,  # type: ignore[arg-type]  # the test's own
    )


def found(query: str, kind: Kind | None = None) -> list[int]:
    hits = find(Question.of(query), PublicPages(), kind).hits
    return [hit.pk for hit in hits]


def test_the_better_a_name_fits_the_earlier_it_comes() -> None:
    best_first = [
        ride("Mantis", is_gone=True),
        ride("Rougarou", "Mantis", is_gone=True),
        ride("Mantis Coaster"),
        ride("Screamer", "Mantis Rider"),
        ride("The Last Mantis"),
        ride("Great Mantisse"),
        ride("Kamakiri", about=("Mantis Park",)),
        ride("Grasshopper", prose=("It was built beside the mantis.",)),
    ]
    make_findable(reversed(best_first))

    assert found("mantis") == [subject.pk for subject in best_first]


def test_among_equals_what_is_there_comes_before_what_is_gone() -> None:
    gone, there = ride("Comet", is_gone=True), ride("Comet")
    make_findable([gone, there])

    assert found("comet") == [there.pk, gone.pk]


def test_among_equals_parks_come_before_rides_and_both_before_models() -> None:
    kinds = [Kind.MODEL, Kind.MAKER, Kind.RIDE, Kind.PARK]
    subjects = [_subject(kind, "Boomerang") for kind in kinds]
    make_findable(subjects)

    assert found("boomerang") == [subject.pk for subject in reversed(subjects)]


def test_among_equals_the_one_with_more_rides_comes_first() -> None:
    small, large = park("Luna Park", followers=2), park("Luna Park", followers=20)
    make_findable([small, large])

    assert found("luna park") == [large.pk, small.pk]


def test_a_ride_is_found_by_its_name_and_its_park_together() -> None:
    beast = ride("The Beast", about=("Kings Island", "Mason", "Ohio"))
    neighbour = ride("Orion", about=("Kings Island", "Mason", "Ohio"))
    far = ride("The Beast", about=("Alton Towers",))
    make_findable([neighbour, beast, far])

    assert found("beast kings island") == [beast.pk]
    assert found("king's island mason") == [beast.pk, neighbour.pk]


@pytest.mark.parametrize("typed", ["beast", "the beast", "THE BEAST!", "Beást"])
def test_articles_case_and_accents_make_no_difference(typed: str) -> None:
    beast, beastly = ride("The Beast"), ride("Beastly Ride")
    make_findable([beastly, beast])

    assert found(typed)[0] == beast.pk


@pytest.mark.parametrize("typed", ["富士急", "ハイランド", "富士急ハイランド", "イ"])
def test_a_name_without_spaces_is_found_by_any_part_of_it(typed: str) -> None:
    highland = park("Fuji-Q Highland", "富士急ハイランド")
    make_findable([highland, park("Nagashima Spa Land", "ナガシマスパーランド")])

    assert found(typed) == [highland.pk]


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("أرض العجائب", "ارض"),
        ("לונה פארק", "פארק"),
        ("Диво Остров", "диво остров"),
        ("롯데월드", "월드"),
        ("สวนสยาม", "สยาม"),
    ],
)
def test_a_name_is_found_in_its_own_script(name: str, typed: str) -> None:
    wanted = park("Elsewhere", name)
    make_findable([wanted, park("Cedar Point")])

    assert found(typed) == [wanted.pk]


def test_a_word_of_a_story_counts_as_a_whole_only() -> None:
    told = ride("Orion", prose=("A launched coaster with an airtime hill.",))
    make_findable([told])

    assert found("launched") == [told.pk]
    assert found("launch airtime") == []


def test_a_digit_is_no_beginning_of_a_number() -> None:
    second, many = ride("Top Thrill 2"), ride("Top Thrill 2000")
    make_findable([many, second])

    assert found("top thrill 2")[0] == second.pk
    assert found("2") == [second.pk]


def test_words_that_hold_a_question_together_need_not_be_there() -> None:
    coaster = ride("Comet", about=("Ohio",))
    make_findable([coaster])

    assert found("the comet in ohio") == [coaster.pk]
    assert found("in") == []


def test_a_kind_alone_and_the_number_of_each() -> None:
    comets = [ride("Comet"), ride("Comet Express"), park("Comet Park")]
    make_findable(comets)

    outcome = find(Question.of("comet"), PublicPages(), Kind.PARK)

    assert [hit.pk for hit in outcome.hits] == [comets[2].pk]
    assert outcome.counts == {Kind.RIDE: 2, Kind.PARK: 1}


def test_of_too_many_the_best_are_kept_and_none_are_counted() -> None:
    named = ride("Common")
    common = [ride(f"Number {n}", about=("Common",)) for n in range(MOST_HITS + 5)]
    make_findable([*common, named, park("Here", about=("Common",))])

    everything = find(Question.of("common"), PublicPages())
    parks = find(Question.of("common"), PublicPages(), Kind.PARK)

    assert len(everything.hits) == MOST_HITS
    assert everything.hits[0].pk == named.pk
    assert everything.is_cut
    assert everything.counts is None
    assert len(parks.hits) == 1
    assert not parks.is_cut


def test_of_too_many_stories_those_of_what_is_there_are_kept() -> None:
    gone = [ride(f"G {n}", prose=("wood",), is_gone=True) for n in range(MOST_HITS)]
    there = [ride(f"T {n}", prose=("wood",)) for n in range(3)]
    make_findable([*gone, *there])

    assert found("wood")[:3] == [subject.pk for subject in there]


BIG = {
    "long words": {"official": ("𠀀" * 40 + " " + "x" * 900,)},
    "many names": {"others": tuple(f"{n} " * 90 for n in range(999))},
    "swelling letters": {"about": tuple("ﷺ" * 200 for _ in range(500))},
    "a book": {"prose": (" ".join(map(str, range(99_999))),)},
    "signs": {"official": ("'\"\\ | & !?",)},
}


@pytest.mark.parametrize("facts", BIG.values(), ids=BIG)
def test_no_page_is_too_much_for_the_index(facts: dict[str, tuple[str, ...]]) -> None:
    subject = Subject(
        **{"pk": next(_keys), "kind": Kind.RIDE, "official": ("Name",), **facts}  # type: ignore[arg-type]  # as above
    )
    make_findable([subject])

    assert Entry.objects.get(pk=subject.pk).bag == document_of(subject).bag
