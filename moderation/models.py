"""The step of a workflow in which a moderator reads a text and decides."""

from typing import Any

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from wagtail.models import AbstractGroupApprovalTask, Revision, TaskState

from branches.models import Proposal
from core.changes import change_by
from moderation.decisions import approve, reject
from moderation.fingerprints import fingerprint_of
from moderation.forms import ApprovalForm, RejectionForm
from moderation.refusals import NothingApproved, TextChanged

DECISIONS = {"approve": (approve, ApprovalForm), "reject": (reject, RejectionForm)}


class ReviewState(TaskState):
    """One review: which text was handed in, and which text was approved.

    The revision alone does not tell, because autosave rewrites revisions in place.
    """

    submitted_fingerprint = models.CharField(max_length=64, blank=True, editable=False)
    approved_fingerprint = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        verbose_name = "review"

    def is_by(self, user: Any) -> bool:
        """Whether this person wrote or submitted the text under review."""
        subject = self.workflow_state.content_object
        if user.pk is None:
            return False
        if user.pk == self.workflow_state.requested_by_id:
            return True
        if isinstance(subject, Proposal):
            # It knows who changed facts of it; an amended unit makes nobody its author.
            return subject.is_by(user)
        return bool(user.pk == self.revision.user_id)

    @classmethod
    def publish_approved(cls, workflow_state: Any, user: Any) -> None:
        """Publish what the steps of a workflow have approved.

        Approval gives the right to publish: who may approve was checked when the
        steps were decided. Raises NothingApproved when no step approved anything, and
        TextChanged when the revision was rewritten in place after an approval.
        """
        last = workflow_state.current_task_state
        if last is None or last.status != cls.STATUS_APPROVED:
            raise NothingApproved
        revisions = Revision.objects.select_for_update(no_key=True)
        approved = revisions.get(pk=last.revision_id)
        reviews = cls.objects.filter(
            workflow_state=workflow_state,
            revision=approved,
            status=cls.STATUS_APPROVED,
        )
        fingerprints = set(reviews.values_list("approved_fingerprint", flat=True))
        if fingerprints - {fingerprint_of(approved)}:
            raise TextChanged(approved)
        # The author is who submitted; a moderator who amended is named as publisher.
        with change_by(user, author=workflow_state.requested_by or approved.user):
            approved.publish(user=user, skip_permission_checks=True)


class ModeratorApproval(AbstractGroupApprovalTask):
    """Somebody of the chosen groups approves, but never their own text.

    That holds for administrators too. Every decision goes through
    moderation/decisions.py, from whichever screen it comes.
    """

    task_state_class = ReviewState

    class Meta:
        verbose_name = _("moderator approval")
        verbose_name_plural = _("moderator approvals")

    @classmethod
    def get_description(cls) -> str:
        return gettext(
            "Members of the chosen groups decide, each about the texts of others"
        )

    def start(self, workflow_state: Any, user: Any = None) -> Any:
        state = super().start(workflow_state, user=user)
        submitted = Revision.objects.get(pk=state.revision_id)
        state.submitted_fingerprint = fingerprint_of(submitted)
        state.save(update_fields=["submitted_fingerprint"])
        return state

    def get_actions(self, obj: Any, user: Any) -> list[tuple[str, str, bool]]:
        if isinstance(obj, Proposal):
            # On its own page (moderation/suggestions), where all of it can be read.
            return []
        state = obj.current_workflow_task_state
        if not super().get_actions(obj, user):
            return []
        if isinstance(state, ReviewState) and state.is_by(user):
            return []
        # Both open a form: without one an approval could not say what it approves.
        return [
            ("reject", gettext("Request changes"), True),
            ("approve", gettext("Approve"), True),
        ]

    def get_task_states_user_can_moderate(self, user: Any, **kwargs: Any) -> Any:
        states = super().get_task_states_user_can_moderate(user, **kwargs)
        return states.exclude(workflow_state__requested_by=user).exclude(
            revision__user=user
        )

    def get_form_for_action(self, action: str) -> Any:
        return DECISIONS[action][1] if action in DECISIONS else ApprovalForm

    def get_template_for_action(self, action: str) -> str:
        return "moderation/decide.html"

    def on_action(
        self, task_state: Any, user: Any, action_name: str, **given: Any
    ) -> None:
        decide, _form = DECISIONS[action_name]
        decide(task_state, by=user, **given)
