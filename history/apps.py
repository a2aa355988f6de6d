from django.apps import AppConfig

import reversion


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = "History"

    def ready(self) -> None:
        from core.past import remember_with
        from history import (
            chain,
            outbox,
            receivers,  # noqa: F401  connects the signals
            revisions,
        )
        from history.archive import jobs as archive_jobs
        from history.conflicts import rule  # noqa: F401  connects the signal
        from history.content import page_models, snippet_models
        from history.past import PastInVersions

        for model in [*page_models(), *snippet_models()]:
            reversion.register(model, format="wagtail-page")
        archive_jobs.register()
        outbox.register("seal", chain.seal_committed)
        outbox.register("prune", revisions.prune_after)
        remember_with(PastInVersions())
