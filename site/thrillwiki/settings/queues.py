"""Which queue each task waits in, and nothing is sent anywhere by chance.

What somebody waits for never stands behind work that nobody waits for: a worker takes
from both queues in turn, and a larger wiki has workers for each.
"""

# Celery's own name for the queue of a worker that is told nothing.
PROMPT = "celery"
BULK = "bulk"

_ROUTES = {
    PROMPT: (
        "branches.tasks.check_proposal",
        "branches.tasks.check_waiting",
        "branches.tasks.close_idle_suggestions",
        "branches.tasks.run_releases",
        "core.caching.nginx.fetch_anew",
        "core.jobs.clock.resume_jobs",
        "core.jobs.clock.start_daily",
        "core.jobs.tasks.run_job",
        "core.mail.sending.send_mail",
        "core.tasks.fold_touches",
        "core.tasks.publish_scheduled",
        "history.tasks.work_off_outbox",
        "moderation.tasks.send_mail_about_review",
        "search.tasks.follow",
    ),
    BULK: (
        "core.jobs.tasks.run_bulk_job",
        "history.tasks.empty_trash",
        "history.tasks.tidy_up",
        "parks.tasks.bring_statuses_up_to_date",
        "photos.tasks.prepare_renditions",
        "search.tasks.keep_in_step",
    ),
}
QUEUES: dict[str, dict[str, str]] = {PROMPT: {}, BULK: {}}
ROUTES = {task: {"queue": queue} for queue, tasks in _ROUTES.items() for task in tasks}
