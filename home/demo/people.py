"""The demo accounts. Their password is public, so only the demo ever makes them."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group

from allauth.account.models import EmailAddress

PASSWORD = "thrillwiki-demo"  # noqa: S105  printed by the demo, meant to be known

# key -> (display name, group or "" for the administrator)
PEOPLE = {
    "admin": ("Ada Admin", ""),
    "editor": ("Edda Editor", "Editor"),
    "moderator": ("Moses Moderator", "Moderator"),
    "member": ("Mira Member", "Member"),
}


def make_people() -> dict[str, object]:
    """Create what is missing and return the accounts by key."""
    return {key: _make(key, *known) for key, known in PEOPLE.items()}


def _make(key: str, display_name: str, group: str) -> object:
    users = get_user_model()
    email = f"{key}@example.org"
    person = users.objects.filter(email=email).first()
    if person is None:
        make = users.objects.create_user if group else users.objects.create_superuser
        person = make(email, PASSWORD, display_name=display_name)
    if group:
        person.groups.add(Group.objects.get(name=group))
    EmailAddress.objects.get_or_create(
        user=person, email=email, defaults={"verified": True, "primary": True}
    )
    return person
