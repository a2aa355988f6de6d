"""What the figures of a ride are drawn against: the greatest of its category."""

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Max

from core.measures import Measure
from parks.gathering import PublicPages, model_at

# The fact of a track and the column that compares it.
DRAWN = {
    "height": "height_si",
    "drop": "drop_si",
    "speed": "speed_si",
    "length": "length_si",
    "inversions": "inversions",
}


def topic_of_scale(category: str) -> str:
    """What changes with the figures of a category (core/caching/rules.py)."""
    return f"scale:{category}"


def scale_of(ride: Any, public: PublicPages) -> dict[str, float]:
    """The greatest public figure of the ride's category by fact, in one query."""
    tracks = model_at(type(ride), "tracks").objects.filter(page__category=ride.category)
    found = public.through(tracks).aggregate(
        **{f"most_{fact}": Max(column) for fact, column in DRAWN.items()}
    )
    return {fact: float(found[f"most_{fact}"] or 0) for fact in DRAWN}


def shares(tracks: Sequence[Any], fact: str, scale: Mapping[str, float]) -> list[int]:
    """The figures of all tracks in hundredths of the greatest; 0 draws nothing."""
    greatest = scale.get(fact, 0.0)
    return [_share(getattr(track, fact, None), greatest) for track in tracks]


def _share(figure: Any, greatest: float) -> int:
    if figure in (None, "") or not greatest:
        return 0
    size = float(figure.si if isinstance(figure, Measure) else figure)
    return min(100, round(100 * size / greatest))
