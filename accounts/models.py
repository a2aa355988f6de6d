"""Who uses the wiki."""

from typing import Any

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.addresses import canonical_email
from accounts.names import MAX_LENGTH as MAX_NAME_LENGTH


class Units(models.TextChoices):
    METRIC = "metric", _("Metric (m, km/h)")
    IMPERIAL = "imperial", _("Imperial (ft, mph)")


class UserManager(BaseUserManager["User"]):
    """Finds accounts by e-mail, whatever spelling of the address is given."""

    def get_by_natural_key(self, username: str | None) -> "User":
        return self.get(email=canonical_email(username or ""))

    def create_user(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        user = self.model(email=canonical_email(email), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(
        self, email: str, password: str | None = None, **fields: Any
    ) -> "User":
        return self.create_user(
            email, password, is_staff=True, is_superuser=True, **fields
        )


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # of untyped Wagtail images
    """An account: signs in by e-mail, is known to others by its display name only."""

    email = models.EmailField(_("e-mail address"), unique=True)
    display_name = models.CharField(
        max_length=MAX_NAME_LENGTH,
        help_text=_("How others see you in histories and reviews."),
    )
    home_park = models.ForeignKey(
        "parks.ParkPage",
        on_delete=models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
    )
    units = models.CharField(max_length=8, choices=Units, default=Units.METRIC)
    locale = models.CharField("language", max_length=12, blank=True)
    is_staff = models.BooleanField(default=False)
    is_active = models.BooleanField(default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    objects = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["display_name"]

    class Meta:
        ordering = ("display_name",)
        constraints = [
            models.UniqueConstraint(
                Lower("email"),
                name="accounts_user_email_unique",
                violation_error_message=_(
                    "An account with this e-mail address exists."
                ),
            )
        ]

    def __str__(self) -> str:
        return self.display_name or f"member {self.pk}"

    def clean(self) -> None:
        super().clean()
        self.email = canonical_email(self.email)

    def get_full_name(self) -> str:
        return str(self)

    def get_short_name(self) -> str:
        return str(self)

    # Libraries written for the stock user (Wagtail's lists and mails) read these.
    @property
    def first_name(self) -> str:
        return self.display_name

    @property
    def last_name(self) -> str:
        return ""


class SignInTry(models.Model):
    """A password given for an account or from an address, counted until proved right.

    See accounts/sign_in_limits.py. The key names neither in the clear.
    """

    key = models.CharField(max_length=64)
    tried_at = models.DateTimeField(db_index=True)

    class Meta:
        indexes = [
            models.Index(fields=["key", "tried_at"], name="accounts_try_key_time")
        ]

    def __str__(self) -> str:
        return f"{self.key[:8]} at {self.tried_at:%H:%M:%S}"
