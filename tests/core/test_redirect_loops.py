"""An address that leads back to itself leads nowhere."""

from django.test import Client

from wagtail.contrib.redirects.models import Redirect

import pytest

from home.models import HomePage

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("to", "status"),
    [("/old-park/", 404), ("/parks/", 301), ("https://a.example/", 301)],
)
def test_a_redirect_that_leads_to_itself_is_not_followed_in_a_circle(
    client: Client, home: HomePage, to: str, status: int
) -> None:
    Redirect.objects.create(old_path="/old-park", redirect_link=to)

    answer = client.get("/old-park/")

    assert answer.status_code == status
    assert answer.headers.get("Location", "") == (to if status == 301 else "")
