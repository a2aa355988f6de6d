"""Addresses for search engines beside the pages of the tree."""

from django.contrib.sitemaps import Sitemap

from parks.countries import NOT_KNOWN
from parks.country_contents import country_url
from parks.gathering import PublicPages
from parks.models import ParkPage


class CountrySitemap(Sitemap[str]):
    """The page of every country that has a public park."""

    def items(self) -> list[str]:
        parks = PublicPages().among(ParkPage.objects.exclude(country=NOT_KNOWN))
        codes = parks.order_by().values_list("country", flat=True).distinct()
        return sorted(codes)

    def location(self, item: str) -> str:
        return country_url(item)
