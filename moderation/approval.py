"""What is approved is what was reviewed: the end of every workflow."""

from typing import Any

from django.apps import apps


def publish_reviewed_revision(workflow_state: Any, user: Any = None) -> None:
    """Publish the revision the last task approved, never a later one.

    Wagtail's own action publishes the latest revision, so text saved after the
    review would go live unseen. See `ReviewState.publish_approved` for what it raises.
    """
    # Wagtail imports this module while its own models are still loading, so ours can
    # only be asked for by name.
    apps.get_model("moderation", "ReviewState").publish_approved(workflow_state, user)
