"""What somebody wrote about a suggestion that others have just decided is not lost."""

from typing import Any

from django.test import Client

import pytest

from moderation.suggestions.deciding import reject_suggestion
from parks.models import ParkPage
from tests.branches.filling import text_of
from tests.branches.proposing import suggested

WORDS = "I have been there, and it is so."


@pytest.mark.parametrize(
    ("what", "form"),
    [
        ("comment", {"text": WORDS}),
        ("edit", {"seen": "", "change_reason": WORDS}),
        ("settle", {"seen": "", "c1-city-own-city": WORDS}),
    ],
)
def test_a_member_who_was_too_late_can_copy_it(
    as_member: Client,
    park: ParkPage,
    member: Any,
    moderator: Any,
    what: str,
    form: dict[str, str],
) -> None:
    suggestion = suggested(park, by=member, city="Vermilion")
    reject_suggestion(suggestion, by=moderator, reason="No source says so")

    answer = as_member.post(f"{suggestion.get_absolute_url()}{what}/", form)

    assert answer.status_code == 409
    assert WORDS in text_of(answer)


def test_a_moderator_who_was_too_late_can_copy_it(
    as_moderator: Client, park: ParkPage, member: Any, moderator: Any
) -> None:
    suggestion = suggested(park, by=member, city="Vermilion")
    reject_suggestion(suggestion, by=moderator, reason="No source says so")

    answer = as_moderator.post(
        f"{suggestion.get_absolute_url()}decide/",
        {
            "decision": "changes",
            "comment": WORDS,
            "content_hash": suggestion.content_hash,
        },
    )

    assert answer.status_code == 409
    assert WORDS in text_of(answer)
