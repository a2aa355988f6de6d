"""Accounts in each role."""

from itertools import count

from django.contrib.auth.models import Group

from allauth.account.models import EmailAddress

from accounts.models import User

PASSWORD = "coaster-lift-hill"

_numbers = count(1)


def make_person(role: str = "", **fields: object) -> User:
    """An account with a verified address in the group of a role, or in none.

    Roles: Editor, Moderator, Member; "admin" makes a superuser.
    """
    number = next(_numbers)
    email = str(fields.pop("email", f"person{number}@example.org"))
    fields.setdefault("display_name", f"{role or 'Person'} {number}".capitalize())
    if role == "admin":
        person = User.objects.create_superuser(email, PASSWORD, **fields)
    else:
        person = User.objects.create_user(email, PASSWORD, **fields)
    if role and role != "admin":
        person.groups.add(Group.objects.get(name=role))
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    return person
