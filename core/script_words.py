"""What our scripts say, for base.html to hand to them (assets/js/words.js)."""

from functools import cache

from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_noop as _

from core.data_scripts import data_script

# Scripts put a value where a name stands in braces.
WORDS = {
    "lost": _("No connection. What you see and what you typed is still here."),
    "failed": _("The wiki could not answer that. Nothing was changed."),
    "online": _("You are online again."),
    "asking": _("Asking your browser…"),
    "noPosition": _("Your browser did not say where you are. Name a town instead."),
    "needed": _("{label} is needed."),
    "tooShort": _("Write at least {number} characters."),
    "email": _("Write an address like name@example.org."),
    "url": _("Write a whole address, like https://example.org."),
    "picture": _("{number} of {all}"),
    "nowhere": _("No place to show: none of these has coordinates."),
    "moveByTouch": _("Move the map with two fingers."),
    "moveByPointer": _(
        "Click the map, then zoom with the wheel or + and −, and move it with the "
        "arrows."
    ),
    "noMap": _("The map cannot be loaded. The list shows the same."),
    "noTiles": _("{host} does not answer. This is the plain map."),
    "close": _("{number} {noun} close together"),
    "more": _("and {number} more"),
}


@cache
def script_words(language: str) -> SafeString:
    """The words as an element of the page, in the language that is active."""
    return data_script("words", {name: gettext(text) for name, text in WORDS.items()})
