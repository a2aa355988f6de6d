"""Telling a database that is away or busy from a mistake in the program.

Django raises one and the same OperationalError for both. What the driver knows beside
it decides: SQLite's error code, PostgreSQL's SQLSTATE, or that there is no state at all
because no server was left to give one.
"""

import sqlite3
from collections.abc import Iterator

from django.db import Error, InterfaceError, OperationalError

# The lower byte of what SQLite answers: busy, locked, out of memory, input and output,
# full, cannot be opened, locking protocol.
_SQLITE_AWAY = frozenset(
    {
        sqlite3.SQLITE_BUSY,
        sqlite3.SQLITE_LOCKED,
        sqlite3.SQLITE_NOMEM,
        sqlite3.SQLITE_IOERR,
        sqlite3.SQLITE_FULL,
        sqlite3.SQLITE_CANTOPEN,
        sqlite3.SQLITE_PROTOCOL,
    }
)
# Classes of SQLSTATE: connection, resources used up, an operator or a limit stepped in.
_STATES_AWAY = ("08", "53", "57")
# Deadlock and its kin, lock not available, idle or too long a transaction, a standby
# that takes no writes, trouble of the server's own system.
_STATES_TOO = frozenset(
    {"40001", "40P01", "55P03", "25P03", "25P04", "25006", "58000", "58030"}
)
_CONNECTION_GONE = ("connection is closed", "connection already closed")


def outage_behind(error: BaseException) -> Error | None:
    """The outage of the database that an error comes from; None if it is a mistake.

    What fails on the way out of a transaction whose connection was lost comes from
    that loss, though it is another error.
    """
    if not isinstance(error, Error):
        return None
    for cause in _causes(error):
        if isinstance(cause, Error) and _is_outage(cause):
            return cause
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    seen: set[int] = set()
    cause: BaseException | None = error
    while cause is not None and id(cause) not in seen:
        seen.add(id(cause))
        yield cause
        cause = cause.__cause__ or cause.__context__


def _is_outage(error: Error) -> bool:
    driver = error.__cause__
    code = getattr(driver, "sqlite_errorcode", None)
    if code is not None:
        return code & 0xFF in _SQLITE_AWAY
    state = getattr(driver, "sqlstate", None)
    if state is not None:
        return state.startswith(_STATES_AWAY) or state in _STATES_TOO
    if isinstance(error, InterfaceError):
        return str(error).endswith(_CONNECTION_GONE)
    # PostgreSQL names a state for whatever a statement did wrong: there was no server.
    return isinstance(error, OperationalError) and hasattr(driver, "sqlstate")
