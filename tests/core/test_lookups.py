"""Questions about many keys at once."""

from wagtail.models import Page

import pytest

from home.models import HomePage
from tests.factories.pages import make_park, make_ride


@pytest.mark.django_db
def test_pages_among_many_keys_are_those_of_the_keys(home: HomePage) -> None:
    park = make_park()
    wanted = [make_ride(park, "Blue Streak").pk, make_ride(park, "Raptor").pk]
    make_ride(park, "Gemini")

    found = Page.objects.filter(pk__among=[*wanted, *range(10**6, 10**6 + 600)])
    nothing = Page.objects.filter(pk__among=[])

    assert sorted(found.values_list("pk", flat=True)) == sorted(wanted)
    assert not nothing.exists()
