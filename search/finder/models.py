"""What the finder keeps of each ride, and the record that something changed."""

import secrets
from typing import Any

from django.db import models


def _key_of(model: str, **options: Any) -> Any:
    """A key the database does not hold anybody to: what it names may come and go."""
    return models.ForeignKey(
        model,
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        null=True,
        **{"db_index": False, **options},
    )


class RideFacts(models.Model):
    """One live ride with everything it can be found by, in metric units.

    Computed from the page and its rows (deriving.py), never edited, and rebuilt by
    `manage.py rebuild_finder`. Figures are the best of all tracks; dates are the
    bounds of what is known, both NULL where nothing is.
    """

    wagtail_reference_index_ignore = True  # it says again what the page says

    ride = models.OneToOneField(
        "parks.RidePage",
        on_delete=models.DO_NOTHING,
        db_constraint=False,
        related_name="+",
        primary_key=True,
    )
    park = _key_of("parks.ParkPage", db_index=True)
    operator = _key_of("parks.CompanyPage")
    model = _key_of("parks.RideModelPage")
    layout = _key_of("parks.Layout")
    name = models.CharField(max_length=255)
    names = models.TextField()
    category = models.CharField(max_length=20)
    status = models.CharField(max_length=20)
    material = models.CharField(max_length=8)
    intensity = models.CharField(max_length=8)
    indoor = models.BooleanField()
    manufacturers = models.JSONField(default=list)
    designers = models.JSONField(default=list)
    elements = models.JSONField(default=list)
    tags = models.JSONField(default=list)
    features = models.JSONField(default=list)
    records = models.JSONField(default=list)
    height_m = models.FloatField(null=True)
    speed_kmh = models.FloatField(null=True)
    length_m = models.FloatField(null=True)
    drop_m = models.FloatField(null=True)
    inversions = models.PositiveSmallIntegerField(null=True)
    angle = models.FloatField(null=True)
    duration_s = models.PositiveIntegerField(null=True)
    capacity = models.PositiveIntegerField(null=True)
    rider_m = models.FloatField(null=True)
    opened_lower = models.DateField(null=True)
    opened_upper = models.DateField(null=True)
    closed_lower = models.DateField(null=True)
    closed_upper = models.DateField(null=True)
    since_lower = models.DateField(null=True)
    since_upper = models.DateField(null=True)

    class Meta:
        app_label = "search"

    def __str__(self) -> str:
        return self.name


def new_token() -> int:
    """A number no other change has, and of which millions can be added up."""
    return secrets.randbits(40)


class FinderChange(models.Model):
    """Something the finder shows has changed: a ride, all rides of a park, or anything.

    Written in the transaction of the change. Processes that keep rides in memory read
    these rows again when their number or the sum of their tokens is another one. Keys
    would not do: they are handed out before a commit and start again in a database
    that was restored.
    """

    wagtail_reference_index_ignore = True

    token = models.BigIntegerField(default=new_token)
    ride_id = models.BigIntegerField(null=True)
    park_id = models.BigIntegerField(null=True)

    class Meta:
        app_label = "search"

    def __str__(self) -> str:
        return f"ride {self.ride_id}, park {self.park_id}"
