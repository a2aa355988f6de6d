from django.apps import AppConfig


class CoreConfig(AppConfig):
    name = "core"
    verbose_name = "Shared words"

    def ready(self) -> None:
        from core import checks  # noqa: F401  registers the checks
        from core.caching import receivers
        from core.publishing import make_actions_whole
        from core.reference_index import write_references_once

        make_actions_whole()
        write_references_once()
        receivers.connect_models()
