"""Descriptions of the change being made."""

from datetime import UTC, datetime

from core.changes import change_by, current_change, describe_change


def test_nothing_is_described_unless_somebody_does() -> None:
    assert current_change() is None


def test_a_description_holds_for_its_block_only() -> None:
    with describe_change(by="Ada", reason="Moved"):
        change = current_change()

    assert change is not None
    assert (change.by, change.reason) == ("Ada", "Moved")
    assert current_change() is None


def test_an_error_ends_the_description_too() -> None:
    try:
        with describe_change(reason="Never mind"):
            raise LookupError
    except LookupError:
        assert current_change() is None


def test_the_acting_person_completes_a_description() -> None:
    made_at = datetime(2020, 1, 1, tzinfo=UTC)

    with describe_change(reason="Moved", made_at=made_at), change_by("Ada") as change:
        assert (change.by, change.author) == ("Ada", "Ada")
        assert (change.reason, change.made_at) == ("Moved", made_at)


def test_what_was_described_is_not_overruled_by_who_acts() -> None:
    with (
        describe_change(by="Loader", author="Member"),
        change_by("Ada", author="Edda") as change,
    ):
        assert (change.by, change.author) == ("Loader", "Member")


def test_the_author_of_the_text_is_told_apart_from_who_publishes_it() -> None:
    with change_by("Moses", author="Edda") as change:
        assert (change.by, change.author) == ("Moses", "Edda")
