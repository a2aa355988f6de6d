"""What follows from a sign-up."""

from typing import Any

from django.contrib.auth.models import Group
from django.dispatch import receiver

from allauth.account.signals import user_signed_up

from accounts.models import User

MEMBERS = "Member"


@receiver(user_signed_up)
def make_a_member(user: User, **signal: Any) -> None:
    """Everybody who signs up is a member; what members may do is set on the group."""
    members, _ = Group.objects.get_or_create(name=MEMBERS)
    user.groups.add(members)
