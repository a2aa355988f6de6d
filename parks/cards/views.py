"""Cards as other sites ask for them.

The address ends in a state that changes with whatever the card shows, so what is kept
under an old one is never mistaken for the new. A card is drawn as things stand now,
whichever state was asked for.
"""

import hashlib
from functools import partial

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from core.caching import fetched, keep
from core.caching.build import build
from parks.cards.card import Card
from parks.cards.contents import (
    card_of_country,
    card_of_list,
    card_of_page,
    card_of_wiki,
)
from parks.cards.drawing import draw
from parks.countries import country_at
from parks.gathering import PublicPages
from parks.lists.kinds import BY_SLUG

KEPT_S = 30 * 24 * 3600
# Who asks under an old state has the new card, and should not keep it for good.
FOR_A_DAY = "public, max-age=86400"


# Whoever fetches a card to show it to others speaks for none of them.
in_the_wikis_language = translation.override(settings.LANGUAGE_CODE)


@require_safe
@in_the_wikis_language
def page_card(request: HttpRequest, pk: str, state: str) -> HttpResponse:
    """The card of a park, a ride, a company or a model. Raises Http404."""
    return _answer(request, card_of_page(int(pk)))


@require_safe
@in_the_wikis_language
def list_card(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """The card of a list. Raises Http404."""
    kind = BY_SLUG.get(slug)
    return _answer(request, card_of_list(kind, PublicPages()) if kind else None)


@require_safe
@in_the_wikis_language
def country_card(request: HttpRequest, slug: str, state: str) -> HttpResponse:
    """The card of a country. Raises Http404 when it has no public park."""
    code = country_at(slug)
    return _answer(request, card_of_country(code, PublicPages()) if code else None)


@require_safe
@in_the_wikis_language
def wiki_card(request: HttpRequest, state: str) -> HttpResponse:
    """The card of the wiki itself, for all that has none of its own."""
    return _answer(request, card_of_wiki(PublicPages()))


def _answer(request: HttpRequest, card: Card | None) -> HttpResponse:
    if card is None:
        raise Http404("There is no card of this.")
    name = hashlib.sha256(f"{build()}{card}".encode()).hexdigest()[:24]
    etag = f'"{name}"'
    make = partial(HttpResponse, content_type="image/png")
    known = get_conditional_response(request, etag=etag)
    response = known or make(_drawn(f"card:{name}", card))
    response.headers["ETag"] = etag
    response.headers["Cache-Control"] = FOR_A_DAY
    return response


def _drawn(key: str, card: Card) -> bytes:
    kept: bytes | None = fetched(key)
    if kept is None:
        kept = draw(card)
        keep(key, kept, seconds=KEPT_S)
    return kept
