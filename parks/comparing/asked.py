"""What a reader asks of the comparison: which rides, and which to add."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import UUID

from django.core.exceptions import BadRequest
from django.http import QueryDict
from django.utils.translation import gettext as _

from parks.listing import LONGEST_TEXT

MOST_RIDES = 4


@dataclass(frozen=True, slots=True)
class Asked:
    """The rides to compare, in the order they were chosen, and a name to look for."""

    rides: tuple[UUID, ...] = ()
    text: str = ""

    @property
    def is_full(self) -> bool:
        return len(self.rides) >= MOST_RIDES

    def with_ride(self, ride: UUID) -> str:
        """The query of the same comparison with one ride more."""
        return _query([*self.rides, ride])

    def without_ride(self, ride: UUID) -> str:
        """The query of the same comparison with one ride less."""
        return _query([other for other in self.rides if other != ride])


def asked_in(query: QueryDict) -> Asked:
    """The question in an address. Raises BadRequest with what is wrong with it."""
    texts = [text.strip() for text in query.getlist("ride") if text.strip()]
    try:
        rides = tuple(dict.fromkeys(UUID(text) for text in texts[: MOST_RIDES + 1]))
    except ValueError as error:
        raise BadRequest(_("Ride: the address names something that is no ride.")) from (
            error
        )
    if len(rides) > MOST_RIDES or len(texts) > MOST_RIDES + 1:
        raise BadRequest(
            _("Ride: at most %(most_rides)s rides stand side by side.")
            % {"most_rides": MOST_RIDES}
        )
    text = query.get("q", "").strip()
    if len(text) > LONGEST_TEXT:
        raise BadRequest(
            _("Name: write at most %(longest_text)s characters.")
            % {"longest_text": LONGEST_TEXT}
        )
    return Asked(rides, text)


def _query(rides: Sequence[UUID]) -> str:
    return f"?{urlencode([('ride', str(ride)) for ride in rides])}"
