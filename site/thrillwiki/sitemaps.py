"""What search engines are told of."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from wagtail.contrib.sitemaps import Sitemap as PageSitemap

from parks.sitemaps import CountrySitemap, ListSitemap


class OverviewSitemap(Sitemap[str]):
    """What leads to many pages or compares them, and is no page of the tree."""

    def items(self) -> list[str]:
        return [
            *("parks:countries", "parks:ride_lists", "parks:compare_rides"),
            *("finder:find", "finder:near"),
        ]

    def location(self, item: str) -> str:
        return reverse(item)


SITEMAPS = {
    "pages": PageSitemap,
    "countries": CountrySitemap,
    "lists": ListSitemap,
    "overviews": OverviewSitemap,
}
