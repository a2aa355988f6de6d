"""Names of facts that Django makes of a field's own name, for translators to find.

A test holds that every fact of every kind of page has its name here or in the model.
"""

from django.utils.translation import gettext_noop as _

NAMES = (
    *(_("address"), _("area"), _("article page"), _("body"), _("builder")),
    *(_("caption"), _("cars per train"), _("category"), _("city"), _("closed")),
    *(_("closes"), _("code"), _("company"), _("company index page")),
    *(_("continuity"), _("cost"), _("country"), _("credits"), _("currency")),
    *(_("derived from"), _("description"), _("designer"), _("drop")),
    *(_("element"), _("height"), _("home page"), _("indoor"), _("intensity")),
    *(_("introduced"), _("introduction"), _("inversions"), _("kind"), _("label")),
    *(_("language"), _("latitude"), _("layout"), _("lead photo"), _("length")),
    *(_("licence type"), _("longitude"), _("manufacturer"), _("material")),
    *(_("meta description"), _("model"), _("name"), _("names"), _("note")),
    *(_("opened"), _("opens"), _("operator"), _("owner"), _("park")),
    *(_("park area"), _("park index page"), _("photo"), _("published")),
    *(_("publisher"), _("replaces"), _("resort"), _("ride")),
    *(_("ride model index page"), _("role"), _("rows per car"), _("script")),
    *(_("seasons"), _("seats per row"), _("show in menus"), _("slug")),
    *(_("sources"), _("speed"), _("standing"), _("stays"), _("story")),
    *(_("succeeded by"), _("supplier"), _("system"), _("tagline"), _("text")),
    *(_("time zone"), _("title"), _("title tag"), _("tracks"), _("trains")),
    *(_("type"), _("until"), _("value"), _("website"), _("year")),
)
BLOCKS = (
    *(_("Attribution"), _("Caption"), _("Heading"), _("Paragraph")),
    *(_("Picture"), _("Quote"), _("Tags"), _("Text")),
)
