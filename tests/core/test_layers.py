"""Rows lie over the stored ones for one connection, and leave no trace."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

from django.db import DatabaseError, connection, transaction
from django.db.models import Count

from wagtail.models import Page

import pytest

from core.layers import Layer, laid_over, the_layer
from home.models import HomePage

NEW = -7


def lay_title(layer: Layer, page: Any, title: str) -> None:
    """Another title of a stored page, and a new page below it."""
    row = Page.objects.get(pk=page.pk)
    row.title = title
    new = Page.objects.get(pk=page.pk)
    new.pk, new.path, new.depth = NEW, f"{page.path}ZZZZ", page.depth + 1
    layer.lay(Page, [row, new], instead_of={page.pk, NEW}, by="id")


def test_whoever_asks_meanwhile_is_answered_with_the_rows_that_lie_over(
    home: HomePage,
) -> None:
    before = Page.objects.count()

    with laid_over() as layer:
        lay_title(layer, home, "Laid over")
        title = HomePage.objects.get(pk=home.pk).title
        count = Page.objects.count()
        new = Page.objects.filter(depth=home.depth + 1).get(pk=NEW)

    assert (title, count) == ("Laid over", before + 1)
    assert new.path.startswith(home.path)
    assert Page.objects.count() == before
    assert HomePage.objects.get(pk=home.pk).title == home.title


def test_numbers_are_still_asked_for_along_with_whole_rows(home: HomePage) -> None:
    with laid_over() as layer:
        lay_title(layer, home, "Laid over")
        [found] = Page.objects.filter(pk=home.pk).annotate(
            sites=Count("sites_rooted_here")
        )

    assert (found.title, found.sites) == ("Laid over", 1)


def test_a_stored_row_may_be_out_of_sight_with_nothing_in_its_place(
    home: HomePage,
) -> None:
    with laid_over() as layer:
        layer.lay(Page, [], instead_of={home.pk}, by="id")
        found = HomePage.objects.filter(live=True).exists()

    assert not found
    assert HomePage.objects.filter(live=True).exists()


def test_nothing_is_left_of_it_when_the_page_cannot_be_made(home: HomePage) -> None:
    def make_page() -> None:
        with laid_over() as layer:
            lay_title(layer, home, "Laid over")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        make_page()

    assert the_layer() is None
    assert HomePage.objects.get(pk=home.pk).title == home.title


def test_what_is_laid_over_cannot_be_written(home: HomePage) -> None:
    with laid_over() as layer:
        lay_title(layer, home, "Laid over")
        with pytest.raises(DatabaseError), transaction.atomic():
            Page.objects.filter(pk=home.pk).update(title="Written")

    assert HomePage.objects.get(pk=home.pk).title == home.title


@pytest.mark.django_db(transaction=True)
def test_others_read_and_write_what_is_stored_all_the_while(home: HomePage) -> None:
    def write() -> str:
        try:
            Page.objects.filter(pk=home.pk).update(seo_title="Written beside")
            return Page.objects.get(pk=home.pk).title
        finally:
            connection.close()

    with laid_over() as layer, ThreadPoolExecutor(1) as beside:
        lay_title(layer, home, "Laid over")
        read = beside.submit(write).result(timeout=10)

    assert read == home.title
    assert Page.objects.get(pk=home.pk).seo_title == "Written beside"
