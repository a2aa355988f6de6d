"""What a display name may be: histories tell people apart by nothing else."""

import re
import unicodedata
from itertools import groupby

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

MAX_LENGTH = 60

# Control, format (bidi and zero-width), surrogate, private and unassigned characters
# in a name only serve to look like somebody else.
_REFUSED_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn"})

# Letters and symbols that are drawn as nothing at all, and what bytes that are no
# text are decoded to.
_BLANKS = frozenset("\ufffd\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")

_MARKS = frozenset({"Mn", "Me"})
_MAX_MARKS_IN_A_ROW = 3  # pointed Hebrew stacks three, no living script more

# Alphabets with letters that look alike; a word is written in one of them.
_LOOKALIKE_ALPHABETS = frozenset(
    {"LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "COPTIC"}
)

_RESERVED = frozenset(
    {
        "admin", "admins", "administrator", "administrators", "moderator",
        "moderators", "staff", "thrillwiki",
    }
)  # fmt: skip

# Digits, signs and foreign letters that pass for the letters of the reserved words.
_LOOKALIKES = str.maketrans(
    {
        "0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a",
        "$": "s", "!": "i", "|": "i", "\u0131": "i",
        "\u0430": "a", "\u0435": "e", "\u043e": "o", "\u0440": "p", "\u0441": "c",
        "\u0442": "t", "\u0455": "s", "\u0456": "i", "\u043c": "m", "\u043f": "n",
        "\u0433": "r", "\u0501": "d", "\u043a": "k", "\u051d": "w", "\u04bb": "h",
        "\u03b1": "a", "\u03b5": "e", "\u03b9": "i", "\u03ba": "k", "\u03bf": "o",
        "\u03c1": "p", "\u03c4": "t", "\u03c9": "w",
    }
)  # fmt: skip


def clean_display_name(text: str, *, may_be_reserved: bool = False) -> str:
    """The name in NFC without surrounding or doubled space.

    Raises ValidationError for a name that hides characters, mixes look-alike alphabets
    or, unless `may_be_reserved`, claims an office ("Admin", "ThrillWiki Staff").
    """
    name = " ".join(unicodedata.normalize("NFC", text).split())
    _refuse_unseen(name)
    _refuse_stacked_marks(name)
    if len(name) > MAX_LENGTH:
        raise ValidationError(
            _("Use %(max_length)s characters or fewer.") % {"max_length": MAX_LENGTH}
        )
    _refuse_mixed_alphabets(name)
    if not may_be_reserved and claims_an_office(name):
        raise ValidationError(
            _("This name would look like the site’s own staff. Choose another.")
        )
    return name


def claims_an_office(name: str) -> bool:
    """Whether the name reads as one of the wiki's offices, however it is spelt."""
    plain = "".join(
        letter
        for letter in unicodedata.normalize("NFKD", name).casefold()
        if unicodedata.category(letter) not in _MARKS
    ).translate(_LOOKALIKES)
    words = re.findall(r"[^\W_]+", plain)
    run_together = "".join(words)
    return (
        not _RESERVED.isdisjoint(words)
        or run_together in _RESERVED
        or "thrillwiki" in run_together
    )


def _refuse_unseen(name: str) -> None:
    seen = [letter for letter in name if not _is_unseen(letter)]
    if not any(unicodedata.category(letter)[0] in "LNPS" for letter in seen):
        raise ValidationError(_("Give a name others will see."), code="required")
    if len(seen) < len(name):
        raise ValidationError(_("The name contains characters that cannot be seen."))


def _is_unseen(letter: str) -> bool:
    return unicodedata.category(letter) in _REFUSED_CATEGORIES or letter in _BLANKS


def _refuse_stacked_marks(name: str) -> None:
    runs = groupby(name, key=lambda letter: unicodedata.category(letter) in _MARKS)
    if any(is_mark and len(list(run)) > _MAX_MARKS_IN_A_ROW for is_mark, run in runs):
        raise ValidationError(
            _("The name has too many accents stacked on its letters.")
        )


def _refuse_mixed_alphabets(name: str) -> None:
    for word in re.findall(r"[^\W\d_]+", name):
        alphabets = {unicodedata.name(letter, "").split(" ")[0] for letter in word}
        if len(alphabets & _LOOKALIKE_ALPHABETS) > 1:
            raise ValidationError(
                _("“%(word)s” mixes letters of different alphabets that look alike.")
                % {"word": word}
            )
