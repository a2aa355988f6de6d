"""Parts of pages that are made once for many."""

from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.template import engines
from django.test import RequestFactory

import pytest

from core.caching.fragments import Fragments

PAGE = "{% load fragments %}<b>{% fragment main %}TEXT{% endfragment %}</b>"


def rendered(text: str, fragments: Fragments | None, **context: Any) -> str:
    request = RequestFactory().get("/parks/?page=2")
    request.user = AnonymousUser()
    template = engines["django"].from_string(PAGE.replace("TEXT", text))
    return template.render({"fragments": fragments, **context}, request)


def test_a_part_is_noted_down_and_shown_again_without_its_data() -> None:
    first, again = Fragments(), Fragments()
    made = rendered("{{ rides|join:', ' }}", first, rides=["Beast", "Bat"])
    again.made = first.made

    shown = rendered("{{ rides|join:', ' }}", again)

    assert first.made == {"main": "Beast, Bat"}
    assert shown == made == "<b>Beast, Bat</b>"


def test_without_a_place_to_note_it_down_a_part_is_made_each_time() -> None:
    assert rendered("{{ user.is_authenticated }}", None) == "<b>False</b>"


@pytest.mark.parametrize(
    "personal",
    [
        "{{ user.display_name }}",
        "{% if user.is_authenticated %}yes{% endif %}",
        "{{ csrf_token }}",
        "{% csrf_token %}",
        "{{ CSP_NONCE }}",
        "{% for message in messages %}{{ message }}{% endfor %}",
        "{% if perms.wagtailadmin.access_admin %}yes{% endif %}",
        "{{ request.user }}",
        "{{ request.COOKIES.units }}",
        "{{ request.session.anything }}",
    ],
)
def test_a_part_with_something_personal_is_kept_for_nobody(
    personal: str, caplog: pytest.LogCaptureFixture
) -> None:
    fragments = Fragments()

    rendered(personal, fragments)

    assert not fragments.is_for_many
    assert "cannot be kept" in caplog.text


def test_a_part_may_name_the_address_it_is_at() -> None:
    fragments = Fragments()

    shown = rendered("{{ request.path }} {{ request.GET.page }}", fragments)

    assert shown == "<b>/parks/ 2</b>"
    assert fragments.is_for_many
