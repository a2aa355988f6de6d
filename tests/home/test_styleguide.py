"""The styleguide: every component of the site with samples of its states."""

import re
from pathlib import Path

from django.conf import settings
from django.test import Client, RequestFactory
from django.test.utils import override_settings

import pytest

from home.styleguide.samples import FROM_STORAGE, SAMPLES
from home.styleguide.views import drawn

COMPONENTS = Path(settings.BASE_DIR) / "templates" / "components"


def test_every_component_has_samples() -> None:
    components = {file.stem for file in COMPONENTS.glob("*.html")}

    assert set(SAMPLES) | FROM_STORAGE == components


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_component_draws_each_of_its_states(name: str, rf: RequestFactory) -> None:
    request = rf.get("/styleguide/")

    for sample in SAMPLES[name]:
        assert "{{" not in drawn(request, name, sample)


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_a_component_names_its_inputs_at_the_top(name: str) -> None:
    first = (COMPONENTS / f"{name}.html").read_text().partition("\n")[0]

    assert first.startswith(("{# ", "{% comment"))


@pytest.mark.django_db
def test_the_styleguide_is_shown_in_development_only(client: Client) -> None:
    with override_settings(SHOW_STYLEGUIDE=False):
        hidden = client.get("/styleguide/")
    shown = client.get("/styleguide/")

    assert hidden.status_code == 404
    assert shown.status_code == 200
    html = shown.content.decode()
    assert "Styleguide" in html
    # Nothing is shown as the source of its markup.
    assert re.findall("&lt;[a-z]+", html) == []
