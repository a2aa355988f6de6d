"""Verdicts of the benchmarks, printed when all have run."""

import pytest

from tests.benchmarks.bars import Bars

KEY = pytest.StashKey[Bars]()


@pytest.fixture
def bars(request: pytest.FixtureRequest) -> Bars:
    """Where a benchmark puts what it measured beside its bar."""
    return request.config.stash.setdefault(KEY, Bars())


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    """The table, where anything was measured at full length."""
    known = config.stash.get(KEY, None)
    if known is not None and known.all and config.getoption("benchmark_enable"):
        terminalreporter.section("bars")
        for line in known.table():
            terminalreporter.write_line(line)
