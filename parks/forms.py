"""Admin forms of parks, rides and companies."""

from typing import Any

from core.page_forms import ContentPageForm


class NamedPageForm(ContentPageForm):
    """Keeps title and current official name in step, whichever was edited."""

    def save(self, commit: bool = True) -> Any:
        page = super().save(commit=False)
        current = page.current_name()
        if current is not None and "title" in self.changed_data:
            if current.text == self.initial.get("title"):
                # The name row was left alone, so the new title is the new spelling.
                current.text = self.cleaned_data["title"]
                page.names.add(current)
            page.title = current.text
        if commit:
            page.save()
            self.save_m2m()
        return page


class ParkPageForm(NamedPageForm):
    """A park. The defaults suit the park most editors add."""


class RidePageForm(NamedPageForm):
    """A ride. Left without stays it stands in the park it is added to."""

    def rows(self) -> dict[str, list[Any]]:
        rows = super().rows()
        if not rows.get("stays") and (here := self._stay_at_parent()):
            rows["stays"] = [here]
        return rows

    def save(self, commit: bool = True) -> Any:
        page = super().save(commit=False)
        if not page.stays.all() and (here := self._stay_at_parent()):
            page.stays.add(here)
        if commit:
            page.save()
            self.save_m2m()
        return page

    def _stay_at_parent(self) -> Any:
        return self.instance.stay_at(self.parent_page) if self.parent_page else None
