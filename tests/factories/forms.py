"""Filling in a form as a browser would: what it shows, changed where a test says."""

from html.parser import HTMLParser
from typing import Any


class _Inputs(HTMLParser):
    """Collects what the first big form of a page would send untouched."""

    def __init__(self) -> None:
        super().__init__()
        self.values: dict[str, Any] = {}
        self._select = ""
        self._textarea = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        known = dict(attrs)
        name = known.get("name") or ""
        kind = known.get("type", "text")
        if tag == "input" and name and kind not in {"submit", "button", "file"}:
            if kind not in {"checkbox", "radio"} or "checked" in known:
                self.values[name] = known.get("value") or (
                    "on" if kind == "checkbox" else ""
                )
        elif tag == "select":
            self._select = name
        elif tag == "option" and self._select and "selected" in known:
            self.values[self._select] = known.get("value") or ""
        elif tag == "textarea":
            self._textarea = name
            self.values[name] = ""

    def handle_endtag(self, tag: str) -> None:
        if tag == "select":
            self._select = ""
        elif tag == "textarea":
            self._textarea = ""

    def handle_data(self, data: str) -> None:
        if self._textarea:
            self.values[self._textarea] += data


def filled_form(response: Any, changes: dict[str, Any]) -> dict[str, Any]:
    """The data a browser would post after the changes. Stream fields stay empty."""
    assert response.status_code == 200, response.status_code
    parser = _Inputs()
    parser.feed(response.content.decode())
    values = {
        name: value for name, value in parser.values.items() if "__prefix__" not in name
    }
    values.setdefault("body-count", "0")
    return values | {name: value for name, value in changes.items() if name}
