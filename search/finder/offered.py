"""What rides can be narrowed down by. Each facet is a parameter of the address.

Other pages may link to `/rides/?…` with these names, repeated or with commas between
values; everything given must hold, any of the values of one facet:

- `q`: words of the name, former names included.
- `category`, `status`, `material`, `intensity`: the codes of parks/choices.py;
  `setting`: indoor or outdoor; `continent`: such as north-america; `country`: a code of
  ISO 3166-1.
- `park`, `manufacturer`, `designer`, `model`: the slug of the page, such as
  `/rides/?manufacturer=intamin&status=operating`.
- `layout`, `element`: the number of the snippet; `tag`: the slug of the tag.
- `feature`: tracks, relocated, renamed, on-tour, layout, replica, successor;
  `record`: photo, source, figures, opening-day.
- `height`, `drop`, `length` (m, ft), `speed` (kmh, mph), `rider` (cm, in), `duration`
  (s), `inversions`, `angle`, `capacity`: a range with its unit, such as
  `height=60..90m` or `speed=100..mph`.
- `opened`, `closed`, `since`: a range of dates, such as `opened=1980s` or
  `closed=2001..2005`; with `dates=certain` only what certainly lies inside.

Most also take `unknown`, for rides where the fact is not recorded. `sort`, `view` and
`page` say how the result is shown (questions.py).
"""

from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from core.measures import Unit
from parks.choices import GONE, Intensity, Material, RideCategory, RideStatus
from parks.countries import country_choices
from search.finder.continents import CONTINENT_OF, CONTINENTS
from search.finder.facets import (
    DateFacet,
    Facet,
    FigureFacet,
    Group,
    ListFacet,
    NamedFacet,
)
from search.finder.ranges import Scale, scale_of

FEATURES = (
    ("tracks", _("Several tracks")),
    ("relocated", _("Relocated")),
    ("renamed", _("Renamed")),
    ("on-tour", _("Travels from fair to fair")),
    ("layout", _("Shares its layout with others")),
    ("replica", _("Replica of another ride")),
    ("successor", _("Took another ride’s place")),
)
RECORDS = (
    ("photo", _("With a photo")),
    ("source", _("With a source")),
    ("figures", _("With figures")),
    ("opening-day", _("Opening day known")),
)
SETTINGS = (("outdoor", _("Outdoor")), ("indoor", _("Indoor")))

_LENGTHS = "..200 200..400 400..600 600..800 800..1000 1000..1500 1500.."
_LENGTHS_FT = "..500 500..1000 1000..2000 2000..3000 3000..4000 4000..5000 5000.."
_HEIGHTS = "..10 10..20 20..30 30..40 40..60 60..80 80..100 100.."
_HEIGHTS_FT = "..50 50..100 100..150 150..200 200..300 300..400 400.."


def _metres(offers: str, offers_ft: str) -> tuple[Scale, ...]:
    return (
        scale_of(Unit.METRE, offers, per=Unit.METRE),
        scale_of(Unit.FOOT, offers_ft, per=Unit.METRE),
    )


def _plain(offers: str, suffix: str = "", symbol: str = "") -> tuple[Scale, ...]:
    return (Scale(suffix, symbol or suffix, tuple(offers.split()), Decimal(1)),)


