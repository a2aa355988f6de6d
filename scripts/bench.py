"""Measures what tests/benchmarks/ names, on PostgreSQL as in production.

Usage: python3 -m scripts.bench [pytest arguments]
"""

import sys

from scripts import machine
from scripts.bootstrap import prepare
from scripts.console import exit_with
from scripts.processes import stop_on_signals
from scripts.test import run_pytest


def main() -> int:
    """Run the benchmarks one after the other in one process."""
    stop_on_signals()
    prepare(dev=True)
    servers = machine.POSTGRESQL | machine.REDIS | machine.NGINX
    machine.require(servers | machine.WRK)
    only_benchmarks = ["--benchmark-enable", "--benchmark-only"]
    return run_pytest("postgres", ["tests/benchmarks", *only_benchmarks, *sys.argv[1:]])


if __name__ == "__main__":
    exit_with(main)
