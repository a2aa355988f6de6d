"""Sample data of every component, in the states it can be in.

The key is the file in templates/components/, each sample a state with its inputs.
"""

from dataclasses import dataclass
from types import SimpleNamespace
from typing import Any

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages import constants
from django.contrib.messages.storage.base import Message

from home.styleguide import things
from home.styleguide.park_samples import PARK_SAMPLES
from home.styleguide.things import LONG, RTL
from parks.as_of import Certainty
from parks.choices import RideStatus
from parks.clones import clones_of
from parks.lists.ranking import ranked
from parks.viewpoint import Travel

METRIC = {"units": "metric"}


@dataclass(frozen=True, slots=True)
class Sample:
    """One state of a component."""

    state: str
    inputs: dict[str, Any]


def _of(**states: dict[str, Any]) -> list[Sample]:
    return [Sample(name.replace("_", " "), inputs) for name, inputs in states.items()]


_SIGNED_IN = SimpleNamespace(is_authenticated=True, display_name="Ada Lovelace")
_EDITOR = {"wagtailadmin": SimpleNamespace(access_admin=True)}
_OPTIONS = (("open", "Open"), ("gone", "Gone"))

SAMPLES: dict[str, list[Sample]] = {
    "account_links": _of(
        anonymous={"user": AnonymousUser()},
        editor={"user": _SIGNED_IN, "perms": _EDITOR},
    ),
    "account_menu": _of(
        anonymous={"user": AnonymousUser()},
        editor={"user": _SIGNED_IN, "perms": _EDITOR},
        long={"user": SimpleNamespace(is_authenticated=True, display_name=LONG)},
    ),
    "bar": _of(
        usual={"share": 60}, best={"share": 100, "is_best": True}, none={"share": 0}
    ),
    "breadcrumbs": _of(
        usual={"trail": [things.page("Parks")], "title": "Cedar Point"},
        long={"trail": [things.page("Parks"), things.page(LONG)], "title": LONG},
        right_to_left={"trail": [things.page(RTL)], "title": RTL},
    ),
    "cell": _of(
        known=METRIC | {"value": things.length("62.5 m")},
        converted=METRIC | {"value": things.length("310 ft")},
        unknown=METRIC | {"value": None},
    ),
    "clones": _of(
        usual=METRIC
        | {
            "clones": clones_of(
                things.ride("Batman: The Ride", height="32 m"),
                [
                    things.ride("Batman: The Ride", height="105 ft"),
                    things.ride("Goliath", height="30 m"),
                    things.bare_ride(LONG),
                ],
            )
        }
    ),
    "company": _of(
        linked={"linked": SimpleNamespace(page=things.page("Intamin"), sure=2)},
        doubtful={
            "linked": SimpleNamespace(
                page=things.page("Vekoma"), sure=Certainty.POSSIBLY
            )
        },
        gone={"linked": SimpleNamespace(page=None, sure=2)},
    ),
    "differs": _of(always={}),
    "doubt": _of(always={}),
    "empty": _of(
        usual={"text": "No rides are recorded here yet."}, long={"text": LONG}
    ),
    "figure": _of(
        usual=METRIC
        | {"heading": "Height", "value": things.length("62.5 m"), "origins": ""},
        converted=METRIC
        | {"heading": "Height", "value": things.length("310 ft"), "origins": ""},
        number=METRIC | {"heading": "Inversions", "value": 7, "origins": ""},
    ),
    "gallery": _of(empty={"gallery": []}),
    "hills": _of(
        usual=METRIC
        | {
            "rides": [
                things.ride("Fury 325", height="325 ft"),
                things.ride("Steel Dragon 2000", height="97 m"),
                things.ride(LONG, height="79 m"),
            ]
        },
        one=METRIC | {"rides": [things.ride("The Only Hill")]},
    ),
    "kin": _of(
        usual={"heading": "Replaced", "rides": [things.ride("Mean Streak")]},
        none={"heading": "Replaced", "rides": []},
    ),
    "lattice": _of(always={"id": "lattice-sample"}),
    "life": _of(
        open={"seen": things.seen("Gemini"), "origins": ""},
        closed={
            "seen": things.seen(
                "Gemini", RideStatus.DEMOLISHED, closed=things.day("2012-09")
            ),
            "origins": "",
        },
        unknown={
            "seen": things.seen("Gemini", RideStatus.UNKNOWN, opened=None),
            "origins": "",
        },
    ),
    "main_links": _of(here={"path": "/parks/"}, elsewhere={"path": "/"}),
    "measure": _of(
        verbatim=METRIC | {"value": things.length("62.5 m")},
        converted=METRIC | {"value": things.speed("74 mph")},
        number=METRIC | {"value": 90, "suffix": "°"},
    ),
    "names": _of(
        usual={
            "names": [
                things.name("Drachen Fire", "1992", "1998"),
                things.name(LONG, "before 1990"),
                things.name(RTL, "1999", "2003", language="ar"),
            ],
            "current": things.name("Griffon", "2007"),
            "origins": "",
        },
        none={"names": [], "origins": ""},
    ),
    "origin_dialog": _of(always={}),
    "pagination": _of(
        middle={"slice": things.leaf(5, 12)},
        first={"slice": things.leaf(1, 3)},
        one_page={"slice": things.leaf(1, 1)},
    ),
    "park_card": _of(
        without_photo={
            "listed": things.listed_park("Harbour Park", rides=12),
            "position": "1",
        },
        one_ride={
            "listed": things.listed_park("Pocket Park", rides=1),
            "position": "2",
        },
        long={"listed": things.listed_park(LONG, rides=0), "position": "3"},
    ),
    "photo_credit": _of(
        whole={
            "photo": SimpleNamespace(
                credit="Ada Lovelace", licence=SimpleNamespace(name="CC BY", url="#")
            ),
            "caption": "The first drop.",
        },
        none={"photo": SimpleNamespace(credit="", licence=None), "caption": ""},
    ),
    "placeholder": _of(always={"id": "placeholder-sample"}),
    "ranking": _of(
        usual=METRIC
        | {
            "ranking": ranked(
                [
                    things.ride("Fury 325", height="325 ft"),
                    things.ride("Steel Dragon 2000", height="97 m"),
                    things.ride(LONG, height="97 m"),
                ],
                "height",
            )
        }
    ),
    "record": _of(
        page={"record": "#", "origins": "#", "travels": True, "travel": Travel()},
        park={
            "record": "#",
            "origins": "#",
            "travels": True,
            "travel": Travel(),
            "suggests": True,
            "adds": "ride",
        },
        other_day={"record": "#", "origins": "", "travel": Travel()},
    ),
    "ride_card": _of(
        usual=METRIC | {"shown": things.ride("Steel Vengeance"), "position": "1"},
        nothing_known=METRIC | {"shown": things.bare_ride("Gemini"), "position": "2"},
        long=METRIC | {"shown": things.ride(LONG), "position": "3"},
    ),
    "ride_table": _of(
        usual=METRIC
        | {
            "rides": [things.ride("Steel Vengeance"), things.ride("Gemini")],
            "caption": "Coasters",
        },
        everything=METRIC
        | {
            "rides": [
                things.ride(LONG, note="the twin of the other"),
                things.ride(RTL),
                things.bare_ride("Hardly Known"),
            ],
            "caption": "Everything",
            "compact": True,
            "with_status": True,
        },
        plain=METRIC
        | {"rides": [things.ride("Carousel")], "caption": "Flat", "plain": True},
        closing=METRIC
        | {
            "rides": [things.ride("Old Breakwater", until=things.day("2027-10-31"))],
            "caption": "What closes soon",
            "plain": True,
            "moment": "closes",
        },
    ),
    "search_box": _of(
        empty={"id": "sample-search", "query": ""},
        filled={"id": "sample-search-2", "query": "Millennium Force"},
        compact={"id": "sample-search-3", "query": "", "compact": True},
    ),
    "select": _of(
        any={"name": "a", "label": "Status", "any": "Any status", "options": _OPTIONS},
        chosen={
            "name": "b",
            "label": "Status",
            "any": "Any status",
            "options": _OPTIONS,
            "chosen": "gone",
        },
    ),
    "sent_texts": _of(
        usual={"texts": ["I was there in June.", "A sign at the entrance"]},
        long={"texts": [LONG, RTL]},
        empty={"texts": []},
    ),
    "skyline": _of(always={}),
    "sources": _of(
        usual={
            "sources": [
                things.source(
                    "Annual report", publisher="Cedar Fair", facts="tracks.height"
                ),
                things.source(LONG, url="https://example.org/"),
            ],
            "external_ids": [],
            "origins": "",
        },
        none={"sources": [], "external_ids": [], "origins": ""},
    ),
    "status": [
        Sample(status.value, {"status": status.value, "label": status.label})
        for status in RideStatus
    ],
    "theme_toggle": _of(always={}),
    "timeline": _of(
        usual={
            "periods": [
                things.period(RideStatus.UNDER_CONSTRUCTION, "1991", "1992-04"),
                things.period(RideStatus.OPERATING, "1992-04-04", "c. 1998"),
                things.period(RideStatus.DEMOLISHED, "2002", note=LONG),
            ],
            "id": "timeline-sample",
            "origins": "",
        },
    ),
    "toasts": _of(
        some={
            "messages": [
                Message(constants.SUCCESS, "Your profile was saved."),
                Message(constants.ERROR, "That address is taken."),
            ]
        },
        none={"messages": []},
    ),
    "travel_form": _of(
        empty={"travel": Travel(), "address": "#"},
        error={
            "travel": Travel(
                problem="What existed on: “soon” is no date.", typed={"as_of": "soon"}
            ),
            "address": "#",
            "back": True,
        },
    ),
    "language_switch": _of(
        english={"languages": settings.LANGUAGES, "chosen": "en-gb", "next": "/"},
        german={"languages": settings.LANGUAGES, "chosen": "de", "next": "/"},
    ),
    "units_toggle": _of(
        metric={"units": "metric", "next": "/"},
        imperial={"units": "imperial", "next": "/"},
    ),
    "website": _of(
        usual={"website": "https://www.intamin.com/", "origins": ""},
        empty={"website": "", "origins": ""},
    ),
    "wordmark": _of(always={}),
    **{name: _of(**states) for name, states in PARK_SAMPLES.items()},
}

# What shows a stored photo or a stored story: the pages themselves are its samples.
FROM_STORAGE = {"lead_photo", "picture", "story"}
