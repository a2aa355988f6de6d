"""Every address of the site that is not a page."""

from django.conf import settings
from django.urls import include, path, re_path
from django.views.generic import RedirectView
from django.views.static import serve

from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from accounts import urls as accounts_urls
from branches import urls as branches_urls
from core.caching.serving import serve as serve_page
from history import urls as history_urls
from home import urls as home_urls
from home.views import page_not_found, site_map
from moderation import urls as moderation_urls
from parks import urls as parks_urls
from search import urls as search_urls
from search.finder import urls as finder_urls
from thrillwiki.sitemaps import SITEMAPS

urlpatterns = [
    # Ahead of Wagtail's own sign-in, which has no rate limit.
    path(
        "admin/login/",
        RedirectView.as_view(pattern_name="account_login", query_string=True),
        name="admin_login",
    ),
    # Wagtail's own test of what a server error looks like.
    path("admin/failwhale/", page_not_found, {"exception": None}),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
    path("accounts/", include(accounts_urls)),
    path("search/", include(search_urls)),
    path("rides/", include(finder_urls)),
    path("sitemap.xml", site_map, {"sitemaps": SITEMAPS}, name="sitemap"),
    path("", include(home_urls)),
    path("", include(parks_urls)),
    path("", include(moderation_urls)),
    path("", include(branches_urls)),
    path("", include(history_urls)),
]
if getattr(settings, "SERVE_MEDIA", False):
    urlpatterns.append(
        re_path(r"^media/(?P<path>.*)$", serve, {"document_root": settings.MEDIA_ROOT})
    )
# Wagtail's own addresses, its view of pages behind ours.
urlpatterns += [
    *(known for known in wagtail_urls.urlpatterns if known.name != "wagtail_serve"),
    re_path(wagtail_urls.serve_pattern, serve_page, name="wagtail_serve"),
]

handler400 = "home.views.bad_request"
handler403 = "home.views.permission_denied"
# allauth asks for this one by name; Django has no 429.
handler429 = "accounts.limited.too_many"
handler404 = "home.views.page_not_found"
handler500 = "home.views.server_error"
