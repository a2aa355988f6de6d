"""The public pages in German: whole, and without English left over."""

import re

from django.test import Client

import pytest

from history.models import ChangeSet
from home.models import HomePage
from tests.factories.pages import (
    make_company,
    make_model,
    make_park,
    make_ride,
    published_ride,
)
from tests.factories.people import make_person

pytestmark = pytest.mark.django_db
