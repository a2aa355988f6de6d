from django.apps import AppConfig


class ParksConfig(AppConfig):
    name = "parks"
    verbose_name = "Parks and rides"

    def ready(self) -> None:
        from parks.batches.registering import register

        register()
