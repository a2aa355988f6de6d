"""Pages that can be found and that are nothing else: thousands of them in no time."""

from collections.abc import Iterable, Iterator, Sequence

from django.contrib.contenttypes.models import ContentType

from wagtail.models import Locale, Page

from parks.models import RidePage
from search.documents import Subject, document_of
from search.indexing import write
from search.lexicon import learn

DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"
# Below a branch of the tree that holds no other pages.
BRANCH = "0001000Z"
AT_ONCE = 5_000


def make_findable(subjects: Iterable[Subject]) -> None:
    """Bare rows of the page table, live, with an entry, a story and their words."""
    known = list(subjects)
    locale = Locale.objects.get_or_create(language_code="en-gb")[0]
    ride = ContentType.objects.get_for_model(RidePage)
    for some in _slices(known):
        Page.objects.bulk_create(
            Page(
                pk=subject.pk,
                path=f"{BRANCH}{_step(subject.pk)}",
                depth=3,
                title=subject.official[0][:200],
                slug=f"page-{subject.pk}",
                url_path=f"/wiki/branch/page-{subject.pk}/",
                content_type=ride,
                locale=locale,
                live=True,
            )
            for subject in some
        )
        documents = [document_of(subject) for subject in some]
        write(documents)
        learn(set[str]().union(*(document.lessons for document in documents)))


def _step(number: int) -> str:
    """Four digits of the tree's own alphabet."""
    digits = ""
    for _ in range(Page.steplen):
        number, digit = divmod(number, len(DIGITS))
        digits = DIGITS[digit] + digits
    return digits


def _slices(subjects: Sequence[Subject]) -> Iterator[Sequence[Subject]]:
    return (
        subjects[start : start + AT_ONCE] for start in range(0, len(subjects), AT_ONCE)
    )
