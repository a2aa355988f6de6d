"""What has to hold before the wiki starts."""

from django.db import connection

import pytest

from core.checks import INDEXES, check_page_indexes

pytestmark = pytest.mark.django_db


def test_a_migrated_database_has_our_indexes() -> None:
    assert check_page_indexes(databases=["default"]) == []


@pytest.mark.parametrize("name", sorted(INDEXES))
def test_a_lost_index_is_reported_with_the_way_to_get_it_back(name: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"DROP INDEX {name}")

    (error,) = check_page_indexes(databases=["default"])

    assert name in error.msg
    assert "migrate core" in (error.hint or "")


def test_nothing_is_checked_unless_databases_are_asked_for() -> None:
    assert check_page_indexes(databases=None) == []
