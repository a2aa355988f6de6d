"""One edited ride that waits for the moderator, so that the queue is not empty."""

from django.contrib.auth import get_user_model

from parks.models import RidePage

WAITING = ("the-beast", "Timed at the station clock on three visits", 255)


def submit_an_edit() -> None:
    """Let the editor submit a new duration for a ride, unless one waits already."""
    slug, reason, duration_s = WAITING
    ride = RidePage.objects.filter(slug=slug).first()
    if ride is None or ride.workflow_in_progress:
        return
    editor = get_user_model().objects.get(email="editor@example.org")
    draft = ride.get_latest_revision_as_object()
    track = draft.tracks.all()[0]
    track.duration_s = duration_s
    draft.tracks.add(track)
    draft.change_reason = reason
    draft.save_revision(user=editor)
    ride.refresh_from_db()
    workflow = ride.get_workflow()
    if workflow is not None:
        workflow.start(ride, editor)
