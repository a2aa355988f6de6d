"""What somebody had typed into a form that was refused as a whole."""

from collections.abc import Iterator

from django.http import HttpRequest

_MOST_SHOWN = 200


def texts_sent(request: HttpRequest) -> list[str]:
    """The texts of the form that came, once each, for whoever wants them back."""
    return list(dict.fromkeys(_texts(request)))[:_MOST_SHOWN]


def _texts(request: HttpRequest) -> Iterator[str]:
    if request.method != "POST":
        return
    for name, values in request.POST.lists():
        if "password" in name:
            continue
        for value in values:
            text = value.strip()
            # Words of people have blanks between them; keys, numbers and hashes have
            # none. What scripts write of a story is nothing to read.
            if len(text.split()) > 1 and not text.startswith(("{", "[")):
                yield text
