"""What somebody is shown whose text was begun before others saved theirs."""

from typing import Any

from django.contrib.admin.utils import quote
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.admin.utils import get_latest_str
from wagtail.models import Page, Revision

from history.addresses import Home
from history.conflicts.meanwhile import (
    content_begun_from,
    content_to,
    published_since,
)
from history.conflicts.plans import Plan
from history.conflicts.questions import SettlingForm, disputes_of
from history.content import Versioned, facts_in
from history.diff.rendering import render_comparison
from history.models import Purpose, RefusedText

VERBS = {
    Purpose.DRAFT: _("Save the result as a draft"),
    Purpose.PUBLISH: _("Publish the result"),
    Purpose.SUBMIT: _("Save the result as a draft"),
}


def refused_page(
    request: HttpRequest,
    kept: RefusedText,
    plan: Plan,
    *,
    form: SettlingForm | None = None,
    problem: str = "",
    status: int = 409,
) -> HttpResponse:
    """Who saved what meanwhile, and what has to be decided; the own text is kept."""
    subject = plan.subject
    if form is None:
        form = SettlingForm(disputes=disputes_of(plan), initial={"seen": plan.seen})
    context = {
        **meanwhile(request, subject, kept.revision, plan.text.begun_from),
        "plan": plan,
        "form": form,
        "problem": problem,
        "questions": form.questions(request),
        "notices": told_of(plan),
        "title": get_latest_str(subject),
        "kind": "page" if isinstance(subject, Page) else subject._meta.verbose_name,
        "verb": VERBS[Purpose(kept.purpose)],
        "settle_url": reverse("history_settle", args=[kept.pk]),
        "kept_url": revision_editor_of(subject, kept.revision),
        "edit_url": editor_of(subject),
    }
    return render(request, "history/conflicts/refused.html", context, status=status)


def told_of(plan: Plan) -> list[str]:
    """Who changed what meanwhile, for whoever saved over it."""
    model = type(plan.subject)
    told = []
    for stage in plan.stages:
        names = get_text_list([*stage.who], gettext("and")) or gettext("Somebody else")
        facts = ", ".join(stage.facts_of_theirs(model)) or gettext("something")
        words = gettext("%(names)s changed %(facts)s meanwhile. Both texts are kept.")
        told.append(words % {"names": names, "facts": facts})
    return told


def told_of_waiting(who: Any) -> str:
    """What is said of a draft that stays one when something else goes live."""
    words = gettext(
        "%(who)s has saved a draft meanwhile. It was not published: it stays the "
        "newest draft and goes on from what you have published."
    )
    return words % {"who": who or gettext("Somebody else")}


def meanwhile(
    request: HttpRequest, subject: Versioned, text: Revision, begun_from: int | None
) -> dict[str, Any]:
    """Both comparisons, for history/conflicts/_meanwhile.html.

    What others made of the live text since it was begun, and what this text would
    make of theirs. Empty where nothing differs; without `since` nothing happened.
    """
    model = type(subject)
    since = published_since(subject.uuid, begun_from)
    began = content_begun_from(subject, begun_from, reader=request.user)
    live = content_to(request.user, since[-1]) if since else None
    told: dict[str, Any] = {"since": since, "history": _history_of(subject, request)}
    if live is not None:
        mine = facts_in(model, text.content)
        told["mine"] = render_comparison(model, live, mine, request=request)
        if began is not None:
            told["theirs"] = render_comparison(model, began, live, request=request)
    return told


def editor_of(subject: Versioned) -> str:
    """Where its newest draft is edited."""
    return _admin_address(subject, "edit")


def revision_editor_of(subject: Versioned, revision: Revision) -> str:
    """Where the text of one of its revisions is edited."""
    return _admin_address(subject, "revisions_revert", revision.pk)


def _admin_address(subject: Any, view: str, *more: int) -> str:
    if isinstance(subject, Page):
        return reverse(f"wagtailadmin_pages:{view}", args=(subject.pk, *more))
    name = subject.snippet_viewset.get_url_name(view)
    return reverse(name, args=(quote(subject.pk), *more))


def _history_of(subject: Versioned, request: HttpRequest) -> str | None:
    """The list of its versions for readers; None for a page that has no address."""
    if not isinstance(subject, Page):
        return Home(subject.uuid).history
    address = subject.get_url(request)
    return f"{address}history/" if address else None
