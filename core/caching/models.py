"""What was touched: by this it is known whether what is kept is still right."""

from django.db import models


class Touch(models.Model):
    """Something that readers see of a topic has changed.

    Rows are only added, so publishes never wait for each other. The sum of the tokens
    of a topic grows with each touch, also with one whose transaction began early and
    ends late; and as tokens are drawn by lot, no sum is ever seen a second time.
    """

    topic = models.CharField(max_length=300)
    token = models.BigIntegerField()

    class Meta:
        verbose_name_plural = "touches"
        indexes = [models.Index(fields=("topic", "token"), name="core_touch_sum")]

    def __str__(self) -> str:
        return self.topic
