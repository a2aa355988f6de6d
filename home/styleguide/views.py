"""Every component in every state on one page, for whoever works on the site."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.views.decorators.http import require_safe

from home.styleguide.samples import SAMPLES, Sample

# What shows nothing by itself, or is no markup: it is put into what it belongs to.
AROUND = {
    **dict.fromkeys(("lattice", "ride_chart_signs"), "<svg>{}</svg>"),
    **dict.fromkeys(("count", "figure", "life"), '<dl class="figures">{}</dl>'),
    **dict.fromkeys(("kin", "website"), '<dl class="facts">{}</dl>'),
}


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


def drawn(request: HttpRequest, name: str, sample: Sample) -> SafeString:
    """The markup of one state. Raises TemplateDoesNotExist for an unknown name."""
    markup = render_to_string(f"components/{name}.html", sample.inputs, request)
    return format_html(AROUND.get(name, "{}"), markup)
