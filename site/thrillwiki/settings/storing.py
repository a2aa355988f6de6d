"""Where files lie: in a folder, or on object storage."""

import environ
from botocore.config import Config

env = environ.Env()

# Whoever waits for a page waits for the storage. botocore's own patience, a minute
# for each of five tries, would keep every process of the site waiting.
PATIENCE = Config(
    connect_timeout=3, read_timeout=10, retries={"mode": "standard", "max_attempts": 2}
)


def storage(choice_name: str, location: str, **options: object) -> dict[str, object]:
    """A storage from MEDIA_STORAGE or ARCHIVE_STORAGE: "file" or "s3://bucket/prefix".

    A folder is at the location and takes the other options.
    """
    choice = env(choice_name, default="file")
    if choice.startswith("s3://"):
        bucket, _, prefix = choice.removeprefix("s3://").partition("/")
        return {
            "BACKEND": "storages.backends.s3.S3Storage",
            "OPTIONS": {
                "bucket_name": bucket,
                "location": prefix,
                "client_config": PATIENCE,
            },
        }
    return {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": location, **options},
    }