# Shown before all others, for everybody has an opinion on it.
CATEGORY = ListFacet(
    key="category",
    label=_("Category"),
    column="category",
    choices=lambda: RideCategory.choices,
    has_unknown=False,
)
GROUPS = (
    Group(
        "kind",
        _("Kind of ride"),
        (
            ListFacet(
                key="material",
                label=_("Material"),
                column="material",
                choices=lambda: Material.choices,
            ),
            ListFacet(
                key="intensity",
                label=_("Intensity"),
                column="intensity",
                choices=lambda: Intensity.choices,
            ),
            ListFacet(
                key="setting",
                label=_("Setting"),
                column="indoor",
                choices=lambda: SETTINGS,
                turn={True: "indoor", False: "outdoor"},
                has_unknown=False,
            ),
        ),
    ),
    Group(
        "place",
        _("Place"),
        (
            ListFacet(
                key="continent",
                label=_("Continent"),
                column="country",
                choices=lambda: CONTINENTS,
                turn=CONTINENT_OF,
            ),
            ListFacet(
                key="country",
                label=_("Country"),
                column="country",
                choices=country_choices,
                has_unknown=False,
                is_long=True,
            ),
            NamedFacet(
                key="park",
                label=_("Park"),
                column="park_id",
                model="parks.ParkPage",
                plural=_("parks"),
                has_unknown=False,
            ),
        ),
    ),
    Group(
        "life",
        _("Status and dates"),
        (
            ListFacet(
                key="status",
                label=_("Status"),
                column="status",
                choices=lambda: RideStatus.choices,
                has_unknown=False,
            ),
            DateFacet(key="opened", label=_("Opened"), column="opened"),
            DateFacet(
                key="closed",
                label=_("Closed"),
                column="closed",
                of_statuses=GONE - {RideStatus.CANCELLED},
            ),
            DateFacet(key="since", label=_("Stands here since"), column="since"),
        ),
    ),
    Group(
        "makers",
        _("Makers and models"),
        (
            NamedFacet(
                key="manufacturer",
                label=_("Manufacturer"),
                column="manufacturers",
                model="parks.CompanyPage",
                plural=_("manufacturers"),
                many=True,
            ),
            NamedFacet(
                key="designer",
                label=_("Designer"),
                column="designers",
                model="parks.CompanyPage",
                plural=_("designers"),
                many=True,
            ),
            NamedFacet(
                key="model",
                label=_("Model"),
                column="model_id",
                model="parks.RideModelPage",
                plural=_("models"),
            ),
            NamedFacet(
                key="layout",
                label=_("Layout"),
                column="layout_id",
                model="parks.Layout",
                named_by="pk",
                plural=_("layouts"),
                has_unknown=False,
            ),
        ),
    ),
    Group(
        "figures",
        _("Figures"),
        (
            FigureFacet(
                key="height",
                label=_("Height"),
                column="height_m",
                scales=_metres(_HEIGHTS, _HEIGHTS_FT),
            ),
            FigureFacet(
                key="speed",
                label=_("Speed"),
                column="speed_kmh",
                scales=(
                    scale_of(
                        Unit.KMH,
                        "..40 40..60 60..80 80..100 100..120 120..150 150..",
                        per=Unit.KMH,
                        suffix="kmh",
                    ),
                    scale_of(
                        Unit.MPH,
                        "..25 25..40 40..50 50..60 60..70 70..80 80..",
                        per=Unit.KMH,
                    ),
                ),
            ),
            FigureFacet(
                key="length",
                label=_("Length"),
                column="length_m",
                scales=_metres(_LENGTHS, _LENGTHS_FT),
            ),
            FigureFacet(
                key="drop",
                label=_("Drop"),
                column="drop_m",
                scales=_metres(_HEIGHTS, _HEIGHTS_FT),
            ),
            FigureFacet(
                key="inversions",
                label=_("Inversions"),
                column="inversions",
                scales=_plain("0 1 2 3..4 5..6 7.."),
            ),
            FigureFacet(
                key="angle",
                label=_("Steepest angle"),
                column="angle",
                scales=_plain("..45 45..60 60..75 75..90 90..", symbol="°"),
            ),
            FigureFacet(
                key="duration",
                label=_("Duration"),
                column="duration_s",
                scales=_plain("..60 60..120 120..180 180..300 300..", "s"),
            ),
            FigureFacet(
                key="capacity",
                label=_("Riders per hour"),
                column="capacity",
                scales=_plain("..500 500..1000 1000..1500 1500..2000 2000.."),
            ),
            FigureFacet(
                key="rider",
                label=_("Smallest rider"),
                column="rider_m",
                scales=(
                    scale_of(
                        Unit.CENTIMETRE,
                        "..90 90..105 105..120 120..130 130..140 140..",
                        per=Unit.METRE,
                    ),
                    scale_of(
                        Unit.INCH,
                        "..36 36..42 42..48 48..52 52..54 54..",
                        per=Unit.METRE,
                    ),
                ),
            ),
        ),
    ),
    Group(
        "more",
        _("Elements, features, tags"),
        (
            NamedFacet(
                key="element",
                label=_("Element"),
                column="elements",
                model="parks.Element",
                named_by="pk",
                plural=_("elements"),
                many=True,
                has_unknown=False,
            ),
            ListFacet(
                key="feature",
                label=_("Feature"),
                column="features",
                choices=lambda: FEATURES,
                many=True,
                has_unknown=False,
            ),
            NamedFacet(
                key="tag",
                label=_("Tag"),
                column="tags",
                model="taggit.Tag",
                plural=_("tags"),
                many=True,
                has_unknown=False,
            ),
            ListFacet(
                key="record",
                label=_("What is recorded"),
                column="records",
                choices=lambda: RECORDS,
                many=True,
                has_unknown=False,
            ),
        ),
    ),
)
FACETS: dict[str, Facet] = {
    facet.key: facet
    for facet in (CATEGORY, *(facet for group in GROUPS for facet in group.facets))
}
