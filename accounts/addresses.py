"""One spelling for each e-mail address, so that one mailbox is one account."""

import unicodedata

from django.utils.encoding import punycode

# Turkish keyboards write a dotted capital and a dotless small letter where a mail
# address has i. Case folding turns the first into "i" with a separate dot above and
# leaves the second alone.
_TURKISH_I = str.maketrans(
    {"\N{LATIN SMALL LETTER DOTLESS I}": "i", "\N{COMBINING DOT ABOVE}": None}
)


def canonical_email(text: str) -> str:
    """The address as it is stored, compared and written to: one form for all spellings.

    Letters are folded (every I to i, ß to ss) and the domain becomes the
    ASCII form that mail is sent to. Text that is no address comes back folded; a
    validator says what is wrong with it.
    """
    folded = unicodedata.normalize("NFKC", text).casefold().translate(_TURKISH_I)
    # Folding and taking marks away can leave letters that compose once more.
    address = unicodedata.normalize("NFKC", folded).strip()
    mailbox, at, domain = address.rpartition("@")
    return mailbox + at + _ascii_domain(domain)


def _ascii_domain(domain: str) -> str:
    try:
        return punycode(domain)
    except UnicodeError:
        return domain
