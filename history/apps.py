from django.apps import AppConfig

import reversion


class HistoryConfig(AppConfig):
    name = "history"
    verbose_name = "History"

    def ready(self) -> None:
        from history import (
            chain,
            outbox,
            receivers,  # noqa: F401  connects the signals
            revisions,
        )
        from history.content import page_models, snippet_models

        for model in [*page_models(), *snippet_models()]:
            reversion.register(model, format="wagtail-page")
        outbox.register("seal", chain.seal_committed)
        outbox.register("prune", revisions.prune_after)
