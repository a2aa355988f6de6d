"""Pages show the sizes that workers have made before anybody looks."""

import re

from django.conf import settings

from wagtail.images.models import Filter

import pytest

from photos.sizes import STANDARD_SPECS

COMPONENTS = settings.BASE_DIR / "templates" / "components"
ASKED = re.compile(r"{% (?:picture|image) photo ((?:(?:width|format)-\S+ )+)")


@pytest.mark.parametrize("name", ["picture", "gallery"])
def test_no_visitor_waits_for_a_size_of_a_photo(name: str) -> None:
    source = (COMPONENTS / f"{name}.html").read_text()

    asked = [
        spec
        for words in ASKED.findall(source)
        for spec in Filter.expand_spec(words.split())
    ]

    assert asked
    assert set(asked) <= set(STANDARD_SPECS)
