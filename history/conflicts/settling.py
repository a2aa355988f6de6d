"""Deciding what shall hold where a kept text and what is there now disagree."""

from collections.abc import Mapping
from typing import Any

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from wagtail.models import Page

from core.models import ContentPage, VersionedSnippet
from core.refusals import Refused
from history.conflicts.holding import problem_of
from history.conflicts.locks import refuse_if_locked
from history.conflicts.plans import Plan, Text, plan_saving
from history.conflicts.questions import SettlingForm, disputes_of
from history.conflicts.rule import beginnings_of
from history.conflicts.telling import editor_of, refused_page, told_of_waiting
from history.conflicts.waiting import overtaken_draft
from history.content import Versioned
from history.merging import NoSuchConflict, Pick
from history.models import Purpose, RefusedText
from history.subjects import may_change, may_publish


class NotSettled(Refused):
    """The text stays kept as it is; the words say why."""


@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    """Show a kept text beside what is there now; save the result of both."""
    kept = get_object_or_404(RefusedText.objects.select_related("revision"), pk=pk)
    with transaction.atomic():
        subject = _held(kept)
        if not may_change(request.user, subject):
            raise PermissionDenied
        plan = _plan(kept, subject, request.user)
        if request.method != "POST":
            return refused_page(request, kept, plan, status=200)
        form = SettlingForm(request.POST, disputes=disputes_of(plan))
        if form.data.get("seen") != plan.seen:
            problem = _(
                "Something was changed while you were looking at it. What is shown "
                "now is up to date: decide anew."
            )
            return refused_page(request, kept, plan, problem=problem)
        if not form.is_valid():
            return refused_page(request, kept, plan, form=form, status=422)
        try:
            with transaction.atomic():
                words = _save(kept, subject, form.choices(), request.user)
        except Refused as refused:
            return refused_page(
                request,
                kept,
                plan,
                form=form,
                problem=str(refused),
                status=refused.status,
            )
    for said in words:
        messages.success(request, said)
    return HttpResponseRedirect(editor_of(subject))


def _held(kept: RefusedText) -> Any:
    """What the text is of, while nobody else can save it."""
    known: Any = kept.revision.content_object
    if not isinstance(known, ContentPage | VersionedSnippet):
        raise Http404
    model: Any = Page if isinstance(known, Page) else type(known)
    held = model._base_manager.select_for_update(no_key=True).filter(pk=known.pk)
    get_object_or_404(held.values_list("pk"))
    return get_object_or_404(type(known)._base_manager, pk=known.pk)


def _plan(
    kept: RefusedText,
    subject: Versioned,
    by: Any,
    choices: Mapping[tuple[int, str], Pick] | None = None,
) -> Plan:
    revision = kept.revision
    began_from = beginnings_of(revision)[0]
    text = Text(revision.content, kept.began, began_from, Purpose(kept.purpose))
    return plan_saving(subject, text, choices=choices, by=by)


def _save(
    kept: RefusedText,
    subject: Versioned,
    choices: Mapping[tuple[int, str], Pick],
    by: Any,
) -> list[str]:
    refuse_if_locked(subject, by)
    purpose = Purpose(kept.purpose)
    if purpose == Purpose.PUBLISH and not may_publish(by, subject):
        raise PermissionDenied
    try:
        plan = _plan(kept, subject, by, choices)
    except NoSuchConflict as gone:
        raise NotSettled(_("Some of it agrees by now. Look once more.")) from gone
    if plan.conflicts:
        raise NotSettled(_("Your answers raise another question. Look once more."))
    made = plan.draft()
    if problem := problem_of(made, purpose):
        raise NotSettled(problem)
    waiting = overtaken_draft(subject, kept.began)
    saved = made.save_revision(user=by, log_action=True, clean=False)
    kept.delete()
    if purpose != Purpose.PUBLISH:
        return [_("Saved as a draft, with what others wrote.")]
    saved.publish(user=by)
    row = type(subject)._base_manager.get(pk=subject.pk)
    if waiting is not None and waiting.go_on(row):
        return ["Published.", told_of_waiting(waiting.revision.user)]
    return [_("Published, with what others wrote.")]
