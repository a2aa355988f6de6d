"""The permanent record of what was published, by whom and why."""

from history.models.archives import ArchiveBundle
from history.models.changesets import ChainEnd, ChangeKind, ChangeSet, OutboxEntry
from history.models.holds import VersionHold, VersionHoldQuerySet
from history.models.refused import Purpose, RefusedText
from history.models.suppressions import (
    HiddenVersion,
    Suppression,
    SuppressionQuerySet,
)
from history.models.tags import Tag, TagIsPermanent
from history.models.trash import Deletion, TrashedPage
from history.models.versions import (
    FactChange,
    ObjectHead,
    Operation,
    PageVersion,
)

__all__ = [
    "ArchiveBundle",
    "ChainEnd",
    "ChangeKind",
    "ChangeSet",
    "Deletion",
    "FactChange",
    "HiddenVersion",
    "ObjectHead",
    "Operation",
    "OutboxEntry",
    "PageVersion",
    "Purpose",
    "RefusedText",
    "Suppression",
    "SuppressionQuerySet",
    "Tag",
    "TagIsPermanent",
    "TrashedPage",
    "VersionHold",
    "VersionHoldQuerySet",
]
