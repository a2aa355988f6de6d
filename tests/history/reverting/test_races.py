"""Several people revert one page at the same moment."""

from typing import Any

import pytest

from core.refusals import Refused
from history.reverting.actions import revert
from history.reverting.plans import return_to
from history.reverting.publishing import Words
from history.reverting.refusals import ChangedMeanwhile
from tests.factories.pages import make_park
from tests.factories.people import make_person
from tests.history.published import cities_of
from tests.history.suppression.hiding import publish, version
from tests.racing import at_once

pytestmark = [
    *(pytest.mark.services, pytest.mark.usefixtures("home")),
    pytest.mark.django_db(transaction=True),
]


def test_of_reverts_at_one_moment_one_is_carried_out() -> None:
    park = make_park(city="Huron")
    publish(park, city="Sandusky")
    people = [make_person("admin") for _ in range(4)]
    planner = return_to(version(park, 1))
    seen = planner(by=people[0], choices={}, hold=False).seen

    def by(person: Any) -> Any:
        words = Words("It was right")
        return revert(
            planner, seen=seen, choices={}, by=person, words=words, publish=True
        )

    ended = at_once(*(lambda person=person: by(person) for person in people))

    refused = [one for one in ended if isinstance(one, Refused)]
    assert [type(one) for one in refused] == [ChangedMeanwhile] * 3
    assert cities_of(park) == ["Huron", "Sandusky", "Huron"]
