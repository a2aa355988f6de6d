"""Edit forms, grouped as an editor thinks: what every entry needs first, and open;
what is rarer is folded below."""

from django.utils.translation import gettext_lazy as _

from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    Panel,
    TitleFieldPanel,
)
from wagtail.models import Page

from core.page_forms import WarningsPanel
from core.row_forms import RowPanel
from core.wording import Words

Panels = list[Panel]


def _folded(heading: Words, *panels: Panel, icon: str = "") -> MultiFieldPanel:
    return MultiFieldPanel(panels, heading=heading, classname="collapsed", icon=icon)


def _row(*fields: str) -> FieldRowPanel:
    return FieldRowPanel([FieldPanel(field) for field in fields])


def _title() -> TitleFieldPanel:
    # Wagtail's own title panel, because it keeps the slug in step while one types.
    return TitleFieldPanel(
        "title", heading=_("Name"), help_text=_("The name in use today.")
    )


def _names() -> RowPanel:
    return RowPanel(
        "names",
        heading=_("Names"),
        label=_("Name"),
        panels=[
            _row("text", "kind"),
            _row("began", "ended"),
            _row("language", "script"),
        ],
        help_text=_(
            "The current name is kept in step with the title. After a rename, "
            "give the old name an end and add the new one."
        ),
    )


def _statuses(*, at_least: int = 1) -> RowPanel:
    return RowPanel(
        "status_periods",
        heading=_("Status"),
        label=_("Status"),
        min_num=at_least,
        panels=[
            _row("status", "began"),
            _folded(_("Until when, and why"), _row("ended", "note")),
        ],
    )


def _sources() -> RowPanel:
    return RowPanel(
        "sources",
        heading=_("Sources"),
        label=_("Source"),
        panels=[
            _row("title", "url"),
            _row("publisher", "published", "accessed_on"),
            _row("facts", "standing"),
        ],
    )


def _gallery() -> MultiFieldPanel:
    return _folded(
        _("Photos"),
        FieldPanel("lead_photo"),
        RowPanel(
            "gallery",
            heading=_("Gallery"),
            label=_("Photo"),
            panels=[FieldPanel("photo"), FieldPanel("caption")],
        ),
        icon="image",
    )


def _external_ids() -> RowPanel:
    return RowPanel(
        "external_ids",
        heading=_("Numbers elsewhere"),
        label=_("Number"),
        panels=[_row("system", "value")],
    )


def _this_change() -> MultiFieldPanel:
    return MultiFieldPanel(
        [FieldPanel("change_reason"), FieldPanel("change_source")],
        heading=_("This change"),
    )


def index_panels() -> Panels:
    return [*Page.content_panels, FieldPanel("introduction")]


def park_panels() -> Panels:
    return [
        WarningsPanel(),
        _title(),
        MultiFieldPanel(
            [_row("park_type", "country"), _row("city", "website")], heading=_("Facts")
        ),
        _statuses(),
        _this_change(),
        _folded(
            _("Place"),
            _row("subdivision", "address"),
            _row("latitude", "longitude"),
            _row("time_zone", "resort"),
        ),
        _folded(
            _("History: names, operators, seasons"),
            _names(),
            RowPanel(
                "terms",
                heading=_("Operators and owners"),
                label=_("Term"),
                panels=[_row("company", "role"), _row("began", "ended", "share")],
            ),
            RowPanel(
                "seasons",
                heading=_("Seasons"),
                label=_("Season"),
                panels=[_row("year", "label"), _row("opens_on", "closes_on")],
            ),
        ),
        _folded(_("Story"), FieldPanel("body")),
        _gallery(),
        _folded(
            _("Sources and numbers"), _sources(), _external_ids(), FieldPanel("tags")
        ),
    ]


def ride_panels() -> Panels:
    return [
        WarningsPanel(),
        _title(),
        MultiFieldPanel([_row("category", "model")], heading=_("Facts")),
        _statuses(),
        RowPanel(
            "credits",
            heading=_("Makers and designers"),
            label=_("Credit"),
            min_num=0,
            panels=[
                _row("company", "role"),
                _folded(_("For a time only"), _row("began", "ended")),
            ],
        ),
        RowPanel(
            "tracks",
            heading=_("Statistics per track"),
            label=_("Track"),
            min_num=0,
            panels=[
                _row("height", "speed", "length"),
                _folded(
                    _("More figures"),
                    _row("drop", "inversions", "duration_s"),
                    _row("name", "max_angle", "g_force"),
                    _row("capacity_per_hour", "trains", "cars_per_train"),
                    _row("rows_per_car", "seats_per_row"),
                    _row("rider_height_min", "rider_height_max"),
                ),
            ],
        ),
        _this_change(),
        _folded(
            _("More facts"),
            _row("intensity", "material", "indoor"),
            _row("layout", "derived_from"),
            _row("replaces"),
            _row("cost_amount", "cost_currency", "cost_year"),
            RowPanel(
                "elements",
                heading=_("Elements in riding order"),
                label=_("Element"),
                panels=[FieldPanel("element")],
            ),
        ),
        _folded(
            _("History: names and places"),
            _names(),
            RowPanel(
                "stays",
                heading=_("Stays"),
                label=_("Stay"),
                help_text=_(
                    "Where the ride has stood. Left empty, it stands in the "
                    "park above this page."
                ),
                panels=[
                    _row("park", "area"),
                    _row("began", "ended", "continuity"),
                    _row("operator"),
                ],
            ),
        ),
        _folded(_("Story"), FieldPanel("body")),
        _gallery(),
        _folded(
            _("Sources and numbers"), _sources(), _external_ids(), FieldPanel("tags")
        ),
    ]


def company_panels() -> Panels:
    return [
        WarningsPanel(),
        _title(),
        MultiFieldPanel(
            [
                _row("kind", "country"),
                _row("is_manufacturer", "is_designer", "is_builder"),
                _row("is_supplier", "is_operator", "is_owner"),
                _row("founded", "dissolved"),
            ],
            heading=_("Facts"),
        ),
        _this_change(),
        _folded(_("History"), _names(), FieldPanel("succeeded_by")),
        _folded(_("Story"), FieldPanel("website"), FieldPanel("body")),
        _folded(_("Sources"), _sources()),
    ]


def ride_model_panels() -> Panels:
    return [
        WarningsPanel(),
        _title(),
        MultiFieldPanel(
            [_row("manufacturer", "category"), _row("introduced")], heading=_("Facts")
        ),
        _this_change(),
        _folded(_("Story"), FieldPanel("body")),
        _folded(_("Sources"), _sources()),
    ]
