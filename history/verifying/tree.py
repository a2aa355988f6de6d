"""The tree of pages is sound (I4). Nothing is mended here."""

from collections.abc import Iterator

from django.db.models import Count

from wagtail.models import Page

from history.verifying.faults import Fault

PROBLEMS = (
    "has a path with a letter no path has",
    "has a path of a wrong length",
    "stands below nothing",
    "has a wrong depth",
    "has a wrong number of pages below it",
)


def faults_of_tree() -> Iterator[Fault]:
    """Whatever is wrong with places and addresses.

    The check of places is the tree library's own; it asks for each page.
    """
    for keys, problem in zip(Page.find_problems(), PROBLEMS, strict=True):
        for key in keys:
            yield Fault("I4", f"page {key}", None, problem)
    above: list[tuple[str, str]] = []
    pages = Page.objects.order_by("path").values_list("path", "url_path", "slug")
    for path, address, slug in pages.iterator(chunk_size=1000):
        while above and not path.startswith(above[-1][0]):
            above.pop()
        if above and address != f"{above[-1][1]}{slug}/":
            yield Fault("I4", address, None, f"should be {above[-1][1]}{slug}/")
        above.append((path, address))
    twice = Page.objects.order_by().values("url_path").annotate(number=Count("pk"))
    for address in twice.filter(number__gt=1).values_list("url_path", flat=True):
        yield Fault("I4", address, None, "is the address of more than one page")
