from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Shared words"

    def ready(self) -> None:
        from core import checks, lookups  # noqa: F401  registers what is in them
        from core.caching import receivers
        from core.page_indexes import write_indexes_once
        from core.publishing import make_actions_whole

        make_actions_whole()
        write_indexes_once()
        receivers.connect_models()
