"""Mail about reviews, sent by the worker."""

from celery import shared_task

from moderation.mails import deliver


# Acknowledged before it runs: a mail lost with its worker is better than the same mail
# twice, and the dashboard lists what waits in any case.
@shared_task(acks_late=False)
def send_mail_about_review(
    *, event: str, review_id: int, by_id: int | None, **extras: object
) -> None:
    """Tell the people concerned about one event of one review."""
    deliver(event=event, review_id=review_id, by_id=by_id)
