"""Writing rides nobody built (parks/inventing.py) into the wiki, many at a time."""

from collections import defaultdict
from collections.abc import Callable, Iterator
from itertools import count, islice
from typing import Any

from django.db import transaction

from core.bulk_pages import add_bare_pages
from core.write_lock import let_others_write
from parks.inventing import ELEMENTS, INVERTING, Invented, Inventor
from parks.models import (
    CompanyIndexPage,
    CompanyPage,
    Element,
    ParkIndexPage,
    ParkPage,
    ParkStatusPeriod,
    RideModelIndexPage,
    RideModelPage,
)

RIDES_PER_PARK = 25
AT_ONCE = 500


def invent_rides(
    number: int,
    *,
    committing: Callable[[list[int]], None] = lambda keys: None,
    seed: int = 1,
) -> Iterator[int]:
    """Add so many rides with the parks, makers and models they need.

    The pages have no history and no revisions (core/bulk_pages.py). Some at a time are
    written in a transaction of their own, at whose end `committing` gets their keys;
    yields how many there are then. Whoever breaks it off keeps those.
    """
    with transaction.atomic():
        inventor = Inventor(seed, batch=ParkIndexPage.objects.get().numchild)
        parks = _parks(inventor, max(1, number // RIDES_PER_PARK))
        models = _models(inventor, max(1, min(400, number // 100)))
        elements = _elements()
    done = 0
    for some in _batched(_sizes(inventor, number, len(parks)), AT_ONCE):
        let_others_write()
        invented: dict[int, list[Invented]] = defaultdict(list)
        for place in some:
            ride = inventor.ride(parks[place], models, elements)
            invented[parks[place].pk].append(ride)
        with transaction.atomic():
            keys = _write(invented)
            committing(keys)
        done += len(keys)
        yield done


def _write(invented: dict[int, list[Invented]]) -> list[int]:
    """Rides below their parks, as those stand now. One that is gone gets none."""
    written: list[Invented] = []
    for park in ParkPage.objects.select_for_update(of=("self",)).filter(
        pk__in=invented
    ):
        add_bare_pages(park, [ride.page for ride in invented[park.pk]])
        written += invented[park.pk]
    _write_rows(written)
    return [ride.page.pk for ride in written]


def _parks(inventor: Inventor, number: int) -> list[ParkPage]:
    parks = [inventor.park() for _ in range(number)]
    add_bare_pages(ParkIndexPage.objects.get(), parks)
    periods = [
        ParkStatusPeriod(page_id=park.pk, status=period.status, began=period.began)
        for park in parks
        for period in park.status_periods.all()
    ]
    ParkStatusPeriod.objects.bulk_create(periods, batch_size=AT_ONCE)
    return parks


def _models(inventor: Inventor, number: int) -> list[RideModelPage]:
    makers: list[CompanyPage] = [inventor.maker() for _ in range(max(1, number // 3))]
    add_bare_pages(CompanyIndexPage.objects.get(), makers)
    models = [inventor.model(makers[n % len(makers)]) for n in range(number)]
    add_bare_pages(RideModelIndexPage.objects.get(), models)
    return models


def _elements() -> list[Element]:
    """Elements of these names, made where the wiki does not know them yet."""
    return [
        Element.objects.get_or_create(
            name=name, defaults={"is_inversion": place < INVERTING}
        )[0]
        for place, name in enumerate(ELEMENTS)
    ]


def _sizes(inventor: Inventor, number: int, parks: int) -> Iterator[int]:
    """For each ride the place of its park: some parks are large, most are not."""
    weights = [min(inventor.dice.paretovariate(1.1), 40) for _ in range(parks)]
    return iter(sorted(inventor.dice.choices(range(parks), weights, k=number)))


def _batched(things: Iterator[int], size: int) -> Iterator[list[int]]:
    for _ in count():
        some = list(islice(things, size))
        if not some:
            return
        yield some


def _write_rows(rides: list[Invented]) -> None:
    by_model: dict[Any, list[Any]] = defaultdict(list)
    for ride in rides:
        numbers: dict[Any, int] = defaultdict(int)
        for row in ride.rows:
            row.page_id = ride.page.pk
            row.sort_order = numbers[type(row)]
            numbers[type(row)] += 1
            by_model[type(row)].append(row)
    for model, rows in by_model.items():
        model.objects.bulk_create(rows, batch_size=AT_ONCE)
