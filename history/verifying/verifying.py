"""All checks of the record, one after the other."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain
from uuid import UUID

from history.chain import check_chain
from history.verifying.faults import Fault
from history.verifying.live import faults_of_live
from history.verifying.tree import faults_of_tree
from history.verifying.versions import (
    faults_of_heads,
    faults_of_payloads,
    faults_of_versions,
)


@dataclass(slots=True)
class Checked:
    """How much was looked at so far."""

    versions: int = 0
    objects: int = 0


def verify(
    only: UUID | None = None,
    *,
    checked: Checked | None = None,
    told: Callable[[Checked], None] = lambda checked: None,
) -> Iterator[Fault]:
    """Every fault of the wiki, or of one object, as it is found; changes nothing.

    Needs the same memory for any number of versions. `told` hears how far it is.
    Somebody who publishes meanwhile may look like a fault: what is found is asked
    again by running it once more.
    """
    checked = checked or Checked()

    def counted(found: Iterable[Fault | int], name: str) -> Iterator[Fault]:
        for one in found:
            if isinstance(one, int):
                setattr(checked, name, getattr(checked, name) + one)
                told(checked)
            else:
                yield one

    yield from counted(faults_of_versions(only), "versions")
    yield from faults_of_heads(only)
    yield from counted(faults_of_live(only), "objects")
    if only is None:
        yield from chain(faults_of_payloads(), faults_of_tree(), _faults_of_chain())


def _faults_of_chain() -> Iterator[Fault]:
    for fault in check_chain():
        about = f"change {fault.changeset}" if fault.changeset else "the chain"
        yield Fault("chain", about, None, fault.problem)
