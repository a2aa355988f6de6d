from django.apps import AppConfig


class PhotosConfig(AppConfig):
    name = "photos"
    verbose_name = "Photos"

    def ready(self) -> None:
        from photos import receivers  # noqa: F401  connects the signals
        from photos.avif import save_faster

        save_faster()
