"""Accounts named on the command line."""

from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import CommandError


def account_called(email: str | None) -> Any:
    """The account with an address, None for no address. Raises CommandError."""
    if not email:
        return None
    account = get_user_model().objects.filter(email__iexact=email).first()
    if account is None:
        raise CommandError(f"There is no account with the address {email}.")
    return account
