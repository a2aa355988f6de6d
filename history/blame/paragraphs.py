"""Who wrote which paragraph of a story."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from html.parser import HTMLParser
from typing import Any

from core.caching import fetched, keep
from core.models import ContentPage
from history.blame.paths import FactPath
from history.blame.setters import read_each
from history.blame.values import plain
from history.content import fingerprint
from history.models import PageVersion
from history.reading import may_read_hidden

# So far back a paragraph is traced, in versions that touched its block and in bytes.
MOST_VERSIONS = 200
MOST_BYTES = 30_000_000
AT_ONCE = 25
A_DAY = 24 * 3600
PARAGRAPHS = frozenset({"p", "li", "h2", "h3", "h4", "blockquote"})


@dataclass(frozen=True, slots=True)
class Paragraph:
    """The words of a paragraph and the number of the version that last changed it.

    `is_bounded` says that it may be older: it was there as far as was looked.
    """

    text: str
    seq: int
    is_bounded: bool = False


def paragraphs_of(
    page: ContentPage, path: FactPath, head: PageVersion, block: Any, *, reader: Any
) -> list[Paragraph]:
    """The paragraphs of a rich text block; none for any other kind of block."""
    texts = split(block.get("value") if isinstance(block, dict) else None)
    if not texts:
        return []
    if may_read_hidden(reader):
        return _traced(page, path, head, texts, reader)
    of_page = PageVersion.objects.filter(object_uuid=page.uuid)
    hidden = of_page.filter(text_hidden=True).order_by("pk")
    # Which ones are hidden decides, not how many: one is lifted, another hidden.
    said = f"{path}|{list(hidden.values_list('pk', flat=True))}"
    key = f"paragraphs:{head.pk}:{fingerprint(said)}"
    found: list[Paragraph] | None = fetched(key)
    if found is None:
        found = _traced(page, path, head, texts, reader)
        keep(key, found, seconds=A_DAY)
    return found


def split(value: Any) -> list[str]:
    """The paragraphs of rich text, tags inside them kept; empty for anything else."""
    if not isinstance(value, str) or "<" not in value:
        return []
    reader = _Splitter()
    reader.feed(value)
    reader.close()
    return [text for text in (part.strip() for part in reader.found) if plain(text)]


def _traced(
    page: ContentPage,
    path: FactPath,
    head: PageVersion,
    texts: list[str],
    reader: Any,
) -> list[Paragraph]:
    since: dict[str, int] = {}
    pending = set(texts)
    newest = True
    is_bounded = False
    for version, known in _known_texts(page, path, reader):
        if known is None:
            is_bounded = True
            break
        if newest:
            # The newest version that touched the block gave it its words of today.
            newest = False
            since = dict.fromkeys(texts, version.seq)
            continue
        pending &= known
        since |= dict.fromkeys(pending, version.seq)
        if not pending:
            break
    return [
        Paragraph(plain(t), since.get(t, head.seq), is_bounded and t in pending)
        for t in texts
    ]


def _known_texts(
    page: ContentPage, path: FactPath, reader: Any
) -> Iterator[tuple[PageVersion, set[str] | None]]:
    """Versions that touched the block, newest first, with the paragraphs of each.

    Ends with None for the paragraphs where it has looked far enough. What cannot be
    read is passed over.
    """
    keys = list(
        path.changes(page.uuid)
        .order_by("-version_id")
        .values_list("version_id", flat=True)
        .distinct()[: MOST_VERSIONS + 1]
    )
    of_page = PageVersion.objects.filter(object_uuid=page.uuid)
    first = list(of_page.filter(seq=1).values_list("pk", flat=True))
    looked_at = 0
    every = [*keys, *first]
    for start in range(0, len(every), AT_ONCE):
        chunk = of_page.filter(pk__in=every[start : start + AT_ONCE])
        versions = chunk.select_related("payload")
        for version, content in read_each(
            list(versions.order_by("-seq")), reader=reader
        ):
            looked_at += version.size
            if looked_at > MOST_BYTES or version.pk in keys[MOST_VERSIONS:]:
                yield version, None
                return
            if not isinstance(content, str):
                yield version, _texts_in(path, content)


def _texts_in(path: FactPath, content: dict[str, Any]) -> set[str]:
    block = path.value_in(content)
    return set(split(block.get("value"))) if isinstance(block, dict) else set()


class _Splitter(HTMLParser):
    """Cuts rich text at the elements that stand below each other."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)
        self.found = [""]

    def handle_starttag(self, tag: str, attrs: Iterable[Any]) -> None:
        if tag in PARAGRAPHS:
            self.found.append("")
        else:
            self.found[-1] += self.get_starttag_text() or ""

    def handle_endtag(self, tag: str) -> None:
        if tag in PARAGRAPHS:
            self.found.append("")
        else:
            self.found[-1] += f"</{tag}>"

    def handle_data(self, data: str) -> None:
        self.found[-1] += data

    def handle_entityref(self, name: str) -> None:
        self.found[-1] += f"&{name};"

    def handle_charref(self, name: str) -> None:
        self.found[-1] += f"&#{name};"
