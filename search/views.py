"""Search as a reader meets it: one box, one list."""

from django.core.exceptions import BadRequest
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from parks.gathering import PublicPages
from parks.listing import page_of
from search.finding import as_hits, find_pages
from search.forms import LONGEST_QUERY, SearchForm

HITS_PER_PAGE = 20


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Pages that hold every word asked for. Raises BadRequest or Http404."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        raise BadRequest(f"Search for at most {LONGEST_QUERY} characters.")
    words = form.words()
    context = {"query": form.cleaned_data["q"], "words": words}
    if words:
        public = PublicPages()
        found = page_of(request, find_pages(words, public), size=HITS_PER_PAGE)
        context["slice"] = found
        context["hits"] = as_hits(found.object_list, words, public)
    return render(request, "search/results.html", context)
