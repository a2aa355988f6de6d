"""Which continent a country is counted to, by its ISO 3166-1 code.

Countries on two continents stand where most of their people live; Russia, Turkey and
Cyprus follow the statistics division of the United Nations.
"""

from django.utils.translation import gettext_lazy as _

CONTINENTS = (
    ("africa", _("Africa")),
    ("antarctica", _("Antarctica")),
    ("asia", _("Asia")),
    ("europe", _("Europe")),
    ("north-america", _("North America")),
    ("oceania", _("Oceania")),
    ("south-america", _("South America")),
)
_COUNTRIES = {
    "africa": (
        "AO BF BI BJ BW CD CF CG CI CM CV DJ DZ EG EH ER ET GA GH GM GN GQ GW IO KE KM"
        " LR LS LY MA MG ML MR MU MW MZ NA NE NG RE RW SC SD SH SL SN SO SS ST SZ TD TF"
        " TG TN TZ UG YT ZA ZM ZW"
    ),
    "antarctica": "AQ BV GS HM",
    "asia": (
        "AE AF AM AZ BD BH BN BT CN CY GE HK ID IL IN IQ IR JO JP KG KH KP KR KW KZ LA"
        " LB LK MM MN MO MV MY NP OM PH PK PS QA SA SG SY TH TJ TL TM TR TW UZ VN YE"
    ),
    "europe": (
        "AD AL AT AX BA BE BG BY CH CZ DE DK EE ES FI FO FR GB GG GI GR HR HU IE IM IS"
        " IT JE LI LT LU LV MC MD ME MK MT NL NO PL PT RO RS RU SE SI SJ SK SM UA VA"
    ),
    "north-america": (
        "AG AI AW BB BL BM BQ BS BZ CA CR CU CW DM DO GD GL GP GT HN HT JM KN KY LC MF"
        " MQ MS MX NI PA PM PR SV SX TC TT US VC VG VI"
    ),
    "oceania": (
        "AS AU CC CK CX FJ FM GU KI MH MP NC NF NR NU NZ PF PG PN PW SB TK TO TV UM VU"
        " WF WS"
    ),
    "south-america": "AR BO BR CL CO EC FK GF GY PE PY SR UY VE",
}
CONTINENT_OF = {
    country: continent
    for continent, countries in _COUNTRIES.items()
    for country in countries.split()
}
