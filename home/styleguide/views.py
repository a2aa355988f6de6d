"""Every component in every state on one page, for whoever works on the site."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.views.decorators.http import require_safe

from home.styleguide.samples import SAMPLES, Sample

# A pattern shows nothing by itself.
PARTS_OF_DRAWINGS = {"lattice", "ride_chart_signs"}


@require_safe
def styleguide(request: HttpRequest) -> HttpResponse:
    """The components with their samples. Raises Http404 outside development."""
    if not settings.SHOW_STYLEGUIDE:
        raise Http404("The styleguide is shown in development only.")
    components = [
        (name, [(sample, drawn(request, name, sample)) for sample in samples])
        for name, samples in sorted(SAMPLES.items())
    ]
    return render(
        request, "home/styleguide/styleguide.html", {"components": components}
    )


def drawn(request: HttpRequest, name: str, sample: Sample) -> str:
    """The markup of one state. Raises TemplateDoesNotExist for an unknown name."""
    markup = render_to_string(f"components/{name}.html", sample.inputs, request)
    # A pattern shows nothing by itself.
    return f"<svg>{markup}</svg>" if name in PARTS_OF_DRAWINGS else markup
