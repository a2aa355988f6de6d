"""What the clock starts, and when. The operator's guide says what each is for."""

from celery.schedules import crontab

SCHEDULE = {
    "publish-scheduled-pages": {
        "task": "core.tasks.publish_scheduled",
        "schedule": 60.0,
    },
    "run-releases": {
        "task": "branches.tasks.run_releases",
        "schedule": 60.0,
    },
    "bring-statuses-up-to-date": {
        "task": "parks.tasks.bring_statuses_up_to_date",
        "schedule": 3600.0,
    },
    "archive-old-versions": {
        "task": "core.jobs.clock.start_daily",
        "schedule": crontab(hour=2, minute=30),
        "kwargs": {"kind": "archive"},
    },
    "check-the-archive": {
        "task": "core.jobs.clock.start_daily",
        "schedule": crontab(hour=4, minute=30, day_of_week="sunday"),
        "kwargs": {"kind": "check_archive"},
    },
    # What a worker did not hear the bell for, or did not live to finish.
    "resume-jobs": {
        "task": "core.jobs.clock.resume_jobs",
        "schedule": 60.0,
    },
    "empty-the-trash": {
        "task": "history.tasks.empty_trash",
        "schedule": crontab(hour=3, minute=15),
    },
    "work-off-outbox": {
        "task": "history.tasks.work_off_outbox",
        "schedule": 30.0,
    },
    "check-what-was-handed-in": {
        "task": "branches.tasks.check_waiting",
        "schedule": 30.0,
    },
    "close-idle-suggestions": {
        "task": "branches.tasks.close_idle_suggestions",
        "schedule": crontab(hour=4, minute=5),
    },
    "fold-touches": {
        "task": "core.tasks.fold_touches",
        "schedule": 300.0,
    },
    "keep-search-in-step": {
        "task": "search.tasks.keep_in_step",
        "schedule": crontab(hour=3, minute=45),
    },
    "send-waiting-mail": {
        "task": "core.mail.sending.send_mail",
        "schedule": 30.0,
    },
    "tidy-up-history": {
        "task": "history.tasks.tidy_up",
        "schedule": crontab(hour=3, minute=10),
    },
}
