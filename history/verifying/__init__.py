"""Whether the record is whole and agrees with what visitors see. Reads only."""

from history.verifying.faults import Fault
from history.verifying.verifying import Checked, verify

__all__ = ["Checked", "Fault", "verify"]
