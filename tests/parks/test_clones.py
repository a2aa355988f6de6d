"""Where the figures of rides of one layout drift apart."""

from typing import Any

from home.styleguide.things import bare_ride, ride
from parks.clones import clones_of
from parks.models import RideTrack
from parks.scales import shares


def differences(**other: Any) -> set[str]:
    one = ride("Batman", height="32 m")
    (clone,) = clones_of(one, [ride("Its twin", **({"height": "32 m"} | other))])
    return set(clone.differs)


def test_a_figure_rounded_elsewhere_does_not_differ() -> None:
    assert differences(height="105 ft") == set()


def test_a_figure_further_off_differs() -> None:
    assert differences(height="30 m", inversions=5) == {"height", "inversions"}


def test_what_is_not_known_does_not_differ() -> None:
    (clone,) = clones_of(ride("Batman"), [bare_ride("Hardly known")])

    assert clone.differs == frozenset()


def test_figures_are_drawn_against_the_greatest() -> None:
    tracks = [RideTrack(height="30 m", inversions=0), RideTrack()]

    assert shares(tracks, "height", {"height": 120.0}) == [25, 0]
    assert shares(tracks, "inversions", {"inversions": 10.0}) == [0, 0]
    assert shares(tracks, "trains", {"height": 120.0}) == [0, 0]
