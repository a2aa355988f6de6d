"""Addresses for search engines beside the pages of the tree."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from parks.countries import NOT_KNOWN
from parks.country_contents import country_url
from parks.gathering import PublicPages
from parks.lists.kinds import LISTS, RideList
from parks.models import ParkPage, RidePage


class CountrySitemap(Sitemap[str]):
    """The page of every country that has a public park."""

    def items(self) -> list[str]:
        parks = PublicPages().among(ParkPage.objects.exclude(country=NOT_KNOWN))
        codes = parks.order_by().values_list("country", flat=True).distinct()
        return sorted(codes)

    def location(self, item: str) -> str:
        return country_url(item)


class ListSitemap(Sitemap[RideList]):
    """Every list of rides that has some."""

    def items(self) -> list[RideList]:
        public = PublicPages().among(RidePage.objects.all())
        return [kind for kind in LISTS if kind.choose(public).exists()]

    def location(self, item: RideList) -> str:
        return reverse("parks:ride_list", args=[item.slug])
