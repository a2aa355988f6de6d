from django.apps import AppConfig


class SearchConfig(AppConfig):
    name = "search"
    verbose_name = "Search"

    def ready(self) -> None:
        from search import receivers
        from search.finder import receivers as finder_receivers

        receivers.connect()
        finder_receivers.connect()
