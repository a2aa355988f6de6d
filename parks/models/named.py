"""Pages whose title is the name of a thing: the current official name in its rows."""

from typing import Any

from core.models import ContentPage
from parks.models.names import NameRecord


class NamedPage(ContentPage):
    """A page with rows `names`; its title follows the current official one."""

    coupled_facts: tuple[tuple[str, ...], ...] = (("title", "slug", "names"),)
    weighty_facts: tuple[str, ...] = ("title", "slug", "names")
    shows_neighbours_only = True

    class Meta:
        abstract = True

    def derive(self) -> None:
        super().derive()
        names: Any = self.names
        current = self.current_name()
        if current is not None:
            self.title = current.text
        elif self.title:
            names.add(names.model(text=self.title))

    def be_called(self, title: str) -> None:
        super().be_called(title)
        current = self.current_name()
        if current is not None:
            current.text = title

    def current_name(self) -> NameRecord | None:
        """The official name without an end."""
        names: Any = self.names
        return next((name for name in names.all() if name.is_current_official), None)

    def former_names(self) -> list[NameRecord]:
        """Names that are not the current official one, in the editor's order."""
        names: Any = self.names
        return [name for name in names.all() if not name.is_current_official]
