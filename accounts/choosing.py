"""What people choose about themselves beside their profile form."""

from accounts.models import User


def choose_locale(person: User, *, locale: str) -> None:
    """Show a person the wiki in a language from now on, wherever they sign in."""
    User.objects.filter(pk=person.pk).update(locale=locale)
