"""All versions of one object as JSON lines: a file anybody can keep and check.

One line for each version, oldest first, then one line that says that it is the last:

    {"version": 1, "change": 7, "at": "…", …, "sha256": "…", "content": {…}}
    {"end": true, "versions": 61, "hidden": 0, "damaged": []}

`sha256` is that of the text of `content` as it stands in the line, byte for byte. What
is hidden is left out, whoever asks, and `hidden` says which parts and why. A version
whose archived copy is damaged has no content, and the last line names the bundle. A
file without the last line is cut short.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC
from typing import Any

from django.core.serializers.json import DjangoJSONEncoder
from django.db.models import QuerySet

from history.archive.moving import chunks
from history.models import PageVersion, Suppression
from history.public.lines import Line, lines_of
from history.reading import readable_texts
from history.suppression.finding import hidings_of

AT_ONCE = 250


@dataclass(slots=True)
class Summary:
    """What the last line says. Grows with the damaged bundles only."""

    versions: int = 0
    hidden: int = 0
    damaged: dict[str, dict[str, Any]] = field(default_factory=dict)

    def lose(self, version: PageVersion) -> None:
        """Count a version whose archived copy cannot be read."""
        name = version.bundle.name if version.bundle else ""
        lost = self.damaged.setdefault(
            name, {"bundle": name, "first": version.seq, "last": 0, "versions": 0}
        )
        lost["last"] = version.seq
        lost["versions"] += 1

    def line(self) -> str:
        """The last line."""
        said = {
            "end": True,
            "versions": self.versions,
            "hidden": self.hidden,
            "damaged": list(self.damaged.values()),
        }
        return f"{_json(said)}\n"


def exported(
    versions: QuerySet[PageVersion], summary: Summary | None = None
) -> Iterator[str]:
    """The file, a line at a time; some versions at a time are in memory."""
    summary = summary or Summary()
    seq = 0
    while lines := lines_of(versions.filter(seq__gt=seq).order_by("seq")[:AT_ONCE]):
        yield from _some(lines, summary)
        seq = lines[-1].seq
    yield summary.line()


def _some(lines: list[Line], summary: Summary) -> Iterator[str]:
    hidings = hidings_of([line for line in lines if line.is_hidden])
    rows = PageVersion.objects.select_related("bundle").in_bulk(
        [line.pk for line in lines]
    )
    by_key = {line.pk: line for line in lines if line.pk in rows}
    for keys in chunks((key, rows[key].size) for key in by_key):
        some = [rows[key] for key in keys]
        # Asked of the row just read: it may have been hidden since the list was.
        open_now = [row for row in some if not row.text_hidden]
        texts = readable_texts(open_now)
        for row in some:
            line = by_key[row.pk]._replace(text_hidden=row.text_hidden)
            yield _line(line, row, texts, hidings)
            summary.versions += 1
            summary.hidden += line.is_hidden
            if not row.text_hidden and row.pk not in texts:
                summary.lose(row)


def _line(
    line: Line,
    row: PageVersion,
    texts: Mapping[int, str],
    hidings: Mapping[int, Suppression],
) -> str:
    said = {
        "version": line.seq,
        "change": line.number,
        "at": line.made_at.astimezone(UTC),
        "kind": line.kind,
        "operation": line.operation,
        "live": row.live,
        "title": "" if line.text_hidden else line.title,
        "author": None if line.author_hidden else line.author,
        "published_by": None if line.author_hidden else line.publisher,
        "reason": "" if line.reason_hidden else line.reason,
        "source": "" if line.reason_hidden else line.source,
        "changed": [] if line.text_hidden else line.changed_facts,
        "tags": [name for name, _slug in line.tags],
        "sha256": line.sha256,
    }
    if line.is_hidden:
        said["hidden"] = _hidden(line, hidings.get(line.pk))
    text = texts.get(line.pk)
    if text is None and not line.text_hidden:
        said["damaged"] = True
    # The text as it was recorded: written anew, it might have another hash.
    return f'{_json(said)[:-1]},"content":{text or "null"}}}\n'


def _hidden(line: Line, hiding: Suppression | None) -> dict[str, Any]:
    parts = {
        "content": line.text_hidden,
        "author": line.author_hidden,
        "reason": line.reason_hidden,
    }
    return {
        "parts": [name for name, is_hidden in parts.items() if is_hidden],
        "because": hiding.reason if hiding else "",
    }


def _json(said: Any) -> str:
    return json.dumps(
        said, cls=DjangoJSONEncoder, ensure_ascii=False, separators=(",", ":")
    )
