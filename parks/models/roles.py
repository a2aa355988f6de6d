"""Who ran a park and who made a ride."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from modelcluster.fields import ParentalKey

from core.fields import PartialDateField
from core.models import VersionedRow
from parks.choices import CreditRole, TermRole


class ParkTerm(VersionedRow):
    """A company as operator or owner of a park for a time."""

    page = ParentalKey("parks.ParkPage", related_name="terms")
    company = models.ForeignKey(
        "parks.CompanyPage", on_delete=models.PROTECT, related_name="park_terms"
    )
    role = models.CharField(max_length=10, choices=TermRole, default=TermRole.OPERATOR)
    began = PartialDateField("from", blank=True)
    ended = PartialDateField("until", blank=True)
    share = models.DecimalField(
        _("share (%)"), max_digits=5, decimal_places=2, null=True, blank=True
    )

    class Meta(VersionedRow.Meta):
        constraints = [
            models.CheckConstraint(
                condition=models.Q(share__isnull=True)
                | models.Q(share__gte=0, share__lte=100),
                name="parks_term_share_is_a_percentage",
                violation_error_message=_("A share lies between 0 and 100 %."),
            )
        ]

    def __str__(self) -> str:
        return f"{self.company} ({self.get_role_display()})"


class MakerCredit(VersionedRow):
    """A company or person who made, designed or built a ride."""

    page = ParentalKey("parks.RidePage", related_name="credits")
    company = models.ForeignKey(
        # RESTRICT: a company may go together with the rides it tours with.
        "parks.CompanyPage",
        on_delete=models.RESTRICT,
        related_name="ride_credits",
    )
    role = models.CharField(
        max_length=12, choices=CreditRole, default=CreditRole.MANUFACTURER
    )
    began = PartialDateField("from", blank=True)
    ended = PartialDateField("until", blank=True)

    def __str__(self) -> str:
        return f"{self.company} ({self.get_role_display()})"
