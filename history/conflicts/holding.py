"""What any editor does that sees others saving and publishing."""

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext as _

from core.models import ContentPage
from core.refusals import NotPublishable, Refused
from core.snapshots import FIELD, unpack
from history.conflicts.keeping import keep_text
from history.conflicts.plans import Plan, Text, newest_data, plan_saving, who_saved
from history.conflicts.rule import is_stale
from history.conflicts.telling import refused_page, told_of, told_of_waiting
from history.conflicts.waiting import Overtaken, overtaken_draft
from history.content import Versioned
from history.models import PageVersion, Purpose
from history.reverting.contents import Content, check, plain_facts

# Of digits; more would be no key of the database.
LONGEST_KEY = 19


class SeesOthers:
    """A form remembers the text it was opened with and what was live then.

    What is posted is looked at while nobody else can save or publish the same thing.
    """

    # As the tables have it, of what has a history: the form works on another copy.
    row: Any = None
    # The stored data of the text the form was opened with, once it has been posted,
    # and whether somebody else has saved another draft since.
    began: Content | None = None
    is_overtaken = False

    def dispatch(
        self: Any, request: HttpRequest, *args: Any, **kwargs: Any
    ) -> HttpResponse:
        handle = super().dispatch  # type: ignore[misc]  # a mixin for views
        if request.method != "POST":
            return handle(request, *args, **kwargs)
        with transaction.atomic():
            self.hold(*args, **kwargs)
            try:
                return handle(request, *args, **kwargs)
            except Refused as refused:
                # What was saved before the refusal is the editor's text: it stays.
                refusal = refused
        raise refusal

    def post(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """Autosave stops where others have saved; saving by hand goes on."""
        is_late = self.is_overtaken or self.is_out_of_date
        if self.expects_json_response and is_late and self.row is not None:
            begun_from = key_in(request.POST.get("begun_from", ""))
            who = who_saved(self.row, begun_from, request.user)
            return self.json_error_response("invalid_revision", stops_autosave(who))
        own = request.POST.get("overwrite_revision_id", "")
        if own and (self.is_out_of_date or is_published(own)):
            # The draft that autosave has made is not the newest any more, or a version.
            posted = request.POST.copy()
            del posted["overwrite_revision_id"]
            request.POST = posted  # type: ignore[assignment]  # Django allows the same class
        return super().post(request, *args, **kwargs)  # type: ignore[misc]  # a mixin for views

    def opened(self: Any, shown: Any) -> Any:
        """The object for the form, which has shown or will show its text."""
        self.row = type(shown)._base_manager.get(pk=shown.pk)
        newest = newest_data(self.row)
        line = self.request.POST.get(FIELD)
        if self.request.method != "POST":
            shown.begun_with = newest
        if not line:
            return shown
        self.began = unpack(shown, line)
        model = type(shown)
        self.is_overtaken = plain_facts(model, self.began) != plain_facts(model, newest)
        return self.as_opened(shown) if self.is_overtaken else shown

    def as_opened(self: Any, shown: Any) -> Any:
        """The object that the form was opened with: its rows are those it names."""
        return self.row.with_content_json(self.began)

    def facts_begun_with(self, model: Any) -> Content | None:
        return None if self.began is None else plain_facts(model, self.began)

    def saved(self: Any, form: Any, subject: Any, purpose: Purpose) -> HttpResponse:
        """Save the form together with what others saved meanwhile, or say why not."""
        row, by = self.row, self.request.user
        plan = None
        if self._has_to_be_merged(subject, purpose):
            mine = form.save(commit=False)
            plan = self._plan(row, mine, purpose)
            made = plan.draft()
            problem = "" if plan.conflicts else problem_of(made, purpose)
            if plan.conflicts or problem or self.is_deciding():
                kept = keep_text(
                    mine,
                    by=by,
                    previous=self.shown_revision(),
                    purpose=Purpose.DRAFT if self.is_deciding() else purpose,
                    began=plan.text.began,
                )
                return refused_page(self.request, kept, plan, problem=problem)
            form.together = with_comments_of(mine, made)
        waiting = self._waiting(row, purpose)
        answer: HttpResponse = super().form_valid(form)  # type: ignore[misc]  # a mixin for views
        if answer.status_code == 302:
            self._tell(plan, waiting)
        return answer

    def _has_to_be_merged(self: Any, subject: Any, purpose: Purpose) -> bool:
        if self.is_overtaken and purpose != Purpose.PUBLISH:
            return True
        live = self.row.live_revision_id
        return (
            purpose != Purpose.DRAFT
            and subject.begun_from is not ...
            and is_stale(subject, [subject.begun_from], live)
        )

    def _plan(self: Any, row: Versioned, mine: Any, purpose: Purpose) -> Plan:
        began = self.facts_begun_with(type(row))
        if began is None and purpose == Purpose.SUBMIT:
            # Nobody told which draft it was begun with: only the live text is known.
            purpose = Purpose.PUBLISH
        text = Text(mine.serializable_data(), began, mine.begun_from, purpose)
        return plan_saving(row, text, by=self.request.user)

    def _waiting(self: Any, row: Versioned, purpose: Purpose) -> Overtaken | None:
        if purpose != Purpose.PUBLISH or not self.is_overtaken:
            return None
        return overtaken_draft(row, self.facts_begun_with(type(row)))

    def _tell(self: Any, plan: Plan | None, waiting: Overtaken | None) -> None:
        for words in told_of(plan) if plan is not None else ():
            messages.info(self.request, words)
        if waiting is not None:
            row = type(self.row)._base_manager.get(pk=self.row.pk)
            if row.live_revision_id and waiting.go_on(row):
                messages.info(self.request, told_of_waiting(waiting.revision.user))


def key_in(posted: str) -> int | None:
    """The key that was posted; None for what cannot be one."""
    is_key = posted.isascii() and posted.isdigit() and len(posted) < LONGEST_KEY
    return int(posted) if is_key else None


def is_published(revision: str) -> bool:
    """Whether a version was published from a revision; its key as it was posted."""
    key = key_in(revision)
    versions = PageVersion.objects.filter(revision_pk=key)
    return key is not None and versions.exists()


def stops_autosave(who: str) -> str:
    """What somebody reads whose changes are not saved by themselves any more."""
    words = _(
        "%(who)s saved this meanwhile, so your changes are no longer saved by "
        "themselves. Save by hand: both texts are brought together."
    )
    return words % {"who": who}


def problem_of(made: Any, purpose: Purpose) -> str:
    """Why both texts together cannot be saved, though each could by itself."""
    try:
        if purpose != Purpose.DRAFT:
            check(made)
        elif not made.live:
            made.full_clean()
    except NotPublishable as problem:
        return str(problem)
    except ValidationError as error:
        return " ".join(error.messages)
    return ""


def with_comments_of(mine: Any, made: Any) -> Any:
    """The remarks of editors are no facts: they are as the form has them."""
    if isinstance(made, ContentPage):
        made.wagtail_admin_comments = mine.wagtail_admin_comments.all()
    return made
