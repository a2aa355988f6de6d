"""Which changes have to be proved, and how."""

from collections.abc import Iterable

# They say nothing about the park or the ride that a source could prove.
NEEDS_NO_SOURCE = frozenset(
    {
        *("body", "search_description", "sources", "external_ids"),
        *("lead_photo", "gallery", "tagged_items"),
    }
)
# Whoever adds a source there has named it.
NAMES_SOURCE = "sources"


def lacks_source(changes: Iterable[str], source: str) -> bool:
    """Whether facts are changed and nothing says where they can be checked."""
    names = set(changes)
    is_named = source.strip() or NAMES_SOURCE in names
    return bool(names - NEEDS_NO_SOURCE) and not is_named
