"""What can be found, and by which words.

All of it is derived: `manage.py rebuild_search` makes it again from the pages.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from search.bags import BagField
from search.finder.models import (  # noqa: F401  Django looks for models here
    FinderChange,
    RideFacts,
)
from search.folding import LONGEST_WORD


class Kind(models.IntegerChoices):
    """What a page is about. Better known kinds come first among equal hits."""

    PARK = 1, _("Park")
    RIDE = 2, _("Ride")
    MAKER = 3, _("Company")
    MODEL = 4, _("Ride model")


class Entry(models.Model):
    """A page that is live, by its names and by what is said of it in a word.

    The bag holds names and places with their makers as plain words, words of names
    once more behind a mark, and whole names behind two others (see `documents`).
    Rows are narrow on purpose: a common word makes the database look at thousands.
    """

    page = models.OneToOneField(
        # Hidden, or the trash would keep it and bring it back.
        "wagtailcore.Page",
        on_delete=models.CASCADE,
        primary_key=True,
        related_name="+",
    )
    kind = models.PositiveSmallIntegerField(choices=Kind)
    rank = models.PositiveSmallIntegerField(
        help_text="Which of two equal hits comes first: the higher one."
    )
    bag = BagField()
    digest = models.CharField(
        max_length=16, help_text="Of everything indexed, to see whether it changed."
    )
    lent = models.CharField(
        max_length=16, blank=True, help_text="Of the words that other pages take over."
    )

    class Meta:
        verbose_name_plural = "entries"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.page_id}"


class Story(models.Model):
    """All words of a page, its prose among them; apart because these rows are wide."""

    entry = models.OneToOneField(
        Entry, on_delete=models.CASCADE, primary_key=True, related_name="story"
    )
    bag = BagField()

    class Meta:
        verbose_name_plural = "stories"

    def __str__(self) -> str:
        return f"Story of {self.entry_id}"


class Word(models.Model):
    """A word of some name or place, to which a misspelt one can be corrected.

    The bag holds what is left of it without one or two of its first letters; two
    words that are alike have some of that in common.
    """

    text = models.CharField(max_length=LONGEST_WORD, unique=True)
    bag = BagField()

    def __str__(self) -> str:
        return self.text
